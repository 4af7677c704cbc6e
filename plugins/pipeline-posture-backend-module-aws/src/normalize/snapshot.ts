import {
  Fact,
  known,
  PipelineSnapshot,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { consoleUrls, partitionOf } from '../client/consoleUrls';
import { ScopeReadings } from '../collect/readings';
import { identitiesOf } from './identities';
import { inputsOf } from './inputs';
import { leaksOf } from './leaks';
import { PipelineModel } from './pipelineModel';
import { RoleUsage } from './roleUsage';
import { sourcesOf } from './sources';
import { stagesOf } from './stages';

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

const notYet = <T>(what: string): Fact<T> =>
  unknown({
    code: 'not-supported',
    message: `${what} cannot be read for CodePipeline yet.`,
    actor: 'platform-team',
    action: 'Check it by hand until a newer version reads it.',
  });

/** Everything that was found out about a pipeline. */
export function snapshotOf(
  model: PipelineModel,
  usage: RoleUsage,
  readings: ScopeReadings,
): PipelineSnapshot {
  const { definition } = model;
  return {
    ...base(definition.name, definition.arn, readings),
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
    securityTests: notYet('Security tests'),
    triggers: notYet('Triggers'),
    injections: notYet('Untrusted text'),
    editors: notYet('Who can edit'),
    runners: notYet('Build containers'),
    artifacts: notYet('Artifact stores'),
    alerts: notYet('Alerts'),
    audit: notYet('The audit trail'),
    provider: {},
  };
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
    provider: {},
  };
}
