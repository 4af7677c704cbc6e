import {
  Editor,
  Fact,
  known,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import * as wire from '../client/wire';
import {
  AdministeringGroup,
  Administration,
  administrationOfGroup,
  GroupSources,
} from './administrationOfGroup';
import { seldom } from './cadence';
import { MemberRules } from './expandGroup';
import { bareGroupName } from './readPermissions';

const SERVICE_ACCOUNTS = 'Project Collection Service Accounts';
const ADMINISTRATORS = 'Project Collection Administrators';

/**
 * Identities of the service itself are nobody's account. In Microsoft's example
 * of the users of an organisation, `acs` is its "TeamFoundationService".
 */
const isAccount = (descriptor: string) => !/^(acs|svc|s2s)\./.test(descriptor);

/** What is known of the groups of the organisation that may do everything. */
export interface CollectionGroups {
  /** Those that somebody is in, or may be. */
  editors: Editor[];
  /** By descriptor. */
  judged: ReadonlyMap<string, Administration>;
  /** Descriptor of the group of service accounts, where it was found. */
  serviceAccounts?: string;
}

const notFound = (name: string): UnknownReason => ({
  code: 'not-found',
  message: `The group ${name} was not found: it has another name on this server, or the reader may not see it.`,
  call: 'GET _apis/identities',
  permission: 'View user and group information',
  actor: 'platform-team',
  action: `Check who is in the group that stands for ${name}.`,
});

async function findGroup(
  name: string,
  { source, remembered, cadence }: GroupSources,
): Promise<Fact<AdministeringGroup>> {
  return seldom(
    `organisation-group/${name}`,
    'GET _apis/identities',
    cadence,
    async () => {
      const found = await remembered.get(`identities/${name}`, () =>
        source.list('identities', wire.identity.nullable(), {
          query: { searchFilter: 'General', filterValue: name },
        }),
      );
      if (!found.known) return found;
      const group = found.value.find(
        each =>
          each?.isContainer === true &&
          bareGroupName(each.providerDisplayName ?? '') === name.toLowerCase(),
      );
      // Both are in every organisation: one that is not found has another name, or is hidden.
      return group?.subjectDescriptor
        ? known({
            descriptor: group.subjectDescriptor,
            name: group.providerDisplayName ?? name,
          })
        : unknown(notFound(name));
    },
  );
}

const editorOf = (
  name: string,
  administration: Administration,
  accounts = 0,
): Editor => ({
  principal: { name, kind: 'group', broad: false },
  rights: [
    accounts > 0
      ? `${accounts} accounts in it may do everything`
      : 'everything in the organisation',
  ],
  administration,
});

/**
 * Groups of the organisation whose members may do everything to every pipeline.
 * The group of service accounts inherits all that administrators may, and
 * nobody should be in it.
 */
export async function readCollectionGroups(
  given: GroupSources,
): Promise<CollectionGroups> {
  const [service, administrators] = await Promise.all(
    [SERVICE_ACCOUNTS, ADMINISTRATORS].map(name => findGroup(name, given)),
  );
  const serviceAccounts = service.known ? service.value.descriptor : undefined;
  const judged = new Map<string, Administration>();
  const read = async (
    title: string,
    found: Fact<AdministeringGroup>,
    rules: MemberRules,
  ): Promise<Editor[]> => {
    if (!found.known) return [editorOf(title, found)];
    const { descriptor, name } = found.value;
    const { administration, accounts } = await administrationOfGroup(
      found.value,
      rules,
      given,
    );
    judged.set(descriptor, administration);
    if (!administration.known) return [editorOf(title, administration)];
    return administration.value === 'none'
      ? []
      : [editorOf(name, administration, accounts)];
  };
  const editors = await Promise.all([
    // Groups of Azure DevOps that are in it are the service's own.
    read(SERVICE_ACCOUNTS, service, { isAccount, follows: () => false }),
    read(ADMINISTRATORS, administrators, {
      isAccount,
      // It is in there in every organisation, and judged by itself.
      follows: descriptor => descriptor !== serviceAccounts,
    }),
  ]);
  return {
    editors: editors.flat(),
    judged,
    ...(serviceAccounts && { serviceAccounts }),
  };
}
