import {
  Fact,
  Identity,
  known,
  PipelineSnapshot,
  Stage,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';

/** Takes something away from a sound pipeline. */
export type Fault = (snapshot: PipelineSnapshot) => PipelineSnapshot;

const withIdentities =
  (change: (identity: Identity) => Identity): Fault =>
  snapshot => ({
    ...snapshot,
    identities: snapshot.identities.known
      ? {
          ...snapshot.identities,
          value: snapshot.identities.value.map(change),
        }
      : snapshot.identities,
  });

const withProduction =
  (change: (stage: Stage) => Stage): Fault =>
  snapshot => ({
    ...snapshot,
    stages: snapshot.stages.known
      ? {
          ...snapshot.stages,
          value: snapshot.stages.value.map(stage =>
            stage.id === 'production' ? change(stage) : stage,
          ),
        }
      : snapshot.stages,
  });

/** Deploys to production with rights over the whole subscription or account. */
export const administrator: Fault = snapshot =>
  withIdentities(identity =>
    identity.id.includes('production')
      ? {
          ...identity,
          grants: known(
            [
              {
                breadth: 'administrator',
                title: 'Owner on subscription Prod-01',
                actions: ['*'],
                origin: 'role assignment of the service connection',
                narrowed: `Website Contributor on resource group rg-${snapshot.name}`,
              },
            ],
            {
              source: 'GET roleAssignments',
              field: 'properties.roleDefinitionName',
              observed: 'Owner',
            },
          ),
        }
      : identity,
  )(snapshot);

/** Deploys with a secret that lives until somebody rotates it. */
export const longLivedSecret: Fault = withIdentities(identity => ({
  ...identity,
  credential: known(
    {
      kind: 'secret',
      longLived: true,
      changedAt: '2025-10-07T08:00:00.000Z',
      alternative: 'workload identity federation',
    },
    {
      source: 'GET _apis/serviceendpoint/endpoints',
      field: 'authorization.scheme',
      observed: 'ServicePrincipal with a secret',
    },
  ),
}));

/** Nobody has to agree before production changes. */
export const noApproval: Fault = withProduction(stage => ({
  ...stage,
  gates: known([], {
    source: 'GET _apis/pipelines/checks/configurations',
    field: 'count',
    observed: '0',
  }),
}));

/** Whoever starts a run may let it through. */
export const ownApproval: Fault = withProduction(stage => ({
  ...stage,
  gates: stage.gates.known
    ? {
        ...stage.gates,
        value: stage.gates.value.map(gate => ({
          ...gate,
          requesterCanApprove: known(gate.kind === 'approval', {
            source: 'GET _apis/pipelines/checks/configurations',
            field: 'settings.requesterCannotBeApprover',
            observed: 'false',
          }),
        })),
      }
    : stage.gates,
}));

const withProtection =
  (change: object): Fault =>
  snapshot => ({
    ...snapshot,
    sources: snapshot.sources.known
      ? {
          ...snapshot.sources,
          value: snapshot.sources.value.map(source =>
            source.protection.known &&
            source.protection.value !== 'not-applicable'
              ? {
                  ...source,
                  protection: {
                    ...source.protection,
                    value: { ...source.protection.value, ...change },
                  },
                }
              : source,
          ),
        }
      : snapshot.sources,
  });

/** Changes get in without anybody else having looked. */
export const noReview = withProtection({ minimumReviewers: 0 });

/** The author's own vote is enough. */
export const ownReview = withProtection({ authorApprovalCounts: true });

/** An approval outlives what it was given for. */
export const staleReview = withProtection({ approvalsResetOnPush: false });

/** The pipeline's own file needs no particular reviewer. */
export const openPipelineFile = withProtection({
  pipelineFileHasRequiredReviewers: false,
});

/** A secret stands in a variable that everybody can read. */
export const plaintextSecret: Fault = snapshot => ({
  ...snapshot,
  leaks: known(
    [
      {
        where: 'variable DB_PASSWORD of stage Production',
        pattern: 'name suggests a secret',
        in: 'setting',
        url: snapshot.url,
      },
    ],
    {
      source: 'GET _apis/build/definitions/{id}',
      field: 'variables.DB_PASSWORD.isSecret',
      observed: 'false',
    },
  ),
});

/** Nothing looks for vulnerabilities. */
export const noSecurityTest: Fault = snapshot => ({
  ...snapshot,
  securityTests: known([]),
});

/** Those whose code is tested can take the test out. */
export const editableTest: Fault = snapshot => ({
  ...snapshot,
  securityTests: snapshot.securityTests.known
    ? known(
        snapshot.securityTests.value.map(test => ({
          ...test,
          editableByBuilders: known(true),
        })),
      )
    : snapshot.securityTests,
});

/** Everybody who builds can change the pipeline itself. */
export const everybodyEdits: Fault = snapshot => ({
  ...snapshot,
  editors: known([
    {
      principal: { name: 'Contributors', kind: 'group', broad: true },
      rights: ['Edit build pipeline', 'Queue builds'],
      administration: known('none'),
    },
  ]),
});

/** On top of that a second group may change it. */
export const partnersEdit: Fault = snapshot => ({
  ...snapshot,
  editors: snapshot.editors.known
    ? known([
        ...snapshot.editors.value,
        {
          principal: { name: 'Partners', kind: 'group', broad: true },
          rights: ['Edit build pipeline'],
          administration: known('none'),
        },
      ])
    : snapshot.editors,
});

/** Nobody hears of failures. */
export const silent: Fault = snapshot => ({ ...snapshot, alerts: known([]) });

/** Deploys production with an identity that other pipelines use too. */
export const sharedIdentity =
  (id: string, name: string): Fault =>
  snapshot => {
    const production = `${snapshot.name}-production`;
    const isProduction = (one: Identity) => one.name.startsWith(production);
    const old = snapshot.identities.known
      ? snapshot.identities.value.find(isProduction)
      : undefined;
    if (!old) return snapshot;
    const renamed = withIdentities(identity =>
      isProduction(identity) ? { ...identity, id, name } : identity,
    )(snapshot);
    return withProduction(stage => ({
      ...stage,
      units: stage.units.map(unit => ({ ...unit, identityIds: known([id]) })),
    }))(renamed);
  };

/** Never gets as far as production. */
export const onlyBuilds: Fault = snapshot => ({
  ...snapshot,
  stages: snapshot.stages.known
    ? {
        ...snapshot.stages,
        value: snapshot.stages.value.filter(({ deploys }) => !deploys),
      }
    : snapshot.stages,
  identities: known([]),
});

const forgets = <T>(_: Fact<T>, reason: UnknownReason): Fact<T> =>
  unknown(reason);

/** The reader may not see what the pipeline acts as, nor what stands before its stages. */
export const unreadable =
  (reason: UnknownReason): Fault =>
  snapshot => ({
    ...snapshot,
    stages: snapshot.stages.known
      ? {
          ...snapshot.stages,
          value: snapshot.stages.value.map(stage => ({
            ...stage,
            gates: stage.deploys ? forgets(stage.gates, reason) : stage.gates,
          })),
        }
      : snapshot.stages,
    identities: forgets(snapshot.identities, reason),
    editors: forgets(snapshot.editors, reason),
    audit: forgets(snapshot.audit, reason),
  });

/** The reader may not see what the pipeline acts as. */
export const unreadableRoles =
  (reason: UnknownReason): Fault =>
  snapshot => ({
    ...snapshot,
    identities: forgets(snapshot.identities, reason),
  });

/** Some rights of the reader are missing on Azure DevOps. */
export const NO_CHECKS: UnknownReason = {
  code: 'permission-missing',
  message: 'The reader may not see the checks of this project’s environments',
  call: 'GET _apis/pipelines/checks/configurations',
  permission: 'Environment: View',
  actor: 'platform-team',
  action: 'Give the reader the role Reader on the environments of the project.',
};

/** Some rights of the reader are missing in an AWS account. */
export const NO_ROLES: UnknownReason = {
  code: 'permission-missing',
  message: 'The reader may not read the roles of this account',
  call: 'iam:GetAccountAuthorizationDetails',
  permission: 'iam:GetAccountAuthorizationDetails',
  actor: 'cloud-administrator',
  action:
    'Allow iam:GetAccountAuthorizationDetails in the policy of the role PipelinePostureReader.',
};
