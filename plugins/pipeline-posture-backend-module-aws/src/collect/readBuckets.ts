import { readEach } from '../client/readEach';
import { BucketSettings, StorageReader } from '../client/StorageReader';
import { PipelineDefinition } from './definition';
import { ScopeContext } from './ScopeContext';

/** Buckets of artifacts and sources of the region. */
function bucketsOf(
  definitions: readonly PipelineDefinition[],
  region: string,
): string[] {
  const names = definitions.flatMap(({ artifactStores, stages }) => [
    ...artifactStores
      .filter(store => store.region === region)
      .map(({ bucket }) => bucket),
    ...stages.flatMap(({ actions }) =>
      actions
        .filter(
          ({ provider, category }) =>
            provider === 'S3' && category === 'Source',
        )
        .flatMap(({ configuration }) => configuration.S3Bucket ?? []),
    ),
  ]);
  return [...new Set(names)].filter(name => !name.includes('#{')).sort();
}

const isKnown = (settings: BucketSettings) =>
  Object.values(settings).every(({ known }) => known);

/** Raised when the shape of what is kept changes, so that older values are read anew. */
const FORMAT = 2;

/** The settings of buckets. They have no marker of change: each is read once a day, or when its pipeline is checked. */
export async function readBuckets(
  definitions: readonly PipelineDefinition[],
  { connection, options }: ScopeContext,
): Promise<Map<string, BucketSettings>> {
  const { checkpoints, now, only } = options;
  const today = `${FORMAT}:${now.toISOString().slice(0, 10)}`;
  const storage = StorageReader.create(connection);
  const kept = await checkpoints.list<BucketSettings>('bucket/');
  const checked = bucketsOf(
    definitions.filter(({ name }) => name === only?.id),
    connection.region,
  );
  return readEach(bucketsOf(definitions, connection.region), async name => {
    const before = kept.get(`bucket/${name}`);
    if (before?.marker === today && !checked.includes(name))
      return before.value;
    const settings = await storage.bucket(name);
    if (isKnown(settings))
      await checkpoints.set(`bucket/${name}`, today, settings);
    return settings;
  });
}
