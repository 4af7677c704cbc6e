import { createHash } from 'node:crypto';
import { Writable } from 'node:stream';
import {
  FindingView,
  PipelineQuery,
} from 'backstage-plugin-pipeline-posture-common';
import { CSV_COLUMNS, csvLine, csvLineOf } from './csv';
import { PageOfAll, PipelineQueries } from './PipelineQueries';
import { ZipWriter } from './zip';

/** Who asked for a package, when, and for what. */
export interface PackageOrder {
  query: PipelineQuery;
  /** The day of the content. */
  day: string;
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
  pages: AsyncGenerator<PageOfAll>,
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
  const { query, day, requestedBy, now } = order;
  const past = await queries.index.pastDay(query.asOf);
  const pipelineLines = [csvLine(CSV_COLUMNS)];
  const findingTexts = [csvLine(FINDING_COLUMNS)];
  let part = 0;
  let pipelines = 0;
  let findings = 0;
  for await (const { rows, summaries, view } of pages) {
    if (rows.length === 0) continue;
    const found = await queries.findingsOf(rows, view, past);
    pipelines += rows.length;
    findings += found.length;
    pipelineLines.push(
      ...summaries.map((summary, i) =>
        csvLineOf(summary, { row: rows[i], view, asOf: day }),
      ),
    );
    findingTexts.push(...found.map(findingLines));
    part += 1;
    await add(
      `evidence/part-${String(part).padStart(4, '0')}.json`,
      JSON.stringify({ pipelines: summaries, findings: found }, null, 1),
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
