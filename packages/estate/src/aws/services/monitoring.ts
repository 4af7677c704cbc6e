import { AwsError } from '../errors';
import { arn, optionalText, page, Service, text } from './operation';

const patternText = (pattern: unknown) =>
  typeof pattern === 'string' ? pattern : JSON.stringify(pattern);

/** Amazon EventBridge, API version 2015-10-07. */
export const events: Service = {
  ListRules(input, context) {
    const bus = optionalText(input, 'EventBusName') ?? 'default';
    const rules = context.regional.eventRules.filter(rule => rule.bus === bus);
    const { items, next } = page(rules, context, {
      token: input.NextToken,
      size: input.Limit,
      max: 100,
      invalidToken: 'ValidationException',
    });
    return {
      Rules: items.map(rule => ({
        Name: rule.name,
        Arn: arn(context, 'events', `rule/${rule.name}`),
        State: rule.state,
        EventPattern: rule.pattern && patternText(rule.pattern),
        ScheduleExpression: rule.schedule,
        EventBusName: rule.bus,
      })),
      NextToken: next,
    };
  },

  ListTargetsByRule(input, context) {
    const name = text(input, 'Rule');
    const rule = context.regional.eventRules.find(item => item.name === name);
    if (!rule) {
      throw new AwsError(
        'ResourceNotFoundException',
        `Rule ${name} does not exist.`,
      );
    }
    return {
      Targets: rule.targets.map(({ id, arn: target }) => ({
        Id: id,
        Arn: target,
      })),
    };
  },
};

/** Amazon Simple Notification Service, API version 2010-03-31. */
export const sns: Service = {
  GetTopicAttributes(input, context) {
    const topicArn = text(input, 'TopicArn');
    const topic = context.regional.topics.find(
      item => arn(context, 'sns', item.name) === topicArn,
    );
    if (!topic) {
      throw new AwsError('NotFoundException', 'Topic does not exist', {
        status: 404,
        xmlCode: 'NotFound',
      });
    }
    return {
      Attributes: new Map([
        ['TopicArn', topicArn],
        ['SubscriptionsConfirmed', String(topic.confirmed)],
        ['SubscriptionsPending', String(topic.pending)],
      ]),
    };
  },
};

/** Developer Tools notification rules, API version 2019-10-15. */
export const notifications: Service = {
  ListNotificationRules(input, context) {
    const filters = (input.Filters ?? []) as Array<{
      Name: string;
      Value: string;
    }>;
    const matching = context.regional.notificationRules.filter(rule =>
      filters.every(
        ({ Name, Value }) => Name !== 'RESOURCE' || rule.resource === Value,
      ),
    );
    const { items, next } = page(matching, context, {
      token: input.NextToken,
      size: input.MaxResults,
      max: 100,
    });
    return {
      NextToken: next,
      NotificationRules: items.map(({ id }) => ({
        Id: id,
        Arn: arn(context, 'codestar-notifications', `notificationrule/${id}`),
      })),
    };
  },

  DescribeNotificationRule(input, context) {
    const wanted = text(input, 'Arn');
    const rule = context.regional.notificationRules.find(
      ({ id }) =>
        arn(context, 'codestar-notifications', `notificationrule/${id}`) ===
        wanted,
    );
    if (!rule) {
      throw new AwsError('ResourceNotFoundException', `${wanted} not found`, {
        status: 404,
      });
    }
    return {
      Arn: wanted,
      Name: rule.name,
      Resource: rule.resource,
      DetailType: 'BASIC',
      Status: rule.status,
      EventTypes: rule.eventTypes.map(type => ({
        EventTypeId: type,
        ServiceName: 'CodePipeline',
        ResourceType: 'Pipeline',
      })),
      Targets: rule.targets.map(({ type, address, status }) => ({
        TargetType: type,
        TargetAddress: address,
        TargetStatus: status,
      })),
    };
  },
};

/** AWS CloudTrail, API version 2013-11-01. */
export const cloudtrail: Service = {
  DescribeTrails(_input, context) {
    return {
      trailList: context.regional.trails.map(trail => ({
        Name: trail.name,
        TrailARN: arn(context, 'cloudtrail', `trail/${trail.name}`),
        HomeRegion: context.region,
        IsMultiRegionTrail: trail.multiRegion,
        IsOrganizationTrail: trail.organization,
        LogFileValidationEnabled: trail.validation,
        S3BucketName: `${trail.name}-logs`,
      })),
    };
  },

  GetTrailStatus(input, context) {
    return { IsLogging: trailOf(text(input, 'Name'), context).logging };
  },

  GetEventSelectors(input, context) {
    const trail = trailOf(text(input, 'TrailName'), context);
    return {
      TrailARN: arn(context, 'cloudtrail', `trail/${trail.name}`),
      EventSelectors: [
        {
          ReadWriteType: trail.management === 'none' ? 'All' : trail.management,
          IncludeManagementEvents: trail.management !== 'none',
          DataResources: [],
        },
      ],
    };
  },
};

function trailOf(name: string, context: Parameters<Service[string]>[1]) {
  const trail = context.regional.trails.find(
    item =>
      item.name === name ||
      arn(context, 'cloudtrail', `trail/${item.name}`) === name,
  );
  if (trail) return trail;
  throw new AwsError('TrailNotFoundException', `Unknown trail: ${name}`);
}
