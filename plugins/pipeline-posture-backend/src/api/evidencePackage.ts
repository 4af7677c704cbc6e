import { createHash } from 'node:crypto';
import { Writable } from 'node:stream';
import {
  FindingView,
  PipelineQuery,
  PipelineSummary,
} from 'backstage-plugin-pipeline-posture-common';
import { Viewer } from '../fleet/FleetView';
import { CSV_COLUMNS, csvLine, csvLineOf } from './csv';
import { PipelineQueries } from './PipelineQueries';
import { ZipWriter } from './zip';

/** Who asked for a package, when, and for what. */
export interface PackageOrder {
  query: PipelineQuery;
  viewer: Viewer;
  requestedBy: string;
  now: Date;
}

const FINDING_COLUMNS = [
  'pipelineId',
  'pipeline',
  'controlId',
  'severity',
  'dimension',
  'status',
  'since',
  'exempt',
  'subject',
  'observed',
  'expected',
  'evidenceSha256',
];

const findingLines = (finding: FindingView): string =>
  finding.instances
    .map(instance =>
      csvLine([
        finding.pipelineId,
        finding.pipelineName,
        finding.controlId,
        finding.severity,
        finding.dimension,
        instance.status,
        finding.since,
        finding.exempt,
        instance.subject,
        instance.observed,
        instance.expected,
        finding.evidenceSha256 ?? '',
      ]),
    )
    .join('');

/**
 * Writes what an auditor takes along: pipelines and findings as CSV, evidence as JSON in parts, and a manifest with the
 * SHA-256 of every file. A few pipelines are in memory at a time.
 */
export async function writeEvidencePackage(
  out: Writable,
  queries: PipelineQueries,
  pages: AsyncGenerator<PipelineSummary[]>,
  order: PackageOrder,
): Promise<void> {
  const zip = new ZipWriter(out);
  const files: Array<{ name: string; bytes: number; sha256: string }> = [];
  const add = async (name: string, text: string) => {
    const content = Buffer.from(text, 'utf8');
    const sha256 = createHash('sha256').update(content).digest('hex');
    files.push({ name, bytes: content.length, sha256 });
    await zip.add(name, content);
  };
  const { query, viewer, requestedBy, now } = order;
  const view = await queries.view(viewer, query.asOf);
  const day = await queries.index.pastDay(query.asOf);
  const pipelineLines = [csvLine(CSV_COLUMNS)];
  const findingTexts = [csvLine(FINDING_COLUMNS)];
  let part = 0;
  let pipelines = 0;
  let findings = 0;
  for await (const page of pages) {
    if (page.length === 0) continue;
    const rows = await queries.rows(
      page.map(pipeline => pipeline.id),
      day,
    );
    const found = await queries.findingsOf(rows, view, day);
    pipelines += page.length;
    findings += found.length;
    pipelineLines.push(...page.map(csvLineOf));
    findingTexts.push(...found.map(findingLines));
    part += 1;
    await add(
      `evidence/part-${String(part).padStart(4, '0')}.json`,
      JSON.stringify({ pipelines: page, findings: found }, null, 1),
    );
  }
  await add('pipelines.csv', pipelineLines.join(''));
  await add('findings.csv', findingTexts.join(''));
  const manifest = {
    product: 'Pipeline Posture',
    generatedAt: now.toISOString(),
    requestedBy,
    asOf: query.asOf ?? null,
    query,
    pipelines,
    findings,
    evidenceSha256:
      'SHA-256 of JSON.stringify of the list of evidence lists of the instances of a finding',
    files,
  };
  await zip.add(
    'manifest.json',
    Buffer.from(JSON.stringify(manifest, null, 2), 'utf8'),
  );
  await zip.end();
}
