import {
  chainFact,
  Fact,
  known,
  mapFact,
  Principal,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { Source } from '../client/Source';
import * as wire from '../client/wire';
import { Cadence, seldom } from './cadence';
import { Remembered } from './Remembered';

/** Somebody's permissions on one token, by the names of the permissions. */
export interface Holder {
  /** Descriptor: names are not unique. Missing in what was kept by an earlier version. */
  id?: string;
  principal: Principal;
  allowed: ReadonlySet<string>;
  /** Under which its members can be looked up, for a group. */
  groupDescriptor?: string;
}

/** Who may do what, by security token in lower case. */
export type PermissionTable = ReadonlyMap<string, Holder[]>;

const NAMESPACES = {
  // Two namespaces are called ReleaseManagement, so all go by id. Ids and names from a recorded answer of the service.
  git: '2e9eb7ed-3c0a-47d4-87c1-0ffdd275fd87',
  build: '33344d9c-fc72-4d6f-aba5-fa317101a7e9',
  release: 'c788c23e-1b46-4162-8f5e-d7585343b5de',
  taskGroup: 'f6a4de49-dbe2-4704-86dc-f8ec1a294436',
  endpoint: '49b48001-ca20-4adc-8111-5b60c903a50c',
} as const;

/** A security namespace that is read. `endpoint`: the roles on service connections, which are permissions underneath. */
export type NamespaceName = keyof typeof NAMESPACES;

const IDENTITIES_AT_ONCE = 50;

export interface ReadPermissionsOptions {
  source: Source;
  remembered: Remembered;
  projectId: string;
  /** Names of groups that practically every builder is in. */
  broadGroups: ReadonlySet<string>;
  cadence: Cadence;
}

/** `[Payments]\Contributors` → `contributors`. */
export const bareGroupName = (displayName: string) =>
  displayName.slice(displayName.lastIndexOf('\\') + 1).toLowerCase();

function principalOf(
  identity: wire.Identity,
  broadGroups: ReadonlySet<string>,
): Principal {
  const name =
    identity.customDisplayName ??
    identity.providerDisplayName ??
    'an unnamed identity';
  const service = /^Microsoft\.TeamFoundation\.ServiceIdentity/.test(
    identity.descriptor,
  );
  const group =
    identity.isContainer === true ||
    /^Microsoft\.TeamFoundation\.Identity/.test(identity.descriptor);
  const person = group ? ('group' as const) : ('user' as const);
  const kind = service ? 'service' : person;
  return { name, kind, broad: broadGroups.has(bareGroupName(name)) };
}

function identitiesOf(
  descriptors: string[],
  { source, remembered }: ReadPermissionsOptions,
): Promise<Fact<wire.Identity[]>> {
  const parts: string[][] = [];
  for (let at = 0; at < descriptors.length; at += IDENTITIES_AT_ONCE) {
    parts.push(descriptors.slice(at, at + IDENTITIES_AT_ONCE));
  }
  return Promise.all(
    parts.map(part =>
      remembered.get(`identities/${part.join(',')}`, () =>
        source.list('identities', wire.identity.nullable(), {
          query: { descriptors: part.join(',') },
        }),
      ),
    ),
  ).then(answers => {
    const refused = answers.find(each => !each.known);
    if (refused && !refused.known) return refused;
    const all = answers.flatMap(each => (each.known ? each.value : []));
    return known(
      all.filter((each): each is wire.Identity => each !== null),
      { source: 'GET _apis/identities' },
    );
  });
}

/** A token in the one way of writing that tables are kept by. */
const bareToken = (token: string) => token.toLowerCase().replace(/\/+$/, '');

/** A bit mask as names. JavaScript's bit operators would end at 31 bits. */
function namesOf(mask: number, namespace: wire.SecurityNamespace): string[] {
  return namespace.actions
    .filter(({ bit }) => Math.floor(mask / bit) % 2 === 1)
    .map(({ name }) => name);
}

function allowedBy(
  entry: wire.AccessControlList['acesDictionary'][string],
): number {
  const info = entry.extendedInfo;
  // A deny beats an allow; both already count what is inherited.
  const allow = info?.effectiveAllow ?? entry.allow ?? 0;
  const deny = info?.effectiveDeny ?? entry.deny ?? 0;
  let mask = 0;
  for (let bit = 1; bit <= allow; bit *= 2) {
    const isSet = (value: number) => Math.floor(value / bit) % 2 === 1;
    if (isSet(allow) && !isSet(deny)) mask += bit;
  }
  return mask;
}

const PREFIXES: Partial<Record<NamespaceName, string>> = {
  git: 'repoV2/',
  endpoint: 'endpoints/',
};

/** The token under which everything of a project is kept. */
const rootToken = (namespace: NamespaceName, projectId: string) =>
  `${PREFIXES[namespace] ?? ''}${projectId}`;

/** Somebody of whom only the descriptor is known, which still tells people and builds from groups. */
function unseenPrincipal(descriptor: string): Principal {
  const [type] = descriptor.split(';');
  if (/\.ServiceIdentity$/.test(type)) {
    const name = 'a service identity that cannot be looked up';
    return { name, kind: 'service', broad: false };
  }
  if (/\.(ClaimsIdentity|AadServicePrincipal)$/.test(type)) {
    const name = 'an account that cannot be looked up';
    return { name, kind: 'user', broad: false };
  }
  const name = 'an identity that cannot be looked up';
  return { name, kind: 'unknown', broad: false };
}

/** Why it is not known who is meant, if one of the principals may be a group that holds practically every builder. */
export function unseenAmong(
  principals: Principal[],
): UnknownReason | undefined {
  if (
    principals.some(({ kind, broad }) => broad || kind === 'service') ||
    principals.every(({ kind }) => kind !== 'unknown')
  )
    return undefined;
  return {
    code: 'not-found',
    message:
      'A group that holds permissions cannot be looked up, so it is not known whether practically every builder is in it.',
    permission: 'Identity (Read) (vso.identity)',
    actor: 'platform-team',
    action:
      'Take the permissions back if the group was deleted, or let the reader see it.',
  };
}

function holderOf(
  entry: wire.AccessControlList['acesDictionary'][string],
  identity: wire.Identity | undefined,
  namespace: wire.SecurityNamespace,
  broadGroups: ReadonlySet<string>,
): Holder {
  const id = entry.descriptor;
  const allowed = new Set(namesOf(allowedBy(entry), namespace));
  if (!identity) return { id, principal: unseenPrincipal(id), allowed };
  const principal = principalOf(identity, broadGroups);
  const { subjectDescriptor } = identity;
  return {
    id,
    principal,
    allowed,
    ...(principal.kind === 'group' &&
      subjectDescriptor && { groupDescriptor: subjectDescriptor }),
  };
}

function readLists(
  name: NamespaceName,
  { source, projectId }: ReadPermissionsOptions,
): Promise<Fact<wire.AccessControlList[]>> {
  return source
    .list('accessControlLists', wire.accessControlList, {
      path: { namespace: NAMESPACES[name] },
      query: {
        token: rootToken(name, projectId),
        recurse: 'true',
        includeExtendedInfo: 'true',
      },
    })
    .then(lists =>
      // The answer may hold tokens of projects that the reader does not see.
      mapFact(lists, all =>
        all.filter(({ token }) =>
          token.toLowerCase().includes(projectId.toLowerCase()),
        ),
      ),
    );
}

function tableOf(
  lists: wire.AccessControlList[],
  identities: wire.Identity[],
  namespace: wire.SecurityNamespace,
  broadGroups: ReadonlySet<string>,
): PermissionTable {
  const principals = new Map(identities.map(each => [each.descriptor, each]));
  const table = new Map(
    lists.map(({ token, acesDictionary }): [string, Holder[]] => [
      bareToken(token),
      Object.values(acesDictionary).map(entry =>
        holderOf(
          entry,
          principals.get(entry.descriptor),
          namespace,
          broadGroups,
        ),
      ),
    ]),
  );
  for (const { token, inheritPermissions } of lists) {
    if (inheritPermissions !== false) continue;
    const own = table.get(bareToken(token)) ?? [];
    // Nothing comes down to it, so whoever stands above only holds nothing here.
    const above = holdersAbove(table, bareToken(token)).filter(
      each => !own.some(({ id }) => id === each.id),
    );
    own.push(...above.map(each => ({ ...each, allowed: new Set<string>() })));
  }
  return table;
}

type KeptTable = Array<
  [
    token: string,
    holders: Array<Omit<Holder, 'allowed'> & { allowed: string[] }>,
  ]
>;

const toKept = (table: PermissionTable): KeptTable =>
  [...table].map(([token, holders]) => [
    token,
    holders.map(each => ({ ...each, allowed: [...each.allowed] })),
  ]);

const fromKept = (kept: KeptTable): PermissionTable =>
  new Map(
    kept.map(([token, holders]) => [
      token,
      holders.map(each => ({ ...each, allowed: new Set(each.allowed) })),
    ]),
  );

/**
 * Who holds which permissions in a project, by the names that the service
 * gives to its bits. Nothing marks a change of them, so they are read as seldom
 * as the cadence says.
 */
export async function readPermissions<N extends NamespaceName>(
  names: N[],
  options: ReadPermissionsOptions,
): Promise<Record<N, Fact<PermissionTable>>> {
  // Those that are due are read together, for the names of their holders.
  let due: Promise<Record<N, Fact<PermissionTable>>> | undefined;
  const entries = await Promise.all(
    names.map(async (name): Promise<[N, Fact<PermissionTable>]> => {
      const kept = await seldom(
        `acl/${options.projectId}/${name}`,
        'GET _apis/accesscontrollists/{namespace}',
        options.cadence,
        async () => {
          due ??= readTables(names, options);
          return mapFact((await due)[name], toKept);
        },
      );
      return [name, mapFact(kept, fromKept)];
    }),
  );
  return Object.fromEntries(entries) as Record<N, Fact<PermissionTable>>;
}

/** Without the names of its bits a mask says nothing, least of all that it allows nothing. */
const withoutNames = (name: NamespaceName): UnknownReason => ({
  code: 'malformed',
  message: `Azure DevOps does not tell the names of the permissions on ${name}.`,
  call: 'GET _apis/securitynamespaces',
  actor: 'platform-team',
  action: 'The next run tries again. If it happens again, report it.',
});

/** One call for each namespace, and the names of all holders together. */
async function readTables<N extends NamespaceName>(
  names: N[],
  options: ReadPermissionsOptions,
): Promise<Record<N, Fact<PermissionTable>>> {
  const { source, remembered, broadGroups } = options;
  const [namespaces, ...lists] = await Promise.all([
    remembered.get('securityNamespaces', () =>
      source.list('securityNamespaces', wire.securityNamespace),
    ),
    ...names.map(name => readLists(name, options)),
  ]);
  const descriptors = new Set(
    lists
      .flatMap(each => (each.known ? each.value : []))
      .flatMap(({ acesDictionary }) => Object.keys(acesDictionary)),
  );
  const identities = await identitiesOf([...descriptors].sort(), options);
  const tables = names.map((name, index): [N, Fact<PermissionTable>] => [
    name,
    chainFact(lists[index], own =>
      chainFact(identities, found =>
        chainFact(namespaces, all => {
          const namespace = all.find(
            ({ namespaceId }) => namespaceId.toLowerCase() === NAMESPACES[name],
          );
          return namespace
            ? known(tableOf(own, found, namespace, broadGroups))
            : unknown(withoutNames(name));
        }),
      ),
    ),
  ]);
  return Object.fromEntries(tables) as Record<N, Fact<PermissionTable>>;
}

/** How Azure DevOps writes a branch into a Git token: each part of its name in UTF-16 as hex digits. */
export function branchToken(ref: string): string {
  const [refs, heads, ...name] = ref.split('/');
  return [
    refs,
    heads,
    ...name.map(part => Buffer.from(part, 'utf16le').toString('hex')),
  ].join('/');
}

/**
 * Who holds permissions on a token, the tokens above it among them: an entry
 * of the same principal closer to the token takes the place of one above.
 */
export function holdersOf(table: PermissionTable, token: string): Holder[] {
  const parts = bareToken(token).split('/');
  const holders = new Map<string, Holder>();
  for (let depth = 1; depth <= parts.length; depth += 1) {
    for (const holder of table.get(parts.slice(0, depth).join('/')) ?? []) {
      holders.set(holder.id ?? holder.principal.name, holder);
    }
  }
  return [...holders.values()];
}

/** Who holds permissions above a token. */
function holdersAbove(table: PermissionTable, token: string): Holder[] {
  return holdersOf(table, token.slice(0, token.lastIndexOf('/')));
}
