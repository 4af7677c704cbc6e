import { Fact, known } from 'backstage-plugin-pipeline-posture-common';
import { CodePipelineReader } from '../client/CodePipelineReader';
import { readEach } from '../client/readEach';
import { ScopeContext } from './ScopeContext';

interface LastRun {
  /** ISO 8601. */
  readAt: string;
  lastRunAt: string | null;
}

/** At least so many pipelines are read in each run. */
const AT_LEAST = 25;
/** Of a large scope, this share. */
const SHARE = 0.02;
const DAY_MS = 24 * 60 * 60_000;
const MARKER = '1';

/**
 * When pipelines ran last. AWS tells it one pipeline at a time, so each run reads
 * a few: first those that were never read, then those that were read longest ago.
 */
export async function readLastRuns(
  names: readonly string[],
  { connection, options }: ScopeContext,
): Promise<Map<string, Fact<string | null>>> {
  const { checkpoints, now, only } = options;
  const kept = await checkpoints.list<LastRun>('last-run/');
  const before = (name: string) => kept.get(`last-run/${name}`)?.value;
  const budget = Math.max(AT_LEAST, Math.ceil(names.length * SHARE));
  const due = [...names]
    .filter(name => {
      const readAt = before(name)?.readAt;
      return !readAt || now.getTime() - Date.parse(readAt) >= DAY_MS;
    })
    .sort((a, b) =>
      (before(a)?.readAt ?? '').localeCompare(before(b)?.readAt ?? ''),
    )
    .slice(0, budget);
  const reader = CodePipelineReader.create(connection);
  const read = await readEach(only ? [only.id] : due, async name => {
    const lastRun = await reader.lastRun(name);
    if (lastRun.known) {
      const value: LastRun = {
        readAt: now.toISOString(),
        lastRunAt: lastRun.value,
      };
      await checkpoints.set(`last-run/${name}`, MARKER, value);
    }
    return lastRun;
  });
  return new Map(
    names.flatMap((name): Array<[string, Fact<string | null>]> => {
      const fresh = read.get(name);
      if (fresh) return [[name, fresh]];
      const older = before(name);
      return older
        ? [
            [
              name,
              known(older.lastRunAt, {
                source: 'codepipeline:ListPipelineExecutions',
              }),
            ],
          ]
        : [];
    }),
  );
}
