import { Entity } from '@backstage/catalog-model';
import {
  ControlMetadata,
  EntityPosture,
  EntitySummary,
  FindingInstance,
  FindingView,
  FleetSummary,
  PipelineDetail,
  PipelineSummary,
  stringifyPipelineRef,
} from 'backstage-plugin-pipeline-posture-common';

/** The moment at which the tests take place. */
export const NOW = '2026-11-21T08:00:00.000Z';

export const paymentsApi: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'payments-api',
    namespace: 'default',
    title: 'Payments API',
    annotations: { 'dev.azure.com/project-repo': 'Payments/payments-api' },
  },
  spec: { type: 'service', lifecycle: 'production', owner: 'payments' },
};

export const deployId = stringifyPipelineRef({
  provider: 'azure-devops',
  scope: 'contoso/Payments',
  id: 'build-101',
});

export const ordersId = stringifyPipelineRef({
  provider: 'aws-codepipeline',
  scope: '111122223333/eu-west-1',
  id: 'orders-api',
});

export function aControl(over: Partial<ControlMetadata> = {}): ControlMetadata {
  return {
    id: 'identity-is-not-admin',
    title: 'No identity of the pipeline is an administrator',
    dimension: 'least-privilege',
    severity: 'critical',
    lifecycle: 'active',
    answers: ['SAD-2'],
    why: 'An attacker who changes a build script owns the whole subscription.',
    measure: 'Fails if an identity has a right over everything.',
    actor: 'platform-team',
    remediation: {
      'azure-devops': {
        docsUrl:
          'https://learn.microsoft.com/azure/devops/pipelines/security/infrastructure',
        steps: ['Open the subscription.', 'Remove the role assignment.'],
        cli: 'az role assignment delete --assignee <id>',
        terraform: 'resource "azurerm_role_assignment" "deploy" {}',
        template: { language: 'bicep', code: 'resource deploy' },
      },
      'aws-codepipeline': {
        docsUrl:
          'https://docs.aws.amazon.com/codepipeline/latest/userguide/how-to-custom-role.html',
        steps: ['Open the role.'],
      },
    },
    ...over,
  };
}

export function anInstance(
  over: Partial<FindingInstance> = {},
): FindingInstance {
  return {
    status: 'fail',
    subject: 'service connection prod-arm',
    observed:
      'The service connection prod-arm is an administrator: Owner on subscription Prod-01.',
    expected: 'The identity has only the rights that its job needs.',
    evidence: [
      {
        source: 'GET roleAssignments',
        field: 'roleDefinitionName',
        observed: 'Owner',
      },
    ],
    ...over,
  };
}

export function aFinding(over: Partial<FindingView> = {}): FindingView {
  return {
    controlId: 'identity-is-not-admin',
    title: 'No identity of the pipeline is an administrator',
    dimension: 'least-privilege',
    severity: 'critical',
    status: 'fail',
    pipelineId: deployId,
    pipelineName: 'payments-deploy',
    provider: 'azure-devops',
    actor: 'platform-team',
    instances: [anInstance()],
    since: '2026-11-01T08:00:00.000Z',
    preview: false,
    exempt: false,
    gainIfFixed: 12,
    stale: false,
    ...over,
  };
}

const noneFailing = { critical: 0, high: 0, medium: 0, low: 0 };
const noCounts = {
  pass: 0,
  fail: 0,
  unknown: 0,
  'not-applicable': 0,
  exempt: 0,
  preview: 0,
};

export function aPipeline(
  over: Partial<PipelineSummary> = {},
): PipelineSummary {
  return {
    id: deployId,
    name: 'payments-deploy',
    provider: 'azure-devops',
    kind: 'azure-yaml',
    url: 'https://dev.azure.com/contoso/Payments/_build?definitionId=101',
    scope: 'Azure DevOps contoso, project Payments',
    reachesProduction: 'yes',
    score: 54,
    potential: 63,
    coverage: 76,
    grade: 'D',
    cap: { grade: 'D', controlId: 'identity-is-not-admin' },
    compliance: 'non-compliant',
    counts: { ...noCounts, pass: 7, fail: 1, unknown: 2 },
    failing: { ...noneFailing, critical: 1 },
    entityRefs: ['component:default/payments-api'],
    collectedAt: '2026-11-21T06:00:00.000Z',
    stale: false,
    ...over,
  };
}

export function aSummary(over: Partial<EntitySummary> = {}): EntitySummary {
  return {
    score: 54,
    potential: 63,
    coverage: 76,
    grade: 'D',
    compliance: 'non-compliant',
    provisional: false,
    weakestPipeline: { id: deployId, name: 'payments-deploy' },
    fromProduction: true,
    counts: { ...noCounts, pass: 7, fail: 1, unknown: 2 },
    failing: { ...noneFailing, critical: 1 },
    withoutExemptions: { score: 54, potential: 63, coverage: 76, grade: 'D' },
    recent: [
      { day: '2026-10-22', score: 60 },
      { day: '2026-11-20', score: 60 },
      { day: '2026-11-21', score: 54 },
    ],
    fixFirst: [
      { controlId: 'identity-is-not-admin', pipelineId: deployId, gain: 12 },
    ],
    collectedAt: '2026-11-21T06:00:00.000Z',
    stale: false,
    ...over,
  };
}

const secretControl = aControl({
  id: 'no-plaintext-secret',
  title: 'No setting of the pipeline holds a readable secret',
  dimension: 'credential-type',
});
const approvalControl = aControl({
  id: 'production-needs-approval',
  title: 'Production needs an approval',
  dimension: 'approval-gates',
  severity: 'high',
});
const inputsControl = aControl({
  id: 'inputs-are-constrained',
  title: 'Inputs are constrained',
  dimension: 'input-validation',
  severity: 'medium',
});

/** The posture of a component with one pipeline: one control fails, one is unknown, one passes, one does not apply. */
export function aPosture(over: Partial<EntityPosture> = {}): EntityPosture {
  return {
    entityRef: 'component:default/payments-api',
    state: 'scored',
    annotations: [
      {
        annotation: 'dev.azure.com/project-repo',
        value: 'Payments/payments-api',
      },
    ],
    unmatched: [],
    summary: aSummary(),
    pipelines: [aPipeline()],
    findings: [
      aFinding(),
      aFinding({
        controlId: secretControl.id,
        title: secretControl.title,
        dimension: 'credential-type',
        status: 'unknown',
        gainIfFixed: 9,
        instances: [
          anInstance({
            status: 'unknown',
            observed: 'The variables could not be read.',
            expected: 'No readable secret.',
            evidence: [],
            reason: {
              code: 'permission-missing',
              message: 'The variable groups of the project cannot be read.',
              permission: 'Variable groups (Read)',
              call: 'GET _apis/distributedtask/variablegroups',
              actor: 'cloud-administrator',
              action: 'Give the reader Variable groups (Read).',
            },
          }),
        ],
      }),
    ],
    quiet: [
      {
        controlId: approvalControl.id,
        pipelineId: deployId,
        status: 'pass',
      },
      {
        controlId: inputsControl.id,
        pipelineId: deployId,
        status: 'not-applicable',
      },
    ],
    dimensions: {
      'least-privilege': { score: 0, potential: 0, coverage: 100 },
      'credential-type': { score: 0, potential: 100, coverage: 0 },
      'approval-gates': { score: 100, potential: 100, coverage: 100 },
    },
    controls: [aControl(), secretControl, approvalControl, inputsControl],
    lastRunAt: '2026-11-21T06:00:00.000Z',
    nextCheckAt: '2026-11-21T12:00:00.000Z',
    may: { seeEvidence: true, checkAgain: true },
    ...over,
  };
}

/** The same pipeline, asked for by itself. */
export function aDetail(over: Partial<PipelineDetail> = {}): PipelineDetail {
  const posture = aPosture();
  return {
    pipeline: aPipeline(),
    findings: [
      ...posture.findings,
      aFinding({
        controlId: approvalControl.id,
        title: approvalControl.title,
        dimension: 'approval-gates',
        severity: 'high',
        status: 'pass',
        gainIfFixed: 0,
        instances: [
          anInstance({
            status: 'pass',
            subject: 'stage Production',
            observed: 'The stage Production needs the approval of Release.',
          }),
        ],
      }),
      aFinding({
        controlId: inputsControl.id,
        title: inputsControl.title,
        dimension: 'input-validation',
        severity: 'medium',
        status: 'not-applicable',
        gainIfFixed: 0,
        instances: [
          anInstance({
            status: 'not-applicable',
            observed: 'This pipeline takes no inputs.',
            evidence: [],
          }),
        ],
      }),
    ],
    dimensions: posture.dimensions,
    contributions: [],
    withoutExemptions: {
      score: 54,
      potential: 63,
      coverage: 76,
      grade: 'D',
      compliance: 'non-compliant',
    },
    stages: [
      {
        name: 'Production',
        deploys: true,
        tier: 'production',
        environment: 'payments-production',
        gates: ['Approval by Release'],
      },
    ],
    identities: [
      {
        id: 'entra:contoso/prod-arm',
        name: 'prod-arm',
        type: 'service connection',
        purposes: ['deploy'],
        credential: 'secret',
        sharedWith: 3,
      },
    ],
    controls: posture.controls,
    may: posture.may,
    ...over,
  };
}

/** Numbers over a fleet of four pipelines. */
export function aFleet(over: Partial<FleetSummary> = {}): FleetSummary {
  return {
    pipelines: 4,
    byGrade: { A: 1, B: 0, C: 0, D: 2, F: 0, 'not-graded': 1 },
    byCompliance: { compliant: 1, unknown: 1, 'non-compliant': 2 },
    byProvider: { 'azure-devops': 3, 'aws-codepipeline': 1 },
    failingBySeverity: { critical: 2, high: 0, medium: 0, low: 0 },
    controls: [
      { controlId: 'identity-is-not-admin', failing: 2, unknown: 1 },
      { controlId: 'no-plaintext-secret', failing: 0, unknown: 1 },
    ],
    linked: 3,
    ...over,
  };
}
