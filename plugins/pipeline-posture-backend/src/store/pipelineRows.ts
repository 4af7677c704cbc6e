import { createHash } from 'node:crypto';
import {
  COMPLIANCES,
  GRADES,
  linkKeysOfPipeline,
  PipelineScore,
  PipelineSnapshot,
  ReachesProduction,
} from 'backstage-plugin-pipeline-posture-common';
import {
  AssessedFinding,
  Assessment,
  ResultRecord,
} from '../evaluation/assessment';
import { packOutcomes } from '../fleet/outcome';
import { Known } from '../history/classifyChange';
import { dayOf } from '../history/days';
import { fit } from './fit';
import { shownParts } from './versions';

/** A row of `pipelines`. */
export interface PipelineRow {
  id: string;
  scope_key: string;
  provider: string;
  name: string;
  search: string;
  kind: PipelineSnapshot['kind'];
  url: string;
  snapshot: string;
  snapshot_hash: string;
  keys: string;
  posture: string;
  results: string;
  rubric: string;
  reaches: ReachesProduction;
  score: number;
  potential: number;
  coverage: number;
  grade: number;
  compliance: number;
  failing: number;
  unknown: number;
  collected_at: string;
  run_id: string;
  stale_since: string | null;
  expired: boolean | number;
  /** What is tolerated of it has changed since it was judged. */
  rejudge: boolean | number;
  gone_at: string | null;
  /** Since which day it has been as it is, UTC. */
  valid_from: string;
  outcome: Buffer | null;
  changers: string | null;
}

/** A pipeline as it is kept. */
export interface StoredPipeline {
  id: string;
  scopeKey: string;
  snapshot: PipelineSnapshot;
  /** Changes whenever the snapshot does. */
  hash: string;
  posture: PipelineScore;
  results: ResultRecord[];
  rubric: string;
  /** When it was read last, ISO 8601; the snapshot says when it last changed. */
  collectedAt: string;
  staleSince?: string;
  expired: boolean;
}

/** A pipeline with what follows from it, ready to be kept. */
export interface AssessedPipeline {
  snapshot: PipelineSnapshot;
  assessment: Assessment;
}

/** A row as the product uses it. */
export const toStored = (row: PipelineRow): StoredPipeline => ({
  id: row.id,
  scopeKey: row.scope_key,
  snapshot: JSON.parse(row.snapshot),
  hash: row.snapshot_hash,
  posture: JSON.parse(row.posture),
  results: JSON.parse(row.results),
  rubric: row.rubric,
  collectedAt: row.collected_at,
  expired: Boolean(row.expired),
  ...(row.stale_since && { staleSince: row.stale_since }),
});

function hashOf({ collectedAt: _, ...rest }: PipelineSnapshot): string {
  return createHash('sha256')
    .update(JSON.stringify(rest))
    .digest('hex')
    .slice(0, 32);
}

/** The numbers and results of a row. */
export const knownOf = (row: PipelineRow): Known => ({
  results: JSON.parse(row.results),
  rubric: row.rubric,
  score: row.score,
  grade: row.grade,
  compliance: row.compliance,
});

/** What lists count it as; an exempt or not yet scored failure is none of the failures. */
export const shownStatus = (finding: AssessedFinding) => {
  if (finding.exempt) return 'exempt';
  return finding.preview ? 'preview' : finding.status;
};

/** What does not plainly pass. */
export const isLoud = (finding: AssessedFinding) =>
  finding.status === 'fail' || finding.status === 'unknown';

/** Results of all controls, packed for counting. */
export const outcomeOf = (
  { findings }: Assessment,
  numberOf: (controlId: string) => number,
): Buffer =>
  packOutcomes(
    findings.map(({ controlId, gainIfFixed, ...finding }) => ({
      ...finding,
      controlId,
      gain: gainIfFixed,
    })),
    numberOf,
  );

/** Who can change the pipeline; null where that is not known. */
export const changersOf = ({ editors }: PipelineSnapshot): string | null =>
  editors.known
    ? JSON.stringify([
        ...new Set(
          editors.value.map(
            ({ principal }) => `${principal.kind}:${principal.name}`,
          ),
        ),
      ])
    : null;

/** A pipeline as the database keeps it. */
export function rowOf(
  id: string,
  { snapshot, assessment }: AssessedPipeline,
  where: {
    scopeKey: string;
    runId: string;
    now: Date;
    numberOf: (controlId: string) => number;
  },
): PipelineRow {
  const { posture } = assessment;
  const name = fit(snapshot.name, 500);
  return {
    id,
    scope_key: where.scopeKey,
    provider: snapshot.ref.provider,
    name,
    search: `${name} ${snapshot.ref.scope}`.toLocaleLowerCase('en-US'),
    kind: snapshot.kind,
    url: snapshot.url,
    snapshot: JSON.stringify(snapshot),
    snapshot_hash: hashOf(snapshot),
    keys: JSON.stringify([
      ...new Set(linkKeysOfPipeline(snapshot).map(key => fit(key))),
    ]),
    posture: JSON.stringify(posture),
    results: JSON.stringify(assessment.results),
    rubric: assessment.rubric,
    reaches: assessment.reaches,
    score: posture.score,
    potential: posture.potential,
    coverage: posture.coverage,
    grade: GRADES.indexOf(posture.grade),
    compliance: COMPLIANCES.indexOf(posture.compliance),
    failing: posture.counts.fail,
    unknown: posture.counts.unknown,
    collected_at: snapshot.collectedAt,
    run_id: where.runId,
    stale_since: null,
    expired: false,
    rejudge: false,
    gone_at: null,
    valid_from: dayOf(where.now),
    outcome: outcomeOf(assessment, where.numberOf),
    changers: changersOf(snapshot),
  };
}

/** Whether people would see a difference between two rows of one pipeline. */
export function isShownDifferently(old: PipelineRow, row: PipelineRow) {
  const parts = (one: PipelineRow) =>
    JSON.stringify(shownParts(JSON.parse(one.snapshot), one.id));
  return (
    old.posture !== row.posture ||
    old.results !== row.results ||
    old.name !== row.name ||
    old.url !== row.url ||
    old.scope_key !== row.scope_key ||
    old.reaches !== row.reaches ||
    old.stale_since !== row.stale_since ||
    (old.snapshot_hash !== row.snapshot_hash && parts(old) !== parts(row))
  );
}
