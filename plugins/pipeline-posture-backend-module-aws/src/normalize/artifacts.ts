import {
  ArtifactStore,
  Fact,
  known,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';
import { BucketSettings } from '../client/StorageReader';
import { ScopeReadings } from '../collect/readings';
import { actionsOf, PipelineModel } from './pipelineModel';

const bucketUrl = (bucket: string) =>
  `https://s3.console.aws.amazon.com/s3/buckets/${encodeURIComponent(
    bucket,
  )}?tab=properties`;

/** Ways in which what is in a bucket can be replaced; what is found stands even if something else was not read. */
function weaknessesOf(
  settings: BucketSettings | undefined,
  bucket: string,
  further: string[],
): Fact<string[]> {
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
  const unread = [versioned, isPublic, publicBlocked].find(fact => !fact.known);
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
      readings.buckets.get(bucket),
      bucket,
      keyId
        ? []
        : [
            'it has no key of its own, so that whoever may write to the bucket can replace an artifact',
          ],
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
          replaceable: weaknessesOf(
            readings.buckets.get(S3Bucket),
            S3Bucket,
            [],
          ),
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
