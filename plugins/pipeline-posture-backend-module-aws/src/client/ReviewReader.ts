import {
  AccessAnalyzerClient,
  ListAnalyzersCommand,
  ListFindingsV2Command,
} from '@aws-sdk/client-accessanalyzer';
import { Fact, known } from 'backstage-plugin-pipeline-posture-common';
import { AwsConnection } from './AwsConnection';

/** Rights that the unused-access analyzer found without use. */
export interface UnusedAccess {
  roleArn: string;
  findingType: string;
}

/** What IAM Access Analyzer says of the use of rights. */
export interface AccessReview {
  /** Names of active analyzers of unused access; empty = nothing reviews the use of rights. */
  analyzers: string[];
  unused: UnusedAccess[];
}

const UNUSED_ACCESS = /_UNUSED_ACCESS$/;

/** Reads IAM Access Analyzer of one account, in the region of the connection. */
export async function readAccessReview(
  connection: AwsConnection,
): Promise<Fact<AccessReview>> {
  const client = connection.client(AccessAnalyzerClient);
  const analyzers = await connection.listAll(
    'access-analyzer:ListAnalyzers',
    `the analyzers of account ${connection.accountId}`,
    async (nextToken, options) => {
      const page = await client.send(
        new ListAnalyzersCommand({ nextToken }),
        options,
      );
      return { items: page.analyzers ?? [], next: page.nextToken };
    },
  );
  if (!analyzers.known) return analyzers;
  const active = analyzers.value.filter(
    ({ type = '', status }) => UNUSED_ACCESS.test(type) && status === 'ACTIVE',
  );
  const unused: UnusedAccess[] = [];
  for (const { arn: analyzerArn, name } of active) {
    const findings = await connection.listAll(
      'access-analyzer:ListFindingsV2',
      `the findings of analyzer ${name}`,
      async (nextToken, options) => {
        const page = await client.send(
          new ListFindingsV2Command({
            analyzerArn,
            nextToken,
            filter: { status: { eq: ['ACTIVE'] } },
          }),
          options,
        );
        return { items: page.findings ?? [], next: page.nextToken };
      },
    );
    if (!findings.known) return findings;
    for (const { resource, findingType } of findings.value) {
      if (resource && /^Unused(Permission|IAMRole)/.test(findingType ?? '')) {
        unused.push({ roleArn: resource, findingType: findingType ?? '' });
      }
    }
  }
  return known(
    { analyzers: active.map(({ name = '' }) => name), unused },
    { source: 'access-analyzer:ListAnalyzers' },
  );
}
