import {
  known,
  PipelineSnapshot,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { consoleUrls, partitionOf } from '../client/consoleUrls';
import { ScopeReadings } from '../collect/readings';
import { alertsOf } from './alerts';
import { artifactsOf } from './artifacts';
import { auditOf } from './audit';
import { withConsoleLinks } from './consoleLinks';
import { editorsOf } from './editors';
import { identitiesOf } from './identities';
import { injectionsOf } from './injections';
import { inputsOf } from './inputs';
import { leaksOf } from './leaks';
import { PipelineModel } from './pipelineModel';
import { RoleUsage } from './roleUsage';
import { runnersOf } from './runners';
import { securityTestsOf } from './securityTests';
import { providerFactsOf } from './providerFacts';
import { sourcesOf, visibilityOf } from './sources';
import { stagesOf } from './stages';
import { triggersOf } from './triggers';

/** The id of this provider. */
export const PROVIDER_ID = 'aws-codepipeline';

type Where = Pick<
  ScopeReadings,
  'accountId' | 'region' | 'scopeId' | 'collectedAt'
>;

function base(name: string, arn: string, where: Where) {
  return {
    ref: { provider: PROVIDER_ID, scope: where.scopeId, id: name },
    name,
    url: consoleUrls.pipeline(where.region, name),
    collectedAt: where.collectedAt,
    locators: [
      { annotation: 'aws.amazon.com/aws-codepipeline-arn', value: arn },
    ],
    enabled: true,
  };
}

/** Everything that was found out about a pipeline. */
export function snapshotOf(
  model: PipelineModel,
  usage: RoleUsage,
  readings: ScopeReadings,
): PipelineSnapshot {
  const { definition } = model;
  const tags = readings.tags.known
    ? readings.tags.value.get(definition.arn) ?? {}
    : {};
  const located = base(definition.name, definition.arn, readings);
  const snapshot: PipelineSnapshot = {
    ...located,
    locators: [
      ...located.locators,
      ...Object.entries(tags).map(([key, value]) => ({
        annotation: 'aws.amazon.com/aws-codepipeline-tags',
        value: `${key}=${value}`,
      })),
    ],
    kind: definition.type === 'V2' ? 'codepipeline-v2' : 'codepipeline-v1',
    sources: known(sourcesOf(model, readings), {
      source: 'codepipeline:GetPipeline',
    }),
    stages: known(stagesOf(model, readings), {
      source: 'codepipeline:GetPipeline',
    }),
    identities: known(identitiesOf(model, usage, readings), {
      source: 'codepipeline:GetPipeline',
    }),
    leaks: leaksOf(model, readings),
    inputs: inputsOf(model, readings),
    securityTests: securityTestsOf(model, readings),
    triggers: triggersOf(model, readings),
    injections: injectionsOf(model, readings),
    editors: editorsOf(model, readings),
    runners: runnersOf(model, readings),
    artifacts: artifactsOf(model, readings),
    alerts: alertsOf(model, readings),
    audit: auditOf(model, readings),
    provider: providerFactsOf(model, visibilityOf(model, readings), readings),
  };
  return withConsoleLinks(snapshot, definition.name, readings);
}

/** A pipeline of which nothing but its name could be read. */
export function unreadSnapshot(
  name: string,
  reason: UnknownReason,
  where: Where,
): PipelineSnapshot {
  const notRead = unknown(reason);
  const arn = `arn:${partitionOf(where.region)}:codepipeline:${where.region}:${
    where.accountId
  }:${name}`;
  return {
    ...base(name, arn, where),
    kind: 'codepipeline-v2',
    sources: notRead,
    stages: notRead,
    identities: notRead,
    leaks: notRead,
    inputs: notRead,
    securityTests: notRead,
    triggers: notRead,
    injections: notRead,
    editors: notRead,
    runners: notRead,
    artifacts: notRead,
    alerts: notRead,
    audit: notRead,
    provider: {
      externalActions: notRead,
      webhooks: notRead,
      visibility: notRead,
    },
  };
}
