import { Fact, known, mapFact } from 'backstage-plugin-pipeline-posture-common';
import { AccountEntrance } from '../client/AccountEntrance';
import { AccountSession } from '../client/AccountSession';
import {
  listOrganizationAccounts,
  ServiceControlPolicies,
} from '../client/OrganizationReader';
import { AwsSource } from '../config/readAwsSources';
import { PoliciesOf } from './AccountReadings';

/** Whether an account may be read for a source. Members of an organization were checked when they were discovered. */
export function isOfSource(source: AwsSource, accountId: string): boolean {
  const { accounts, organization } = source;
  return (
    accounts.includes(accountId) ||
    (organization !== undefined && !organization.exclude.includes(accountId))
  );
}

/** The accounts of a source: named ones and those of its organization. */
export async function accountsOf(
  source: AwsSource,
  entrance: AccountEntrance,
  signal: AbortSignal,
): Promise<Fact<string[]>> {
  const { organization, accounts, regions } = source;
  if (!organization) return known(accounts);
  const session = AccountSession.open(entrance, regions[0], signal);
  try {
    const management = await session.enter(organization.managementAccount);
    if (!management.known) return management;
    const members = await listOrganizationAccounts(management.value);
    return mapFact(members, ids => [
      ...new Set([
        ...accounts,
        ...ids.filter(id => !organization.exclude.includes(id)),
      ]),
    ]);
  } finally {
    session.close();
  }
}

/**
 * Service control policies of accounts, if the organization may be read. Where
 * they are not known they are left out: rights are then an upper limit.
 */
export function policiesOfOrganization(
  { organization }: AwsSource,
  session: AccountSession,
): PoliciesOf {
  let reader: Promise<ServiceControlPolicies | undefined> | undefined;
  return async accountId => {
    if (!organization) return undefined;
    reader ??= session
      .enter(organization.managementAccount)
      .then(management =>
        management.known
          ? ServiceControlPolicies.create(management.value)
          : undefined,
      );
    const policies = await (await reader)?.of(accountId);
    return policies?.known ? policies.value : undefined;
  };
}
