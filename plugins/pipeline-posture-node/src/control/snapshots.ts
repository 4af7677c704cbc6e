import {
  ExecutionUnit,
  Fact,
  Gate,
  Identity,
  known,
  PipelineSnapshot,
  PipelineSource,
  Stage,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';

/**
 * A reason for tests of controls.
 *
 * @public
 */
export const aReason: UnknownReason = {
  code: 'permission-missing',
  message: 'The reader may not see this.',
  permission: 'example.read',
  actor: 'platform-team',
  action: 'Grant example.read to the reader.',
};

/**
 * A fact that a test wants to be unknown.
 *
 * @public
 */
export const notRead = <T>(): Fact<T> => unknown<T>(aReason);

/**
 * A pipeline of which everything is known and nothing is there. Tests of controls replace what they are about.
 *
 * @public
 */
export function aSnapshot(
  part: Partial<PipelineSnapshot> = {},
): PipelineSnapshot {
  return {
    ref: { provider: 'azure-devops', scope: 'example/Shop', id: 'build-1' },
    name: 'shop-deploy',
    url: 'https://dev.azure.com/example/Shop/_build?definitionId=1',
    kind: 'azure-yaml',
    collectedAt: '2026-11-21T08:00:00.000Z',
    locators: [],
    enabled: true,
    sources: known([]),
    stages: known([]),
    identities: known([]),
    leaks: known([]),
    securityTests: known([]),
    triggers: known([]),
    inputs: known({ anyVariableSettable: known(false), declared: [] }),
    injections: known([]),
    editors: known([]),
    runners: known([]),
    artifacts: known([]),
    alerts: known([]),
    audit: known({
      changesRecorded: known(true),
      buildStateEmitted: known(true),
      lastRunAt: known('2026-11-20T08:00:00.000Z'),
      permissionsReviewed: known(true),
    }),
    provider: {},
    ...part,
  };
}

/**
 * A unit of execution that deploys with no identity.
 *
 * @public
 */
export function aUnit(part: Partial<ExecutionUnit> = {}): ExecutionUnit {
  return {
    id: 'deploy',
    name: 'deploy',
    kinds: ['deploy'],
    identityIds: known([]),
    ...part,
  };
}

/**
 * A stage that deploys to production, without gates.
 *
 * @public
 */
export function aStage(part: Partial<Stage> = {}): Stage {
  return {
    id: 'production',
    name: 'Production',
    deploys: true,
    tier: known('production'),
    targets: known([]),
    units: [aUnit()],
    gates: known([]),
    dependsOn: [],
    ...part,
  };
}

/**
 * An approval that somebody else must give.
 *
 * @public
 */
export function anApproval(part: Partial<Gate> = {}): Gate {
  return {
    id: 'approval',
    name: 'Approval',
    kind: 'approval',
    on: 'environment production',
    effective: true,
    approvers: [{ name: 'release-managers', kind: 'group', broad: false }],
    requesterCanApprove: known(false),
    canBeSkipped: known(false),
    ...part,
  };
}

/**
 * A federated deploy identity with narrow rights that only this pipeline uses.
 *
 * @public
 */
export function anIdentity(part: Partial<Identity> = {}): Identity {
  return {
    id: 'identity-1',
    name: 'shop-production',
    type: 'service connection',
    purposes: ['deploy'],
    credential: known({ kind: 'federated', longLived: false }),
    grants: known([]),
    usedBy: known([]),
    openTrust: known([]),
    ...part,
  };
}

/**
 * A repository whose branch is well protected.
 *
 * @public
 */
export function aSource(part: Partial<PipelineSource> = {}): PipelineSource {
  return {
    id: 'self',
    kind: 'repository',
    host: 'azure-repos',
    name: 'Shop/shop',
    branch: 'main',
    role: 'application',
    protection: known({
      minimumReviewers: 2,
      authorApprovalCounts: false,
      lastPusherApprovalCounts: false,
      approvalsResetOnPush: true,
      requiredChecks: ['build'],
      pipelineFileHasRequiredReviewers: true,
    }),
    bypassers: known([]),
    ...part,
  };
}
