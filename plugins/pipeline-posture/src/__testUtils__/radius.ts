import {
  BlastRadius,
  IdentityRank,
} from 'backstage-plugin-pipeline-posture-common';

export const anIdentityRank = (
  over: Partial<IdentityRank> = {},
): IdentityRank => ({
  id: 'entra:contoso/prod-arm',
  name: 'prod-arm',
  type: 'service connection',
  credential: 'secret',
  longLived: true,
  credentialChangedAt: '2025-10-07T08:00:00.000Z',
  pipelines: 2,
  pipelineShare: 50,
  entities: 2,
  owners: ['group:default/payments', 'group:default/checkout'],
  ownerCount: 2,
  productionPipelines: 2,
  productionTargets: ['subscription Prod-01'],
  breadth: 'administrator',
  changers: { known: 2, complete: true },
  ...over,
});

export const aRadius = (over: Partial<BlastRadius> = {}): BlastRadius => ({
  identity: anIdentityRank(),
  nodes: [
    {
      id: 'changer:contributors',
      kind: 'changer',
      label: 'Contributors',
      principal: 'group',
      broad: true,
    },
    {
      id: 'changer:release',
      kind: 'changer',
      label: 'release-managers',
      principal: 'group',
    },
    {
      id: 'pipeline:deploy',
      kind: 'pipeline',
      label: 'payments-deploy',
      pipelineId: 'azure-devops~contoso/Payments~build-101',
    },
    {
      id: 'pipeline:infra',
      kind: 'pipeline',
      label: 'infra-nightly',
      pipelineId: 'azure-devops~contoso/Payments~build-102',
    },
    { id: 'identity:prod-arm', kind: 'identity', label: 'prod-arm' },
    {
      id: 'target:prod',
      kind: 'target',
      label: 'subscription Prod-01',
      tier: 'production',
    },
    {
      id: 'target:stage',
      kind: 'target',
      label: 'subscription Stage-01',
      tier: 'non-production',
    },
  ],
  edges: [
    {
      from: 'changer:contributors',
      to: 'pipeline:deploy',
      role: 'can-change',
      words: ['Edit build pipeline'],
    },
    {
      from: 'changer:release',
      to: 'pipeline:infra',
      role: 'can-change',
      words: ['Edit build pipeline'],
    },
    {
      from: 'pipeline:deploy',
      to: 'identity:prod-arm',
      role: 'acts-as',
      words: ['deploy'],
    },
    {
      from: 'pipeline:infra',
      to: 'identity:prod-arm',
      role: 'acts-as',
      words: ['deploy'],
    },
    {
      from: 'identity:prod-arm',
      to: 'target:prod',
      role: 'reaches',
      words: ['Owner'],
    },
    {
      from: 'identity:prod-arm',
      to: 'target:stage',
      role: 'reaches',
      words: ['Owner'],
    },
  ],
  productionPaths: 2,
  cuts: [
    {
      change: 'separate-target',
      nodeId: 'target:prod',
      label: 'subscription Prod-01',
      removes: 2,
      of: 2,
    },
    {
      change: 'take-right',
      nodeId: 'changer:contributors',
      label: 'Contributors',
      removes: 1,
      of: 2,
    },
  ],
  shownPipelines: 2,
  page: 1,
  size: 100,
  ...over,
});
