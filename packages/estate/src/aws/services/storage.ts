import { AwsError } from '../errors';
import { escapeXml } from '../protocols/awsQuery';
import { arn, Input, OperationContext, Service, text } from './operation';

const XMLNS = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';

function bucketOf(input: Input, { regional }: OperationContext) {
  const name = text(input, 'Bucket');
  const bucket = regional.buckets.find(item => item.name === name);
  if (bucket) return bucket;
  throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', {
    status: 404,
  });
}

const noPolicy = () =>
  new AwsError('NoSuchBucketPolicy', 'The bucket policy does not exist', {
    status: 404,
  });

/** Amazon S3: what it tells of the settings of a bucket. */
export const s3: Service = {
  GetBucketEncryption(input, context) {
    const { encryptionKey } = bucketOf(input, context);
    const algorithm = encryptionKey ? 'aws:kms' : 'AES256';
    const key = encryptionKey
      ? `<KMSMasterKeyID>${escapeXml(encryptionKey)}</KMSMasterKeyID>`
      : '';
    return `<ServerSideEncryptionConfiguration ${XMLNS}><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>${algorithm}</SSEAlgorithm>${key}</ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>`;
  },

  GetPublicAccessBlock(input, context) {
    const { publicAccessBlock } = bucketOf(input, context);
    if (publicAccessBlock === undefined) {
      throw new AwsError(
        'NoSuchPublicAccessBlockConfiguration',
        'The public access block configuration was not found',
        { status: 404 },
      );
    }
    const flags = [
      'BlockPublicAcls',
      'IgnorePublicAcls',
      'BlockPublicPolicy',
      'RestrictPublicBuckets',
    ].map(flag => `<${flag}>${publicAccessBlock}</${flag}>`);
    return `<PublicAccessBlockConfiguration ${XMLNS}>${flags.join(
      '',
    )}</PublicAccessBlockConfiguration>`;
  },

  GetBucketPolicy(input, context) {
    const { policy } = bucketOf(input, context);
    if (policy === undefined) throw noPolicy();
    return typeof policy === 'string' ? policy : JSON.stringify(policy);
  },

  GetBucketPolicyStatus(input, context) {
    const { policy, isPublic } = bucketOf(input, context);
    if (policy === undefined) throw noPolicy();
    return `<PolicyStatus ${XMLNS}><IsPublic>${isPublic}</IsPublic></PolicyStatus>`;
  },

  GetBucketVersioning(input, context) {
    const { versioning } = bucketOf(input, context);
    const status = versioning ? `<Status>${versioning}</Status>` : '';
    return `<VersioningConfiguration ${XMLNS}>${status}</VersioningConfiguration>`;
  },
};

function keyOf(input: Input, context: OperationContext) {
  const id = text(input, 'KeyId');
  const key = context.regional.keys.find(
    item =>
      item.id === id ||
      item.alias === id ||
      arn(context, 'kms', `key/${item.id}`) === id,
  );
  if (key) return key;
  throw new AwsError('NotFoundException', `Key '${id}' does not exist`);
}

/** AWS Key Management Service, API version 2014-11-01. */
export const kms: Service = {
  DescribeKey(input, context) {
    const key = keyOf(input, context);
    return {
      KeyMetadata: {
        KeyId: key.id,
        Arn: arn(context, 'kms', `key/${key.id}`),
        Enabled: key.enabled,
        KeyManager: key.manager,
        KeyState: key.enabled ? 'Enabled' : 'Disabled',
      },
    };
  },

  GetKeyRotationStatus(input, context) {
    return { KeyRotationEnabled: keyOf(input, context).rotation };
  },
};

/** Amazon Elastic Container Registry, API version 2015-09-21. */
export const ecr: Service = {
  DescribeRepositories(input, context) {
    const wanted = (input.repositoryNames ?? []) as string[];
    const { images } = context.regional;
    const missing = wanted.find(
      name => !images.some(({ repository }) => repository === name),
    );
    if (missing) {
      throw new AwsError(
        'RepositoryNotFoundException',
        `The repository with name '${missing}' does not exist`,
      );
    }
    return {
      repositories: images
        .filter(
          ({ repository }) =>
            wanted.length === 0 || wanted.includes(repository),
        )
        .map(({ repository, tagMutability }) => ({
          repositoryName: repository,
          repositoryArn: arn(context, 'ecr', `repository/${repository}`),
          imageTagMutability: tagMutability,
        })),
    };
  },
};
