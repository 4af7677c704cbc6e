import { Grant } from 'backstage-plugin-pipeline-posture-common';
import { powerOf } from './rolePatterns';
import { RoleAssignment, RoleDefinition } from './wire';

/** How far down a scope is. */
type Level =
  | 'tenant'
  | 'management group'
  | 'subscription'
  | 'group'
  | 'resource';

interface PlacedScope {
  level: Level;
  /** For people: `subscription Contoso Production`, `resource group ledger in …`. */
  title: string;
}

function placed(
  scope: string,
  names: ReadonlyMap<string, string>,
): PlacedScope {
  const [, kind = '', id = '', , group = '', ...rest] = scope.split('/');
  if (kind.toLowerCase() !== 'subscriptions') {
    const managed = /\/managementGroups\/([^/]+)/i.exec(scope)?.[1];
    return managed
      ? { level: 'management group', title: `management group ${managed}` }
      : { level: 'tenant', title: 'the whole tenant' };
  }
  const subscription = `subscription ${names.get(id.toLowerCase()) ?? id}`;
  if (!group) return { level: 'subscription', title: subscription };
  return rest.length > 0
    ? {
        level: 'resource',
        title: `${rest.at(-1)} in resource group ${group} of ${subscription}`,
      }
    : { level: 'group', title: `resource group ${group} of ${subscription}` };
}

/** Owner, User Access Administrator and Role Based Access Control Administrator. */
const ASSIGNING_ROLES = [
  '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
  '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9',
  'f58310d9-a9f6-439a-9e8d-f62e7b41a168',
];

/**
 * A condition that names which roles, or to whom, may be assigned takes the
 * danger out of assigning. One on taking assignments away does not, nor one
 * that lets a role be assigned that assigns in turn.
 */
function limitsAssigning(condition: string | null | undefined): boolean {
  const text = (condition ?? '').toLowerCase();
  const ofOtherActions =
    text.includes('actionmatches') && !/roleassignments\/(write|\*)/.test(text);
  const asksWhat =
    /@request\[[^\]]*roleassignments:(roledefinitionid|principalid)\]/.test(
      text,
    );
  if (ofOtherActions || !asksWhat) return false;
  return text.includes('guidnotequals')
    ? ASSIGNING_ROLES.every(id => text.includes(id))
    : !ASSIGNING_ROLES.some(id => text.includes(id));
}

const SHOWN = 10;

/**
 * What one role assignment amounts to: a grant for each question that it
 * answers badly, or one that says what it is.
 *
 * @param names - of subscriptions, by id in lower case
 * @param until - when the assignment ends by itself, ISO 8601
 */
export function grantsOfAssignment(
  assignment: Pick<RoleAssignment, 'scope' | 'condition'>,
  role: RoleDefinition,
  {
    names,
    until,
    through,
  }: {
    names: ReadonlyMap<string, string>;
    until?: string;
    /** Set for a role that is held as a member of a group. */
    through?: string;
  },
): Grant[] {
  const power = powerOf(role);
  const { level, title } = placed(assignment.scope, names);
  const aboveGroup = level !== 'group' && level !== 'resource';
  const common = {
    title: `${role.roleName} on ${title}`,
    origin: `role assignment${through ? ` of ${through}` : ''}${
      until ? ` until ${until.slice(0, 10)}` : ''
    }`,
    ...(until && { until }),
  };
  const escalates = power.escalates && !limitsAssigning(assignment.condition);
  const shown = [...power.wholeServices, ...power.writes].slice(0, SHOWN);
  const all = aboveGroup && power.everything;
  if (
    all &&
    (escalates || level === 'management group' || level === 'tenant')
  ) {
    return [{ ...common, breadth: 'administrator', actions: shown }];
  }
  const narrowed =
    level === 'subscription'
      ? `az role assignment create --assignee <application id> --role "${role.roleName}" --scope ${assignment.scope}/resourceGroups/<resource group>`
      : undefined;
  const wide: Grant[] = [];
  const add = (risk: Grant['risk'], actions: string[]) =>
    wide.push({
      ...common,
      breadth: 'wide',
      actions: actions.slice(0, SHOWN),
      risk,
      ...(narrowed && { narrowed }),
    });
  if (escalates && level !== 'resource') add('escalation', shown);
  if (aboveGroup && power.readsSecrets)
    add('read-every-secret', [
      'Microsoft.KeyVault/vaults/secrets/getSecret/action',
    ]);
  if (aboveGroup && power.wholeServices.length > 0)
    add('whole-service', power.wholeServices);
  else if (aboveGroup && power.writes.length > 0)
    add('unconstrained-write', power.writes);
  return wide.length > 0
    ? wide
    : [{ ...common, breadth: 'narrow', actions: shown }];
}
