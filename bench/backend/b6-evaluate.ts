import { performance } from 'node:perf_hooks';
import {
  DEFAULT_SCORING_POLICY,
  PipelineSnapshot,
} from 'backstage-plugin-pipeline-posture-common';
import { neutralControls } from 'backstage-plugin-pipeline-posture-controls';
import { PostureAssessor } from '../../plugins/pipeline-posture-backend/src/evaluation/PostureAssessor';
import { BenchRow } from '../azure-devops/row';
import { fleet } from './snapshots';

const PIPELINES = 10_000;
const MIB = 2 ** 20;

/** B6: every control on every pipeline, from snapshots as they are stored. */
export function benchEvaluate(): BenchRow[] {
  const stored = [...fleet(PIPELINES)].map(snapshot =>
    JSON.stringify(snapshot),
  );
  const assessor = PostureAssessor.create({
    controls: neutralControls,
    disabledControls: new Map(),
    policy: DEFAULT_SCORING_POLICY,
    expireAfterMs: 7 * 24 * 3600_000,
  });
  const now = new Date('2026-11-21T08:00:00Z');
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  let peak = before;
  let graded = 0;
  const started = performance.now();
  for (const text of stored) {
    const { posture } = assessor.assess(
      JSON.parse(text) as PipelineSnapshot,
      undefined,
      now,
    );
    if (posture.grade !== 'not-graded') graded += 1;
  }
  const seconds = (performance.now() - started) / 1000;
  // Again for the memory: collecting garbage takes time of its own.
  for (const [i, text] of stored.entries()) {
    assessor.assess(JSON.parse(text) as PipelineSnapshot, undefined, now);
    if (i % 500 !== 0) continue;
    globalThis.gc?.();
    peak = Math.max(peak, process.memoryUsage().heapUsed);
  }
  const notes = `${PIPELINES} pipelines, ${neutralControls.length} controls, ${graded} graded`;
  return [
    {
      row: 'B6',
      what: 'Evaluate and score a fleet',
      figure: seconds,
      bar: 10,
      must: 'at most',
      unit: 's',
      notes,
    },
    {
      row: 'B6',
      what: 'Live memory on top of the stored snapshots, at the peak',
      figure: (peak - before) / MIB,
      bar: 300,
      must: 'at most',
      unit: 'MiB',
      notes,
    },
  ];
}
