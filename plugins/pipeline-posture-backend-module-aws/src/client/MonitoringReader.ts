import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
} from '@aws-sdk/client-cloudtrail';
import {
  CodestarNotificationsClient,
  DescribeNotificationRuleCommand,
  ListNotificationRulesCommand,
} from '@aws-sdk/client-codestar-notifications';
import {
  EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
} from '@aws-sdk/client-eventbridge';
import { GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import {
  allFacts,
  chainFact,
  Fact,
  known,
} from 'backstage-plugin-pipeline-posture-common';
import { AwsConnection } from './AwsConnection';
import { required } from './refusal';

/** A rule of EventBridge on the default bus. */
export interface EventRule {
  name: string;
  enabled: boolean;
  /** JSON text; absent for scheduled rules. */
  pattern?: string;
}

/** A notification rule of the developer tools. */
export interface NotificationRule {
  name: string;
  resource: string;
  enabled: boolean;
  eventTypes: string[];
  targets: string[];
}

/** A trail of CloudTrail. */
export interface Trail {
  name: string;
  /** Whether it records what happens in the region that was read. */
  coversRegion: boolean;
  logging: boolean;
  /** Whether it records changes to pipelines. */
  recordsChanges: boolean;
  validatesFiles: boolean;
}

/** Reads who is told of what, and what is recorded, in one account and region. */
export class MonitoringReader {
  static create(connection: AwsConnection): MonitoringReader {
    return new MonitoringReader(connection);
  }

  readonly #targets = new Map<string, Promise<Fact<string[]>>>();
  readonly #topics = new Map<string, Promise<Fact<number>>>();

  private constructor(private readonly connection: AwsConnection) {}

  listRules(): Promise<Fact<EventRule[]>> {
    const events = this.connection.client(EventBridgeClient);
    return this.connection.listAll(
      'events:ListRules',
      `the rules of EventBridge in ${this.connection.region}`,
      async (NextToken, options) => {
        const page = await events.send(
          new ListRulesCommand({ NextToken, Limit: 100 }),
          options,
        );
        return {
          items: (page.Rules ?? []).map(
            ({ Name = '', State, EventPattern }) => ({
              name: Name,
              enabled: State?.startsWith('ENABLED') ?? false,
              pattern: EventPattern,
            }),
          ),
          next: page.NextToken,
        };
      },
    );
  }

  /** ARNs of the targets of a rule. */
  targetsOf(rule: string): Promise<Fact<string[]>> {
    return once(this.#targets, rule, () =>
      this.connection.listAll(
        'events:ListTargetsByRule',
        `rule ${rule}`,
        async (NextToken, options) => {
          const page = await this.connection
            .client(EventBridgeClient)
            .send(
              new ListTargetsByRuleCommand({ Rule: rule, NextToken }),
              options,
            );
          return {
            items: (page.Targets ?? []).flatMap(({ Arn }) => Arn ?? []),
            next: page.NextToken,
          };
        },
      ),
    );
  }

  /** How many subscribers of a topic have confirmed. */
  subscribersOf(topicArn: string): Promise<Fact<number>> {
    return once(this.#topics, topicArn, async () => {
      const answer = await this.connection.call(
        'sns:GetTopicAttributes',
        `topic ${topicArn.split(':').pop()}`,
        async options => {
          const { Attributes } = await this.connection
            .client(SNSClient)
            .send(
              new GetTopicAttributesCommand({ TopicArn: topicArn }),
              options,
            );
          return required(Attributes?.SubscriptionsConfirmed);
        },
      );
      return answer.known
        ? known(Number(answer.value), answer.evidence)
        : answer;
    });
  }

  async listNotificationRules(): Promise<Fact<NotificationRule[]>> {
    const client = this.connection.client(CodestarNotificationsClient);
    const arns = await this.connection.listAll(
      'codestar-notifications:ListNotificationRules',
      `the notification rules of ${this.connection.region}`,
      async (NextToken, options) => {
        const page = await client.send(
          new ListNotificationRulesCommand({ NextToken, MaxResults: 100 }),
          options,
        );
        return {
          items: (page.NotificationRules ?? []).flatMap(({ Arn }) => Arn ?? []),
          next: page.NextToken,
        };
      },
    );
    if (!arns.known) return arns;
    return allFacts(
      await Promise.all(arns.value.map(arn => this.#describe(arn))),
    );
  }

  async #describe(arn: string): Promise<Fact<NotificationRule>> {
    const answer = await this.connection.call(
      'codestar-notifications:DescribeNotificationRule',
      `notification rule ${arn.split('/').pop()}`,
      options =>
        this.connection
          .client(CodestarNotificationsClient)
          .send(new DescribeNotificationRuleCommand({ Arn: arn }), options),
    );
    return chainFact(answer, rule =>
      known({
        name: rule.Name ?? '',
        resource: rule.Resource ?? '',
        enabled: rule.Status === 'ENABLED',
        eventTypes: (rule.EventTypes ?? []).flatMap(
          ({ EventTypeId }) => EventTypeId ?? [],
        ),
        targets: (rule.Targets ?? [])
          .filter(({ TargetStatus }) => TargetStatus === 'ACTIVE')
          .flatMap(({ TargetAddress }) => TargetAddress ?? []),
      }),
    );
  }

  async listTrails(): Promise<Fact<Trail[]>> {
    const trails = await this.connection.call(
      'cloudtrail:DescribeTrails',
      `the trails of account ${this.connection.accountId}`,
      options =>
        this.connection
          .client(CloudTrailClient)
          .send(
            new DescribeTrailsCommand({ includeShadowTrails: true }),
            options,
          ),
    );
    if (!trails.known) return trails;
    return allFacts(
      await Promise.all(
        (trails.value.trailList ?? []).map(trail =>
          this.#trail({
            arn: trail.TrailARN ?? trail.Name ?? '',
            name: trail.Name ?? '',
            coversRegion:
              (trail.IsMultiRegionTrail ?? false) ||
              trail.HomeRegion === this.connection.region,
            validatesFiles: trail.LogFileValidationEnabled ?? false,
          }),
        ),
      ),
    );
  }

  async #trail(trail: {
    arn: string;
    name: string;
    coversRegion: boolean;
    validatesFiles: boolean;
  }): Promise<Fact<Trail>> {
    const client = this.connection.client(CloudTrailClient);
    const { arn, ...rest } = trail;
    const [status, selectors] = await Promise.all([
      this.connection.call(
        'cloudtrail:GetTrailStatus',
        `trail ${trail.name}`,
        options =>
          client.send(new GetTrailStatusCommand({ Name: arn }), options),
      ),
      this.connection.call(
        'cloudtrail:GetEventSelectors',
        `trail ${trail.name}`,
        options =>
          client.send(
            new GetEventSelectorsCommand({ TrailName: arn }),
            options,
          ),
      ),
    ]);
    if (!status.known) return status;
    if (!selectors.known) return selectors;
    const { EventSelectors = [], AdvancedEventSelectors = [] } =
      selectors.value;
    const basic = EventSelectors.some(
      ({ IncludeManagementEvents, ReadWriteType }) =>
        IncludeManagementEvents && ReadWriteType !== 'ReadOnly',
    );
    const advanced = AdvancedEventSelectors.some(
      ({ FieldSelectors = [] }) =>
        FieldSelectors.some(
          ({ Field, Equals = [] }) =>
            Field === 'eventCategory' && Equals.includes('Management'),
        ) &&
        !FieldSelectors.some(
          ({ Field, Equals = [] }) =>
            Field === 'readOnly' && Equals.includes('true'),
        ),
    );
    return known({
      ...rest,
      logging: status.value.IsLogging ?? false,
      recordsChanges: basic || advanced,
    });
  }
}

function once<T>(
  kept: Map<string, Promise<T>>,
  key: string,
  read: () => Promise<T>,
): Promise<T> {
  const value = kept.get(key) ?? read();
  kept.set(key, value);
  return value;
}
