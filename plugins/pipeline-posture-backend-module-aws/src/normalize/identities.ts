import {
  Fact,
  Grant,
  Identity,
  IdentityUse,
  chainFact,
  known,
  mapFact,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';
import { consoleUrls } from '../client/consoleUrls';
import { ScopeReadings } from '../collect/readings';
import { BuildTarget } from '../iam/escalation/escalation';
import { roleRisks } from '../iam/roleRisks';
import { openTrust } from '../iam/trust';
import { accountOf, nameOf } from './arns';
import { findRole, notConnected } from './findRole';
import { withNarrowed } from './narrowed';
import { PipelineModel, actionsOf } from './pipelineModel';
import { roleArnsOf } from './roleArns';
import { RoleUsage } from './roleUsage';
import { buildSourceIdentities, sourceIdentities } from './sourceIdentities';
import { userIdentities } from './userIdentities';

type Purpose = Identity['purposes'][number];

/** Build projects whose role is known, for what a role could start. */
function buildTargets(readings: ScopeReadings): BuildTarget[] {
  return [...readings.projects.values()].flatMap(project =>
    project.known ? [project.value] : [],
  );
}

const risks = new WeakMap<ScopeReadings, Map<string, Fact<Grant[]>>>();

/** The rights of a role that matter; judged once per scope. */
function grantsOf(arn: string, readings: ScopeReadings): Fact<Grant[]> {
  const judged = risks.get(readings) ?? new Map<string, Fact<Grant[]>>();
  risks.set(readings, judged);
  let grants = judged.get(arn);
  if (!grants) {
    grants = chainFact(findRole(arn, readings), ({ account, role }) =>
      roleRisks(account, role, buildTargets(readings)),
    );
    judged.set(arn, grants);
  }
  return grants;
}

function trustOf(arn: string, readings: ScopeReadings): Fact<string[]> {
  return chainFact(findRole(arn, readings), ({ account, role }) =>
    chainFact(account.trust(role), trust =>
      known(
        openTrust(trust, {
          accountId: account.accountId,
          knownAccounts: readings.knownAccounts,
        })
          .filter(({ kind }) => kind !== 'unconfirmed-service')
          .map(({ description }) => description),
        {
          source: 'iam:GetAccountAuthorizationDetails',
          field: `RoleDetailList[${role.name}].AssumeRolePolicyDocument`,
          url: consoleUrls.role(readings.region, role.name),
        },
      ),
    ),
  );
}

/** Pipelines with a role; unknown if some that may have it were not read. */
function usesOf(
  arn: string,
  usage: RoleUsage,
  readings: ScopeReadings,
): Fact<IdentityUse[]> {
  if (readings.unreadDefinitions) return unknown(readings.unreadDefinitions);
  const accountId = accountOf(arn) ?? '';
  if (!readings.iam.has(accountId))
    return unknown(notConnected(arn, accountId));
  return usage.of(arn);
}

function roleIdentity(
  arn: string,
  purposes: ReadonlySet<Purpose>,
  model: PipelineModel,
  usage: RoleUsage,
  readings: ScopeReadings,
): Identity {
  return {
    id: arn,
    name: nameOf(arn),
    type: 'IAM role',
    purposes: [...purposes],
    credential: known(
      { kind: 'role', longLived: false },
      { source: 'codepipeline:GetPipeline', observed: arn },
    ),
    grants: mapFact(grantsOf(arn, readings), grants =>
      withNarrowed(grants, model),
    ),
    usedBy: usesOf(arn, usage, readings),
    openTrust: trustOf(arn, readings),
    url: consoleUrls.role(readings.region, nameOf(arn)),
  };
}

/** Everything that a pipeline acts as. Roles that could not be found out make the list incomplete, and so unknown. */
export function identitiesOf(
  model: PipelineModel,
  usage: RoleUsage,
  readings: ScopeReadings,
): Identity[] {
  return [
    ...[...roleArnsOf(model)].map(([arn, purposes]) =>
      roleIdentity(arn, purposes, model, usage, readings),
    ),
    ...sourceIdentities(model),
    ...buildSourceIdentities(model, readings),
    ...userIdentities(model, readings),
    ...unreadRoles(model),
  ];
}

/**
 * Actions whose roles are not known stand in the list as an identity of which
 * nothing is known, so that no control takes the others for all.
 */
function unreadRoles(model: PipelineModel): Identity[] {
  return actionsOf(model).flatMap(
    ({ action, roles, deploying, stage }): Identity[] => {
      if (roles.known) return [];
      const notRead = unknown(roles.reason);
      return [
        {
          id: `unread:${model.definition.arn}/${stage.stage.name}/${action.name}`,
          name: `of action ${action.name}`,
          type: 'role',
          purposes: [deploying ? 'deploy' : 'build'],
          credential: notRead,
          grants: notRead,
          usedBy: notRead,
          openTrust: notRead,
        },
      ];
    },
  );
}
