import {
  DescribePolicyCommand,
  ListAccountsCommand,
  ListPoliciesForTargetCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { allFacts, Fact } from 'backstage-plugin-pipeline-posture-common';
import { RawPolicy } from '../iam/IamAccount';
import { AwsConnection } from './AwsConnection';

/** Active accounts of an organization; only its management or a delegated account may ask. */
export function listOrganizationAccounts(
  connection: AwsConnection,
): Promise<Fact<string[]>> {
  const client = connection.client(OrganizationsClient);
  return connection.listAll(
    'organizations:ListAccounts',
    'the accounts of the organization',
    async (NextToken, options) => {
      const page = await client.send(
        new ListAccountsCommand({ NextToken }),
        options,
      );
      return {
        items: (page.Accounts ?? []).flatMap(({ Id, Status }) =>
          Id && Status === 'ACTIVE' ? [Id] : [],
        ),
        next: page.NextToken,
      };
    },
  );
}

/** The service control policies that are attached to an account itself. */
export async function readServiceControlPolicies(
  connection: AwsConnection,
  accountId: string,
): Promise<Fact<RawPolicy[]>> {
  const client = connection.client(OrganizationsClient);
  const ids = await connection.listAll(
    'organizations:ListPoliciesForTarget',
    `the service control policies of account ${accountId}`,
    async (NextToken, options) => {
      const page = await client.send(
        new ListPoliciesForTargetCommand({
          TargetId: accountId,
          Filter: 'SERVICE_CONTROL_POLICY',
          NextToken,
        }),
        options,
      );
      return {
        items: (page.Policies ?? []).flatMap(({ Id }) => Id ?? []),
        next: page.NextToken,
      };
    },
  );
  if (!ids.known) return ids;
  return allFacts(
    await Promise.all(
      ids.value.map(PolicyId =>
        connection
          .call(
            'organizations:DescribePolicy',
            `service control policy ${PolicyId}`,
            options =>
              client.send(new DescribePolicyCommand({ PolicyId }), options),
          )
          .then(answer =>
            answer.known
              ? {
                  ...answer,
                  value: {
                    name: answer.value.Policy?.PolicySummary?.Name ?? PolicyId,
                    document: answer.value.Policy?.Content ?? '',
                  },
                }
              : answer,
          ),
      ),
    ),
  );
}
