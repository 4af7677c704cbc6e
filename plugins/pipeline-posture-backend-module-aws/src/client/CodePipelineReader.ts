import {
  CodePipelineClient,
  GetPipelineCommand,
  ListPipelineExecutionsCommand,
  ListPipelinesCommand,
  ListWebhooksCommand,
} from '@aws-sdk/client-codepipeline';
import { Fact, known, unknown } from 'backstage-plugin-pipeline-posture-common';
import { PipelineDefinition, WebhookDefinition } from '../collect/definition';
import { AwsConnection, Listed } from './AwsConnection';
import { consoleUrls, partitionOf } from './consoleUrls';
import { readDefinition } from './readDefinition';
import { required } from './refusal';

/** A pipeline as the list shows it. */
export interface ListedPipeline {
  name: string;
  /** Changes whenever the definition does. */
  marker: string;
}

/** Reads CodePipeline in one account and region. */
export class CodePipelineReader {
  static create(connection: AwsConnection): CodePipelineReader {
    return new CodePipelineReader(connection);
  }

  private constructor(private readonly connection: AwsConnection) {}

  /** Every pipeline by name; stops at the first page without answer and says so. */
  listPipelines(): Promise<Listed<ListedPipeline>> {
    const { region } = this.connection;
    const codepipeline = this.connection.client(CodePipelineClient);
    return this.connection.list(
      'codepipeline:ListPipelines',
      `the pipelines of ${region}`,
      async (nextToken, options) => {
        const page = await codepipeline.send(
          new ListPipelinesCommand({ nextToken, maxResults: 1000 }),
          options,
        );
        return {
          items: required(page.pipelines).flatMap(
            ({ name, version, updated }) =>
              name
                ? [
                    {
                      name,
                      marker: `${version}@${updated?.toISOString() ?? ''}`,
                    },
                  ]
                : [],
          ),
          next: page.nextToken,
        };
      },
    );
  }

  async getPipeline(name: string): Promise<Fact<PipelineDefinition>> {
    const { region, accountId } = this.connection;
    const codepipeline = this.connection.client(CodePipelineClient);
    const answer = await this.connection.call(
      'codepipeline:GetPipeline',
      `pipeline ${name}`,
      options => codepipeline.send(new GetPipelineCommand({ name }), options),
    );
    if (!answer.known) return answer;
    const { pipeline, metadata } = answer.value;
    if (!pipeline?.stages) {
      return unknown({
        code: 'malformed',
        message: `The answer for pipeline ${name} holds no definition.`,
        call: 'codepipeline:GetPipeline',
        actor: 'platform-team',
        action:
          'Check that AWS_ENDPOINT_URL points to AWS; the next run tries again.',
      });
    }
    const arn =
      metadata?.pipelineArn ??
      `arn:${partitionOf(region)}:codepipeline:${region}:${accountId}:${name}`;
    const url = consoleUrls.pipeline(region, name);
    return known(readDefinition(pipeline, { arn, url, region }), {
      source: 'codepipeline:GetPipeline',
      url,
    });
  }

  /** When a pipeline ran last, ISO 8601; null if it never did within 12 months. */
  async lastRun(name: string): Promise<Fact<string | null>> {
    const codepipeline = this.connection.client(CodePipelineClient);
    const answer = await this.connection.call(
      'codepipeline:ListPipelineExecutions',
      `the runs of pipeline ${name}`,
      options =>
        codepipeline.send(
          new ListPipelineExecutionsCommand({
            pipelineName: name,
            maxResults: 1,
          }),
          options,
        ),
    );
    if (!answer.known) return answer;
    const [run] = answer.value.pipelineExecutionSummaries ?? [];
    return known(run?.startTime?.toISOString() ?? null, answer.evidence);
  }

  listWebhooks(): Promise<Fact<WebhookDefinition[]>> {
    const { region } = this.connection;
    const codepipeline = this.connection.client(CodePipelineClient);
    return this.connection.listAll(
      'codepipeline:ListWebhooks',
      `the webhooks of ${region}`,
      async (NextToken, options) => {
        const page = await codepipeline.send(
          new ListWebhooksCommand({ NextToken }),
          options,
        );
        return {
          items: (page.webhooks ?? []).flatMap(({ definition }) =>
            definition
              ? [
                  {
                    name: definition.name ?? '',
                    pipeline: definition.targetPipeline ?? '',
                    action: definition.targetAction ?? '',
                    authentication: definition.authentication ?? '',
                    allowedIpRange:
                      definition.authenticationConfiguration?.AllowedIPRange,
                    filtersBranch: (definition.filters ?? []).some(
                      ({ jsonPath = '', matchEquals }) =>
                        /ref|branch/i.test(jsonPath) && Boolean(matchEquals),
                    ),
                  },
                ]
              : [],
          ),
          next: page.NextToken,
        };
      },
    );
  }
}
