import { known } from 'backstage-plugin-pipeline-posture-common';
import {
  BranchRules,
  SourceHosts,
} from 'backstage-plugin-pipeline-posture-node';
import { AwsConnection } from '../client/AwsConnection';
import { ActionDefinition, PipelineDefinition } from './definition';
import { readBranchRules } from './readBranchRules';
import { RepositoryAddresses } from './RepositoryAddresses';

const { signal } = new AbortController();
const rules: BranchRules = {
  protection: known({
    minimumReviewers: 1,
    authorApprovalCounts: false,
    lastPusherApprovalCounts: false,
    approvalsResetOnPush: true,
    requiredChecks: [],
    pipelineFileHasRequiredReviewers: true,
  }),
  bypassers: known([]),
  isPublic: known(false),
  forkable: known(false),
};

const from = (Repo: string) =>
  ({
    name: 'Source',
    category: 'Source',
    provider: 'GitHub',
    configuration: { Owner: 'contoso', Repo, Branch: 'main' },
  } as unknown as ActionDefinition);

const pipeline = (name: string, repository: string) =>
  ({
    name,
    triggers: [],
    stages: [{ name: 'Source', actions: [from(repository)] }],
  } as unknown as PipelineDefinition);

describe('readBranchRules', () => {
  it('asks each branch once, and for a check on request anew for those of its pipeline only', async () => {
    const asked: string[] = [];
    let now = 0;
    const hosts = SourceHosts.create({
      now: () => now,
      hosts: [
        {
          id: 'counting',
          handles: () => true,
          read: async ({ url }) => {
            asked.push(url.split('/').pop() ?? '');
            return rules;
          },
          readFile: async () => known(null),
        },
      ],
    });
    const definitions = [
      pipeline('shop', 'shop'),
      pipeline('shop-nightly', 'shop'),
      pipeline('till', 'till'),
    ];
    const read = (id?: string) =>
      readBranchRules(definitions, {
        projects: new Map(),
        addresses: RepositoryAddresses.create(known([]), {} as AwsConnection),
        hosts,
        only: id ? { provider: 'aws-codepipeline', scope: 's', id } : undefined,
        signal,
      });
    await read();
    expect(asked.sort()).toEqual(['shop', 'till']);
    now = 1000;
    await read();
    expect(asked).toHaveLength(2);
    await read('shop');
    expect(asked.slice(2)).toEqual(['shop']);
  });
});
