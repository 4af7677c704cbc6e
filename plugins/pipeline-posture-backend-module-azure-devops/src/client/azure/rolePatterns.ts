import { matchesWildcards as covers } from '../../wildcards';
import { RoleDefinition } from './wire';

/** Actions by which an identity gets more rights than it has. */
const ESCALATIONS = [
  'Microsoft.Authorization/roleAssignments/write',
  'Microsoft.Authorization/roleDefinitions/write',
  'Microsoft.Authorization/roleAssignmentScheduleRequests/write',
  'Microsoft.Authorization/roleEligibilityScheduleRequests/write',
];

const READ_SECRET = 'Microsoft.KeyVault/vaults/secrets/getSecret/action';

/** Patterns that let nobody do harm, whatever stands behind their wildcard. */
const HARMLESS = [
  /^microsoft\.support\//,
  /^microsoft\.insights\/alertrules\//,
  /^microsoft\.insights\/components\//,
  /^microsoft\.resourcehealth\//,
  // Deploying a template still takes the right on what it deploys.
  /^microsoft\.resources\/deployments\//,
];

/** What a role allows, in the terms that matter. */
export interface RolePower {
  /** Every action of every service, but perhaps for those on authorisation. */
  everything: boolean;
  /** Can assign roles or change what a role allows. */
  escalates: boolean;
  /** Can read the values of secrets in key vaults. */
  readsSecrets: boolean;
  /** Patterns with a wildcard that cover more than reading. */
  wholeServices: string[];
  /** Named actions that change something. */
  writes: string[];
}

const isRead = (pattern: string) => /(^|\/)read$/i.test(pattern);

const isHarmless = (pattern: string) =>
  HARMLESS.some(each => each.test(pattern.toLowerCase()));

/** `*`, all of every service, or every change to it. */
const coversEverything = (pattern: string) =>
  /^(\*|\*\/\*|\*\/write|microsoft\.\*(\/\*)?)$/i.test(pattern);

/** Decodes the actions of a role. A role may hold several sets; each takes away from itself only. */
export function powerOf({ permissions }: RoleDefinition): RolePower {
  const power: RolePower = {
    everything: false,
    escalates: false,
    readsSecrets: false,
    wholeServices: [],
    writes: [],
  };
  for (const each of permissions) {
    const notActions = each.notActions ?? [];
    const taken = (action: string) =>
      notActions.some(pattern => covers(pattern, action));
    const patterns = (each.actions ?? []).filter(
      pattern =>
        !isRead(pattern) &&
        !isHarmless(pattern) &&
        !notActions.some(not => covers(not, pattern)),
    );
    power.everything ||= patterns.some(coversEverything);
    power.escalates ||= ESCALATIONS.some(
      action =>
        patterns.some(pattern => covers(pattern, action)) && !taken(action),
    );
    const notData = each.notDataActions ?? [];
    const data = (each.dataActions ?? []).filter(
      pattern => !isRead(pattern) && !notData.some(not => covers(not, pattern)),
    );
    power.readsSecrets ||=
      data.some(pattern => covers(pattern, READ_SECRET)) &&
      !notData.some(pattern => covers(pattern, READ_SECRET));
    const all = [...patterns, ...data];
    power.wholeServices.push(...all.filter(pattern => pattern.includes('*')));
    power.writes.push(
      ...all.filter(
        pattern =>
          !pattern.includes('*') &&
          !/^microsoft\.keyvault\/vaults\/secrets\//i.test(pattern),
      ),
    );
  }
  return power;
}
