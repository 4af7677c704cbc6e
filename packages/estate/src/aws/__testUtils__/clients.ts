import { CodeBuildClient } from '@aws-sdk/client-codebuild';
import { CodeCommitClient } from '@aws-sdk/client-codecommit';
import { CodePipelineClient } from '@aws-sdk/client-codepipeline';
import { IAMClient } from '@aws-sdk/client-iam';
import { STSClient } from '@aws-sdk/client-sts';

/** Where and as whom the clients of a test speak. */
export interface ClientOptions {
  endpoint: string;
  region?: string;
  credentials?: {
    accessKeyId: string;
    secretAccessKey: string;
    sessionToken?: string;
  };
}

/** Unmodified SDK clients that speak to a local AWS. */
export function testClients(options: ClientOptions) {
  const config = {
    endpoint: options.endpoint,
    region: options.region ?? 'eu-west-1',
    credentials: options.credentials ?? {
      accessKeyId: 'TESTKEY',
      secretAccessKey: 'test-secret',
    },
    maxAttempts: 1,
  };
  return {
    codepipeline: new CodePipelineClient(config),
    codebuild: new CodeBuildClient(config),
    codecommit: new CodeCommitClient(config),
    iam: new IAMClient(config),
    sts: new STSClient(config),
  };
}
