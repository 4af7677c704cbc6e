import {
  ArtifactStore,
  chainFact,
  Fact,
  known,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';
import { ScopeReadings } from '../collect/readings';
import { readBucketPolicy } from './bucketPolicy';
import { actionsOf, PipelineModel } from './pipelineModel';

const bucketUrl = (bucket: string) =>
  `https://s3.console.aws.amazon.com/s3/buckets/${encodeURIComponent(
    bucket,
  )}?tab=properties`;

/** The key that AWS keeps for Amazon S3 protects against nobody who may use the bucket. */
const hasOwnKey = (keyId: string | undefined) =>
  keyId !== undefined && !/(^|:|\/)alias\/aws\/s3$/.test(keyId);

/** Ways in which what is in a bucket can be replaced; what is found stands even if something else was not read. */
function weaknessesOf(
  bucket: string,
  further: string[],
  { buckets, knownAccounts, accountId }: ScopeReadings,
): Fact<string[]> {
  const settings = buckets.get(bucket);
  if (!settings) {
    return unknown({
      code: 'not-connected',
      message: `The bucket ${bucket} is in another region, which is not read together with this pipeline.`,
      actor: 'platform-team',
      action: `Check versioning and public access of the bucket ${bucket} by hand.`,
    });
  }
  const { versioned, publicBlocked, isPublic } = settings;
  const found = [...further];
  if (versioned.known && !versioned.value) {
    found.push(
      'it keeps no versions, so that a replaced artifact leaves no trace',
    );
  }
  if (isPublic.known && isPublic.value)
    found.push('its policy makes it public');
  if (publicBlocked.known && !publicBlocked.value) {
    found.push(
      'nothing keeps it from becoming public (no public access block)',
    );
  }
  const access = chainFact(settings.policy, text =>
    readBucketPolicy(text, {
      bucket,
      isKnownAccount: id => id === accountId || knownAccounts.has(id),
    }),
  );
  if (access.known && access.value.outsideWriters.length > 0) {
    found.push(
      `its policy lets others write to it: ${access.value.outsideWriters
        .slice(0, 3)
        .join(', ')}`,
    );
  }
  if (access.known && !access.value.onlyEncrypted) {
    found.push('its policy does not refuse connections without TLS');
  }
  const unread = [versioned, isPublic, publicBlocked, access].find(
    fact => !fact.known,
  );
  return unread && !unread.known && found.length === 0
    ? unread
    : known(found, {
        source: 's3:GetBucketVersioning',
        url: bucketUrl(bucket),
      });
}

/** Where a pipeline keeps its artifacts, and the buckets and image repositories that it takes its source from. */
export function artifactsOf(
  model: PipelineModel,
  readings: ScopeReadings,
): Fact<ArtifactStore[]> {
  const stores = model.definition.artifactStores.map(({ bucket, keyId }) => ({
    name: `artifact bucket ${bucket}`,
    replaceable: weaknessesOf(
      bucket,
      hasOwnKey(keyId)
        ? []
        : [
            'it has no key of its own, so that whoever may write to the bucket can replace an artifact',
          ],
      readings,
    ),
    url: bucketUrl(bucket),
  }));
  const sources = actionsOf(model).flatMap(({ action }): ArtifactStore[] => {
    if (action.category !== 'Source') return [];
    const { S3Bucket, RepositoryName, ImageTag } = action.configuration;
    if (action.provider === 'S3' && S3Bucket) {
      return [
        {
          name: `source bucket ${S3Bucket}`,
          replaceable: weaknessesOf(S3Bucket, [], readings),
          url: bucketUrl(S3Bucket),
        },
      ];
    }
    const immutable = readings.imageTags.get(RepositoryName ?? '');
    if (action.provider !== 'ECR' || !immutable) return [];
    return [
      {
        name: `source image ${RepositoryName}:${ImageTag ?? 'latest'}`,
        replaceable: immutable.known
          ? known(
              immutable.value ? [] : ['its tags can be moved to another image'],
              immutable.evidence,
            )
          : immutable,
      },
    ];
  });
  return known([...stores, ...sources], { source: 'codepipeline:GetPipeline' });
}
