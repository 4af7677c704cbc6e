import {
  ControlMetadata,
  DEFAULT_SCORING_POLICY,
  DIMENSIONS,
  EntityPosture,
  FindingView,
  PipelineSummary,
} from 'backstage-plugin-pipeline-posture-common';

const NOW = '2026-11-21T08:00:00.000Z';
const counts = {
  pass: 0,
  fail: 0,
  unknown: 0,
  'not-applicable': 0,
  exempt: 0,
  preview: 0,
};

const aPipeline = (i: number): PipelineSummary => ({
  id: `azure-devops~contoso/Payments~p${i}`,
  name: `payments-${i}-deploy`,
  provider: 'azure-devops',
  kind: 'azure-yaml',
  url: 'https://dev.azure.com/contoso',
  scope: 'Azure DevOps contoso, project Payments',
  reachesProduction: 'yes',
  score: i % 100,
  potential: 100,
  coverage: 90,
  grade: 'D',
  compliance: 'non-compliant',
  counts: { ...counts, fail: 3, pass: 20, unknown: 2 },
  failing: { critical: 1, high: 1, medium: 1, low: 0 },
  entityRefs: [`component:default/payments-${i}`],
  collectedAt: NOW,
  stale: false,
});

const aControl = (i: number): ControlMetadata => ({
  id: `control-${i}`,
  title: `Nothing of kind ${i} can be changed by those who build`,
  dimension: DIMENSIONS[i % DIMENSIONS.length],
  severity: 'high',
  lifecycle: 'active',
  answers: ['SAD-1'],
  why: 'Whoever changes it changes production.',
  measure: 'Fails if it can be changed.',
  actor: 'service-owner',
  remediation: {
    'azure-devops': {
      docsUrl: 'https://learn.microsoft.com',
      steps: ['Do it.'],
    },
  },
});

/** An entity of five pipelines with as many findings as asked for. */
export function postureOf(findings: number): EntityPosture {
  const pipelines = Array.from({ length: 5 }, (_, i) => aPipeline(i));
  const controls = Array.from({ length: Math.ceil(findings / 5) }, (_, i) =>
    aControl(i),
  );
  const found = Array.from({ length: findings }, (_, i): FindingView => {
    const control = controls[Math.floor(i / 5)];
    const pipeline = pipelines[i % 5];
    return {
      controlId: control.id,
      title: control.title,
      dimension: control.dimension,
      severity: control.severity,
      status: i % 4 === 0 ? 'unknown' : 'fail',
      pipelineId: pipeline.id,
      pipelineName: pipeline.name,
      provider: pipeline.provider,
      actor: control.actor,
      instances: [
        {
          status: 'fail',
          subject: 'stage Production',
          observed: 'It can be changed by Contributors.',
          expected: 'Only release managers can change it.',
          evidence: [{ source: 'GET _apis/policy/configurations' }],
        },
      ],
      since: NOW,
      preview: false,
      exempt: false,
      gainIfFixed: 3,
      stale: false,
    };
  });
  return {
    entityRef: 'component:default/payments-api',
    state: 'scored',
    annotations: [],
    unmatched: [],
    summary: {
      recent: Array.from({ length: 90 }, (_, i) => ({
        day: new Date(Date.UTC(2026, 7, 24 + i)).toISOString().slice(0, 10),
        score: 40 + (i % 7),
      })),
      score: 40,
      potential: 80,
      coverage: 90,
      grade: 'F',
      compliance: 'non-compliant',
      provisional: false,
      weakestPipeline: pipelines[0],
      fromProduction: true,
      counts: { ...counts, fail: findings },
      failing: { critical: 0, high: findings, medium: 0, low: 0 },
      withoutExemptions: {
        score: 40,
        potential: 80,
        coverage: 90,
        grade: 'F',
      },
      fixFirst: [],
      collectedAt: NOW,
      stale: false,
    },
    pipelines,
    findings: found,
    quiet: [],
    dimensions: {},
    controls,
    may: { seeEvidence: true, checkAgain: true },
  };
}

/** The largest page of a list of as many pipelines as asked for. */
export const listOf = (total: number) => ({
  items: Array.from({ length: 100 }, (_, i) => aPipeline(i)),
  total,
  page: 1,
  size: 100,
});

/** What every screen asks beside its own question. */
export const SHARED = {
  '/about': {
    permissionsEnforced: false,
    access: {},
    policy: DEFAULT_SCORING_POLICY,
    exemptions: {
      maxDays: 365,
      defaultDays: { critical: 30, high: 60, medium: 90, low: 180 },
      reasonMinimum: 20,
    },
    collector: 'ok',
    may: {
      seeEvidence: true,
      seeCollector: true,
      runCollector: true,
      export: true,
      requestExemption: true,
      approveExemption: true,
      revokeExemption: true,
    },
  },
  '/facets': { total: 5000, status: [] },
  '/summary': {
    pipelines: 0,
    byGrade: {},
    byCompliance: {},
    byProvider: {},
    failingBySeverity: {},
    controls: [],
    linked: 0,
  },
  '/history': { trend: [], changes: [] },
};
