import {
  defineControl,
  judge,
  notApplicable,
} from 'backstage-plugin-pipeline-posture-node';

const EXPECTED =
  'What was built cannot be replaced before it is deployed without leaving a trace.';

/**
 * What was tested is what gets deployed.
 *
 * @public
 */
export const artifactsCannotBeSwapped = defineControl({
  id: 'artifacts-cannot-be-swapped',
  title: 'Artifacts cannot be swapped between build and deployment',
  dimension: 'tamper-resistance',
  severity: 'medium',
  lifecycle: 'active',
  answers: ['BP7-6', 'BP7-7'],
  why:
    'Between the build and the deployment the artifact lies somewhere. ' +
    'An attacker who can write there replaces it after all tests have passed, and the pipeline deploys it with its own identity. ' +
    'Versioned, closed and encrypted stores make that impossible or visible.',
  measure:
    'Looks at every place where the pipeline keeps what it builds or takes it from. ' +
    'Passes if its content cannot be replaced without a trace. Fails if it can: public, unversioned, open to other accounts, reachable without TLS, without a key of its own, or with tags that can move. ' +
    'Unknown if its settings cannot be read. ' +
    'Not applicable if the pipeline keeps its artifacts in no store of its own: Azure Pipelines lets nobody replace a published artifact.',
  actor: 'platform-team',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/pipelines/artifacts/pipeline-artifacts',
      steps: [
        'Pass what was built to later stages with publish and download, as an artifact of the run.',
        'Deploy container images by digest, not by tag.',
      ],
    },
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/codepipeline/latest/userguide/S3-artifact-encryption.html',
      steps: [
        'Switch on versioning and Block Public Access for the artifact bucket.',
        'Encrypt it with a customer managed key and rotate the key.',
        'Refuse requests without TLS in the bucket policy, and let no other account write.',
        'Make the tags of ECR repositories immutable.',
      ],
      cli: `aws s3api put-bucket-versioning --bucket <bucket> --versioning-configuration Status=Enabled
aws s3api put-public-access-block --bucket <bucket> --public-access-block-configuration \\
  BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true
aws ecr put-image-tag-mutability --repository-name <repository> --image-tag-mutability IMMUTABLE`,
      terraform: `resource "aws_s3_bucket_versioning" "artifacts" {
  bucket = aws_s3_bucket.artifacts.id
  versioning_configuration {
    status = "Enabled"
  }
}
resource "aws_s3_bucket_policy" "artifacts" {
  bucket = aws_s3_bucket.artifacts.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [aws_s3_bucket.artifacts.arn, "\${aws_s3_bucket.artifacts.arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}`,
      template: {
        language: 'cloudformation',
        code: `ArtifactBucketPolicy:
  Type: AWS::S3::BucketPolicy
  Properties:
    Bucket: !Ref ArtifactBucket
    PolicyDocument:
      Version: '2012-10-17'
      Statement:
        - Effect: Deny
          Principal: '*'
          Action: s3:*
          Resource: [!GetAtt ArtifactBucket.Arn, !Sub '\${ArtifactBucket.Arn}/*']
          Condition: { Bool: { aws:SecureTransport: 'false' } }`,
      },
    },
  },
  needs: ['artifacts'],
  evaluate({ artifacts }) {
    if (artifacts.length === 0) {
      return notApplicable(
        'This pipeline keeps its artifacts in no store of its own.',
      );
    }
    return artifacts.flatMap(({ name, replaceable, url }) =>
      judge(replaceable, `artifact store ${name}`, EXPECTED, ways => ({
        ok: ways.length === 0,
        observed:
          ways.length === 0
            ? `The content of ${name} cannot be replaced without a trace.`
            : `The content of ${name} can be replaced: ${ways.join(' ')}`,
        url,
      })),
    );
  },
});
