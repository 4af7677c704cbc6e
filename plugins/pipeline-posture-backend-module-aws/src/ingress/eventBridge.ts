import {
  EventConcern,
  ProviderEvents,
} from 'backstage-plugin-pipeline-posture-node';
import { z } from 'zod';

/** Topic of deliveries of EventBridge. */
export const EVENT_BRIDGE_TOPIC = 'pipeline-posture.aws';

const text = z.string().max(2000);

/*
 * The envelope of every event: https://docs.aws.amazon.com/eventbridge/latest/ref/overview-event-structure.html
 * What stands in `detail` is the service's; what is looked for here is listed with each source below.
 */
const event = z.object({
  id: text.min(1),
  source: text,
  'detail-type': text,
  account: z.string().regex(/^\d{12}$/),
  region: z.string().regex(/^[a-z0-9-]{1,40}$/),
  resources: z.array(text).max(100).default([]),
  detail: z
    .object({
      pipeline: text.optional(),
      'project-name': text.optional(),
      'additional-information': z
        .object({ initiator: text.optional() })
        .loose()
        .optional(),
      repositoryName: text.optional(),
      repositoryId: text.optional(),
      eventSource: text.optional(),
      eventName: text.optional(),
      errorCode: text.optional(),
      requestParameters: z
        .object({
          name: text.optional(),
          pipelineName: text.optional(),
          pipeline: z
            .union([text, z.object({ name: text.optional() }).loose()])
            .optional(),
          roleName: text.optional(),
          repositoryName: text.optional(),
        })
        .loose()
        .nullish(),
    })
    .loose(),
});

type AwsEvent = z.output<typeof event>;

const BY_CLOUDTRAIL = 'AWS API Call via CloudTrail';

/** Reads events that EventBridge delivers through an API destination. */
export class EventBridge implements ProviderEvents {
  readonly topic = EVENT_BRIDGE_TOPIC;

  concernOf(payload: unknown): EventConcern | undefined {
    const parsed = event.safeParse(payload);
    if (!parsed.success) return undefined;
    const given = parsed.data;
    const concern: EventConcern = {
      eventId: given.id,
      pipelines: pipelinesOf(given).map(id => ({
        scope: `${given.account}/${given.region}`,
        id,
      })),
      repositories: repositoriesOf(given),
      identities: [],
    };
    const roles = rolesOf(given);
    if (roles.length > 0) return { ...concern, identityPatterns: roles };
    const { pipelines, repositories } = concern;
    return pipelines.length + repositories.length > 0 ? concern : undefined;
  }
}

/** A refused or failed call changed nothing. */
const isChange = ({ detail }: AwsEvent) => detail.errorCode === undefined;

function pipelinesOf(given: AwsEvent): string[] {
  const { source, detail } = given;
  if (source === 'aws.codepipeline') {
    if (given['detail-type'] !== BY_CLOUDTRAIL)
      return detail.pipeline ? [detail.pipeline] : [];
    const { requestParameters } = detail;
    if (!requestParameters || !isChange(given)) return [];
    const { pipeline, pipelineName, name } = requestParameters;
    // UpdatePipeline has the whole definition; others name the pipeline in one of three ways.
    const named = typeof pipeline === 'string' ? pipeline : pipeline?.name;
    return [named ?? pipelineName ?? name ?? []].flat();
  }
  if (source === 'aws.codebuild') {
    // A build that a pipeline started says which: `codepipeline/orders-api`.
    const initiator = detail['additional-information']?.initiator;
    const match = /^codepipeline\/(.+)$/.exec(initiator ?? '');
    return match ? [match[1]] : [];
  }
  return [];
}

function repositoriesOf({ source, detail }: AwsEvent) {
  const name =
    detail.repositoryName ?? detail.requestParameters?.repositoryName;
  return source === 'aws.codecommit' && name
    ? [{ host: 'codecommit', name }]
    : [];
}

/**
 * IAM is one service for all regions; a change of a role concerns whatever acts as it. The call names the role without
 * the path that stands in its ARN, `service-role/` for most that the console makes. A name is unique in its account.
 */
function rolesOf(given: AwsEvent) {
  const roleName = given.detail.requestParameters?.roleName;
  if (given.source !== 'aws.iam' || !roleName || !isChange(given)) return [];
  const partition = partitionOf(given.region);
  const prefix = `arn:${partition}:iam::${given.account}:role/`;
  return [{ prefix, suffix: roleName }];
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
