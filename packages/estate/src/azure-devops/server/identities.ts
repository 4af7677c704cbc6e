import { createHash } from 'node:crypto';
import { AzureOrganisation } from '../state';
import { stableGuid } from './identifiers';

/** Somebody or something that can hold a permission. */
export interface Identity {
  id: string;
  displayName: string;
  uniqueName: string;
  /** Legacy descriptor, the key of access control entries. */
  descriptor: string;
  /** Graph descriptor. */
  subjectDescriptor: string;
  kind: 'user' | 'group' | 'entra-group' | 'service';
}

const PREFIX = {
  user: 'aad',
  group: 'vssgp',
  'entra-group': 'aadgp',
  service: 'svc',
};

/** Groups of a new organisation and of each new project. */
export const ORGANISATION_GROUPS = [
  'Project Collection Administrators',
  'Project Collection Valid Users',
  'Project Collection Service Accounts',
  'Project Collection Build Service Accounts',
];
export const PROJECT_GROUPS = [
  'Project Administrators',
  'Build Administrators',
  'Contributors',
  'Readers',
  'Project Valid Users',
  'Release Administrators',
];

/** The identity that runs a project's pipelines when the job scope is limited to the project. */
export function buildService(project: string, organisation: string): string {
  return `${project} Build Service (${organisation})`;
}

function usualKind(displayName: string): Identity['kind'] {
  if (/Build Service \(/.test(displayName)) return 'service';
  return /^\[.*\]\\/.test(displayName) ? 'group' : 'user';
}

/**
 * Makes an identity from its display name. Groups are shown as `[Scope]\Name`.
 */
export function identityOf(
  displayName: string,
  kind: Identity['kind'] = usualKind(displayName),
): Identity {
  const digest = createHash('sha1').update(displayName).digest('hex');
  const numbers = [0, 8, 16, 24].map(at =>
    parseInt(digest.slice(at, at + 8), 16),
  );
  const sid = `S-1-9-${numbers.join('-')}`;
  const account = `${displayName
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '.')}@contoso.example`;
  const descriptors = {
    user: `Microsoft.IdentityModel.Claims.ClaimsIdentity;72f988bf-86f1-41af-91ab-2d7cd011db47\\${account}`,
    group: `Microsoft.TeamFoundation.Identity;${sid}`,
    'entra-group': `Microsoft.TeamFoundation.Identity;${sid}`,
    service: `Microsoft.TeamFoundation.ServiceIdentity;${stableGuid(
      displayName,
    )}:Build:${stableGuid('scope', displayName)}`,
  };
  return {
    id: stableGuid('identity', displayName),
    displayName,
    uniqueName: kind === 'user' ? account : displayName,
    descriptor: descriptors[kind],
    subjectDescriptor: `${PREFIX[kind]}.${Buffer.from(sid).toString(
      'base64url',
    )}`,
    kind,
  };
}

/** An identity in the short form that most answers carry. */
export function identityRef(displayName: string): Record<string, unknown> {
  const identity = identityOf(displayName);
  return {
    displayName,
    id: identity.id,
    uniqueName: identity.uniqueName,
    descriptor: identity.subjectDescriptor,
    ...(identity.kind !== 'user' && { isContainer: true }),
  };
}

/** Every identity that the organisation knows: groups, members, build services, role holders. */
export function allIdentities(state: AzureOrganisation): Identity[] {
  const found = new Map<string, Identity>();
  const add = (name: string, kind?: Identity['kind']) => {
    const identity = identityOf(name, kind);
    if (!found.has(identity.id)) found.set(identity.id, identity);
  };
  for (const name of ORGANISATION_GROUPS)
    add(`[${state.organisation}]\\${name}`);
  add(`Project Collection Build Service (${state.organisation})`, 'service');
  for (const project of state.projects) {
    for (const name of PROJECT_GROUPS) add(`[${project.name}]\\${name}`);
    add(buildService(project.name, state.organisation), 'service');
  }
  for (const group of state.groups) {
    add(`[${group.project ?? state.organisation}]\\${group.name}`);
    for (const member of group.members) add(member.name, member.kind);
  }
  for (const project of state.projects) {
    for (const permission of project.permissions) add(permission.identity);
  }
  return [...found.values()];
}
