import {
  AboutPosture,
  DEFAULT_SCORING_POLICY,
  FleetFacets,
} from 'backstage-plugin-pipeline-posture-common';

/** An installation in which the viewer may do everything but decide on exemptions. */
export const anAbout = (over: Partial<AboutPosture> = {}): AboutPosture => ({
  permissionsEnforced: true,
  access: { evidence: 'security auditors' },
  contact: { title: 'Platform security' },
  policy: DEFAULT_SCORING_POLICY,
  exemptions: {
    maxDays: 365,
    defaultDays: { critical: 30, high: 60, medium: 90, low: 180 },
    reasonMinimum: 20,
  },
  recorded: { from: '2026-08-01', to: '2026-11-21' },
  collector: 'ok',
  may: {
    seeEvidence: true,
    seeCollector: true,
    runCollector: true,
    export: true,
    requestExemption: true,
    approveExemption: false,
    revokeExemption: false,
  },
  ...over,
});

/** Values of filters over four pipelines of two owners. */
export const someFacets = (over: Partial<FleetFacets> = {}): FleetFacets => ({
  total: 4,
  provider: [{ value: 'azure-devops', count: 3 }],
  grade: [{ value: 'D', count: 2 }],
  compliance: [{ value: 'compliant', count: 1 }],
  tier: [{ value: 'production', count: 4 }],
  severity: [{ value: 'critical', count: 2 }],
  dimension: [{ value: 'least-privilege', count: 2 }],
  control: [{ value: 'identity-is-not-admin', count: 2 }],
  status: [
    { value: 'fail', count: 3 },
    { value: 'exempt', count: 1 },
  ],
  lifecycle: [{ value: 'production', count: 4 }],
  owner: [
    { value: 'group:default/payments', count: 3 },
    { value: 'group:default/checkout', count: 1 },
  ],
  system: [{ value: 'system:default/shop', count: 4 }],
  domain: [],
  ...over,
});
