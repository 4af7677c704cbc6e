import { createHash } from 'node:crypto';
import { Knex } from 'knex';
import { SEVERITIES } from 'backstage-plugin-pipeline-posture-common';
import { AssessedFinding } from '../evaluation/assessment';
import { fingerprintOf } from '../evaluation/fingerprintOf';
import { chunked } from './keys';
import { isLoud, shownStatus } from './pipelineRows';
import { archiveFindings, FindingRow } from './versions';

/** Whether a finding says something else, whatever ages its sentences count. */
const differs = (row: FindingRow, finding: AssessedFinding) =>
  row.status !== shownStatus(finding) ||
  row.severity !== finding.severity ||
  row.dimension !== finding.dimension ||
  fingerprintOf(JSON.parse(row.finding) as AssessedFinding) !==
    fingerprintOf(finding);

/**
 * Names the things that a control fails for: two findings of one control with the same name are mended by one change.
 * Only what has a page of its own in the source can be told from another thing with the same title.
 */
export const resourcesOf = (finding: AssessedFinding): string[] => [
  ...new Set(
    finding.instances
      .filter(({ status, url }) => status === 'fail' && url)
      .map(({ subject, url }) =>
        createHash('sha256')
          .update(JSON.stringify([subject, url]))
          .digest('hex')
          .slice(0, 24),
      ),
  ),
];

/** Writes the findings of a pipeline: only those that changed. Those that end are kept as they were. */
export async function saveFindings(
  tx: Knex,
  pipelineId: string,
  findings: readonly AssessedFinding[],
  today: string,
): Promise<void> {
  const rows: FindingRow[] = await tx('findings').where({
    pipeline_id: pipelineId,
  });
  const old = new Map(rows.map(row => [row.control_id, row]));
  const loud = findings.filter(isLoud);
  const ended = new Map(old);
  const past: FindingRow[] = [];
  const written: FindingRow[] = [];
  for (const finding of loud) {
    const row = old.get(finding.controlId);
    ended.delete(finding.controlId);
    const text = JSON.stringify(finding);
    const status = shownStatus(finding);
    if (row && row.finding === text && row.status === status) continue;
    const changed = !row || differs(row, finding);
    if (row && changed) past.push(row);
    written.push({
      pipeline_id: pipelineId,
      control_id: finding.controlId,
      status,
      severity: finding.severity,
      severity_rank: SEVERITIES.indexOf(finding.severity),
      dimension: finding.dimension,
      finding: text,
      since: finding.since,
      valid_from: changed || !row ? today : row.valid_from,
    });
  }
  await archiveFindings(tx, [...past, ...ended.values()], today);
  const gone = [...ended.keys()];
  if (gone.length > 0) {
    await tx('findings')
      .where({ pipeline_id: pipelineId })
      .whereIn('control_id', gone)
      .delete();
  }
  if (written.length > 0) {
    await tx('findings')
      .insert(written)
      .onConflict(['pipeline_id', 'control_id'])
      .merge();
  }
  const touched = [...gone, ...written.map(row => row.control_id)];
  if (touched.length > 0)
    await saveResources(tx, pipelineId, touched, loud, rows.length === 0);
}

async function saveResources(
  tx: Knex,
  pipelineId: string,
  touched: readonly string[],
  loud: readonly AssessedFinding[],
  first: boolean,
): Promise<void> {
  if (!first) {
    await tx('finding_resources')
      .where({ pipeline_id: pipelineId })
      .whereIn('control_id', touched)
      .delete();
  }
  const resources = loud
    .filter(finding => touched.includes(finding.controlId))
    .flatMap(finding =>
      resourcesOf(finding).map(resource => ({
        pipeline_id: pipelineId,
        control_id: finding.controlId,
        resource,
      })),
    );
  for (const chunk of chunked(resources))
    await tx('finding_resources').insert(chunk).onConflict().ignore();
}

/** Ends all findings of pipelines that are gone. */
export async function removeFindings(
  tx: Knex,
  pipelineIds: readonly string[],
  today: string,
): Promise<void> {
  for (const chunk of chunked(pipelineIds)) {
    await archiveFindings(
      tx,
      await tx('findings').whereIn('pipeline_id', chunk),
      today,
    );
    for (const table of ['findings', 'finding_resources'])
      await tx(table).whereIn('pipeline_id', chunk).delete();
  }
}
