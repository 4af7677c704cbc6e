import {
  chainFact,
  Fact,
  Grant,
  Identity,
  IdentityUse,
  known,
  mapFact,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { consoleUrls } from '../client/consoleUrls';
import { ScopeReadings } from '../collect/readings';
import { BuildTarget } from '../iam/escalation/escalation';
import { mayDo } from '../iam/effectiveGrants';
import { IamAccount, RawPrincipal } from '../iam/IamAccount';
import { roleRisks } from '../iam/roleRisks';
import { openTrust } from '../iam/trust';
import { projectOf } from './actions';
import { accountOf, nameOf } from './arns';
import { actionsOf, PipelineModel } from './pipelineModel';
import { withNarrowed } from './narrowed';
import { RoleUsage } from './roleUsage';

type Purpose = Identity['purposes'][number];

function notConnected(arn: string, accountId: string): UnknownReason {
  return {
    code: 'not-connected',
    message: `The role ${nameOf(
      arn,
    )} is in account ${accountId}, which is not read.`,
    actor: 'platform-team',
    action: `Add account ${accountId} to pipelinePosture.aws[].accounts, with the reader's role in it.`,
  };
}

/** The account that a role is in, and the role there. */
export function findRole(
  arn: string,
  readings: ScopeReadings,
): Fact<{ account: IamAccount; role: RawPrincipal }> {
  const accountId = accountOf(arn) ?? '';
  const account = readings.iam.get(accountId);
  if (!account) return unknown(notConnected(arn, accountId));
  return chainFact(account, iam => {
    const role = iam.find(arn);
    return role
      ? known({ account: iam, role })
      : unknown<{ account: IamAccount; role: RawPrincipal }>({
          code: 'not-found',
          message: `The role ${nameOf(
            arn,
          )} does not exist in account ${accountId}.`,
          call: 'iam:GetAccountAuthorizationDetails',
          actor: 'service-owner',
          action: `Correct the role of the pipeline, or create ${nameOf(
            arn,
          )} again.`,
        });
  });
}

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
  return known(usage.of(arn), { source: 'codepipeline:GetPipeline' });
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

/** The roles of a pipeline, with what each is used for. */
export function roleArnsOf(model: PipelineModel): Map<string, Set<Purpose>> {
  const roles = new Map<string, Set<Purpose>>();
  const note = (arn: string, purpose: Purpose) =>
    roles.set(arn, (roles.get(arn) ?? new Set()).add(purpose));
  note(model.definition.roleArn, 'orchestrate');
  for (const action of actionsOf(model)) {
    if (!action.roles.known) continue;
    for (const { arn, purpose } of action.roles.value) note(arn, purpose);
  }
  for (const { stage } of model.stages) {
    const conditions = [
      ...stage.beforeEntry,
      ...stage.onSuccess,
      ...stage.onFailure,
    ];
    for (const { rules } of conditions) {
      for (const { roleArn } of rules)
        if (roleArn) note(roleArn, 'orchestrate');
    }
  }
  return roles;
}

/** The source connections of a pipeline, with the credential that they keep. */
function sourceIdentities(model: PipelineModel): Identity[] {
  return actionsOf(model).flatMap(({ action }): Identity[] => {
    if (action.category !== 'Source') return [];
    const base = {
      type: 'source connection',
      purposes: ['source' as const],
      grants: known([]),
      usedBy: known([]),
      openTrust: known([]),
    };
    if (action.owner === 'ThirdParty' && action.provider === 'GitHub') {
      return [
        {
          ...base,
          id: `github-oauth:${model.definition.arn}/${action.name}`,
          name: `${action.name} (GitHub version 1)`,
          credential: known(
            {
              kind: 'token',
              longLived: true,
              alternative: 'A connection (CodeStarSourceConnection)',
            },
            {
              source: 'codepipeline:GetPipeline',
              field: `stages[].actions[${action.name}].actionTypeId`,
              observed: 'ThirdParty GitHub version 1',
            },
          ),
        },
      ];
    }
    const connection = action.configuration.ConnectionArn;
    if (!connection) return [];
    return [
      {
        ...base,
        id: connection,
        name: `connection ${nameOf(connection)}`,
        credential: known(
          { kind: 'app-installation', longLived: false },
          { source: 'codepipeline:GetPipeline', observed: connection },
        ),
      },
    ];
  });
}

/** Types of build sources that no Git credential is used for. */
const WITHOUT_CREDENTIAL = new Set([
  'CODEPIPELINE',
  'NO_SOURCE',
  'S3',
  'CODECOMMIT',
]);
const SAFE_AUTH = new Set(['CODECONNECTIONS', 'SECRETS_MANAGER']);

/** Git tokens that CodeBuild keeps for all projects of the account and region, where a project of the pipeline uses them. */
function buildSourceIdentities(
  model: PipelineModel,
  readings: ScopeReadings,
): Identity[] {
  const credentials = readings.sourceCredentials;
  const uses = actionsOf(model).some(({ action }) => {
    const project = projectOf(action, readings);
    return (
      project?.known &&
      [project.value.source, ...project.value.secondarySources].some(
        ({ type, authType = '' }) =>
          !WITHOUT_CREDENTIAL.has(type) && !SAFE_AUTH.has(authType),
      )
    );
  });
  if (!uses) return [];
  const base = {
    type: 'source credential of CodeBuild',
    purposes: ['source' as const],
    grants: known([]),
    usedBy: known([]),
    openTrust: known([]),
  };
  if (!credentials.known) {
    return [
      {
        ...base,
        id: `codebuild:${readings.scopeId}`,
        name: readings.scopeId,
        credential: credentials,
      },
    ];
  }
  return credentials.value.map(({ serverType, authType }) => ({
    ...base,
    id: `codebuild:${readings.scopeId}/${serverType}`,
    name: `${serverType} (${authType})`,
    credential: known(
      SAFE_AUTH.has(authType)
        ? { kind: 'app-installation' as const, longLived: false }
        : {
            kind: 'token' as const,
            longLived: true,
            alternative: 'A connection',
          },
      { source: 'codebuild:ListSourceCredentials', observed: authType },
    ),
  }));
}

/** Actions with which a person drives or changes a pipeline. */
const DRIVING = [
  'codepipeline:StartPipelineExecution',
  'codepipeline:UpdatePipeline',
  'codepipeline:PutApprovalResult',
];

/** IAM users that can drive the pipeline, with their access keys. */
function userIdentities(
  model: PipelineModel,
  readings: ScopeReadings,
): Identity[] {
  const account = readings.iam.get(readings.accountId);
  if (!account?.known) return [];
  const iam = account.value;
  return iam.principals.flatMap((user): Identity[] => {
    if (user.kind !== 'user') return [];
    const rights = iam.rights(user);
    const drives =
      rights.known &&
      DRIVING.some(
        action =>
          mayDo(rights.value, action, model.definition.arn, iam.index) !== 'no',
      );
    if (!drives) return [];
    const keys = readings.accessKeys;
    if (keys.known && !keys.value.some(({ userArn }) => userArn === user.arn)) {
      return [];
    }
    return [
      {
        id: user.arn,
        name: user.name,
        type: 'IAM user',
        purposes: ['orchestrate'],
        credential: chainFact(keys, all => {
          const [oldest] = all
            .filter(({ userArn }) => userArn === user.arn)
            .sort((a, b) =>
              (a.rotatedAt ?? '').localeCompare(b.rotatedAt ?? ''),
            );
          return known({
            kind: 'access-key' as const,
            longLived: true,
            changedAt: oldest?.rotatedAt,
            alternative: 'Assuming a role',
          });
        }),
        grants: roleRisks(iam, user),
        usedBy: known([]),
        openTrust: known([]),
        url: consoleUrls.user(readings.region, user.name),
      },
    ];
  });
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
