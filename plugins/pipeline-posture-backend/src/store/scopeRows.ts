import { Scope, SourceProblem } from 'backstage-plugin-pipeline-posture-node';

/** A scope as it stands in the database. */
export interface StoredScope extends Scope {
  key: string;
  nextRunAt: string;
  leaseUntil?: string;
  lastRunId?: string;
  lastGoodRunAt?: string;
  failures: number;
}

/** The same in the database. */
export interface ScopeRow {
  key: string;
  provider: string;
  scope_id: string;
  source_key: string;
  title: string;
  next_run_at: string;
  lease_owner: string | null;
  lease_until: string | null;
  last_run_id: string | null;
  last_good_run_at: string | null;
  failures: number;
  gone_at: string | null;
}

/** A source in the database. */
export interface SourceRow {
  provider: string;
  source_id: string;
  title: string;
  problems: string;
  discovered_at: string | null;
  good_at: string | null;
}

/** A configured source as discovery left it. */
export interface StoredSource {
  provider: string;
  sourceId: string;
  title: string;
  problems: SourceProblem[];
  /** When it was asked last, ISO 8601. */
  discoveredAt?: string;
  /** When it was asked last and answered. */
  goodAt?: string;
}

export const toScope = (row: ScopeRow): StoredScope => ({
  key: row.key,
  provider: row.provider,
  id: row.scope_id,
  sourceId: decodeURIComponent(row.source_key.split('~')[1]),
  title: row.title,
  nextRunAt: row.next_run_at,
  failures: row.failures,
  ...(row.lease_until && { leaseUntil: row.lease_until }),
  ...(row.last_run_id && { lastRunId: row.last_run_id }),
  ...(row.last_good_run_at && { lastGoodRunAt: row.last_good_run_at }),
});

export const toSource = (row: SourceRow): StoredSource => ({
  provider: row.provider,
  sourceId: row.source_id,
  title: row.title,
  problems: JSON.parse(row.problems),
  ...(row.discovered_at && { discoveredAt: row.discovered_at }),
  ...(row.good_at && { goodAt: row.good_at }),
});
