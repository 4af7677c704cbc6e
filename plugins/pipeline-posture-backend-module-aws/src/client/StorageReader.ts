import { DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import {
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { Fact, known } from 'backstage-plugin-pipeline-posture-common';
import { AwsConnection } from './AwsConnection';
import { OperationName } from './plan';
import { required } from './refusal';

/** Settings of a bucket that decide whether what is in it can be trusted. */
export interface BucketSettings {
  versioned: Fact<boolean>;
  /** Whether AWS keeps it from ever becoming public. */
  publicBlocked: Fact<boolean>;
  isPublic: Fact<boolean>;
  /** JSON text of its policy; null if it has none. */
  policy: Fact<string | null>;
}

/** Errors with which S3 says that something is not set. */
const ABSENT = new Set([
  'NoSuchPublicAccessBlockConfiguration',
  'NoSuchBucketPolicy',
]);

/** Reads buckets and image repositories that pipelines take from or keep artifacts in. */
export class StorageReader {
  static create(connection: AwsConnection): StorageReader {
    return new StorageReader(connection);
  }

  private constructor(private readonly connection: AwsConnection) {}

  async bucket(Bucket: string): Promise<BucketSettings> {
    const s3 = this.connection.client(S3Client);
    const read = (
      operation: OperationName,
      ask: (options: { abortSignal: AbortSignal }) => Promise<boolean>,
    ) =>
      this.connection.call(operation, `bucket ${Bucket}`, async options => {
        try {
          return await ask(options);
        } catch (error) {
          if (error instanceof Error && ABSENT.has(error.name)) return false;
          throw error;
        }
      });
    const [versioned, publicBlocked, isPublic, policy] = await Promise.all([
      read('s3:GetBucketVersioning', async options => {
        const { Status } = await s3.send(
          new GetBucketVersioningCommand({ Bucket }),
          options,
        );
        return Status === 'Enabled';
      }),
      read('s3:GetPublicAccessBlock', async options => {
        const answer = await s3.send(
          new GetPublicAccessBlockCommand({ Bucket }),
          options,
        );
        const block = required(answer.PublicAccessBlockConfiguration);
        return Boolean(
          block.BlockPublicAcls &&
            block.BlockPublicPolicy &&
            block.IgnorePublicAcls &&
            block.RestrictPublicBuckets,
        );
      }),
      read('s3:GetBucketPolicyStatus', async options => {
        const { PolicyStatus } = await s3.send(
          new GetBucketPolicyStatusCommand({ Bucket }),
          options,
        );
        return required(PolicyStatus).IsPublic ?? false;
      }),
      this.#policy(Bucket),
    ]);
    return { versioned, publicBlocked, isPublic, policy };
  }

  async #policy(Bucket: string): Promise<Fact<string | null>> {
    return this.connection.call(
      's3:GetBucketPolicy',
      `bucket ${Bucket}`,
      async options => {
        try {
          const { Policy } = await this.connection
            .client(S3Client)
            .send(new GetBucketPolicyCommand({ Bucket }), options);
          return required(Policy);
        } catch (error) {
          if (error instanceof Error && ABSENT.has(error.name)) return null;
          throw error;
        }
      },
    );
  }

  /** Whether a tag of an image repository can never be moved. */
  async immutableTags(repository: string): Promise<Fact<boolean>> {
    const answer = await this.connection.call(
      'ecr:DescribeRepositories',
      `image repository ${repository}`,
      options =>
        this.connection
          .client(ECRClient)
          .send(
            new DescribeRepositoriesCommand({ repositoryNames: [repository] }),
            options,
          ),
    );
    if (!answer.known) return answer;
    const [found] = answer.value.repositories ?? [];
    return known(found?.imageTagMutability === 'IMMUTABLE', answer.evidence);
  }
}
