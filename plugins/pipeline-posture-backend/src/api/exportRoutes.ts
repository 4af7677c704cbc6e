import {
  AuditorService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import {
  pipelinePostureEvidenceReadPermission,
  pipelinePostureReportExportPermission,
} from 'backstage-plugin-pipeline-posture-common';
import express from 'express';
import { need } from '../access/rights';
import { Callers } from './Callers';
import { writeEvidencePackage } from './evidencePackage';
import { CSV_COLUMNS, csvLine, csvLineOf } from './csv';
import { PipelineQueries } from './PipelineQueries';
import { parse, pipelineQuery } from './requests';

/** What the routes are made of. */
export interface ExportRoutesOptions {
  auditor: AuditorService;
  callers: Callers;
  queries: PipelineQueries;
  now: () => Date;
}

/** Who asked, for the manifest. */
const nameOf = ({ principal }: BackstageCredentials) => {
  const { userEntityRef, subject } = principal as {
    userEntityRef?: string;
    subject?: string;
  };
  return userEntityRef ?? subject ?? 'unknown';
};

/** Lists as files, streamed: no export has to fit into memory. */
export function addExportRoutes(
  router: express.Router,
  { auditor, callers, queries, now }: ExportRoutesOptions,
): void {
  router.get('/export/:format(csv|json)', async (req, res) => {
    const credentials = await callers.of(req);
    await need(
      callers.permissions,
      pipelinePostureReportExportPermission,
      credentials,
    );
    const query = parse(pipelineQuery, req.query);
    const viewer = await callers.viewer(credentials);
    const day = query.asOf ?? now().toISOString().slice(0, 10);
    const pages = queries.every(query, viewer);
    // A wrong question is answered as one, before any part of a file is.
    const first = await pages.next();
    const file = `pipeline-posture_${day}.${req.params.format}`;
    res.setHeader('Content-Disposition', `attachment; filename="${file}"`);
    const csv = req.params.format === 'csv';
    res.type(csv ? 'text/csv; charset=utf-8' : 'application/json');
    // Spreadsheets take a file without this mark for the encoding of their country.
    res.write(csv ? `\uFEFF${csvLine(CSV_COLUMNS)}` : '[');
    let separator = '';
    for (let page = first; !page.done; page = await pages.next()) {
      const { rows, summaries, view } = page.value;
      for (const [i, pipeline] of summaries.entries()) {
        const line = csv
          ? csvLineOf(pipeline, { row: rows[i], view, asOf: day })
          : `${separator}\n${JSON.stringify(pipeline)}`;
        separator = ',';
        if (!res.write(line))
          await new Promise(done => res.once('drain', done));
      }
    }
    res.end(csv ? '' : '\n]\n');
  });

  router.get('/export/evidence', async (req, res) => {
    const credentials = await callers.of(req);
    for (const permission of [
      pipelinePostureReportExportPermission,
      pipelinePostureEvidenceReadPermission,
    ])
      await need(callers.permissions, permission, credentials);
    const query = parse(pipelineQuery, req.query);
    const viewer = await callers.viewer(credentials);
    // A wrong question is answered as one, before any part of a file is.
    await queries.view(viewer, query.asOf);
    const requestedBy = nameOf(credentials);
    const event = await auditor.createEvent({
      eventId: 'evidence-export',
      severityLevel: 'medium',
      request: req,
      meta: { query: JSON.stringify(query) },
    });
    const day = query.asOf ?? now().toISOString().slice(0, 10);
    res.setHeader(
      'Content-Disposition',
      `attachment; filename="pipeline-posture-evidence_${day}.zip"`,
    );
    res.type('application/zip');
    try {
      const order = { query, day, requestedBy, now: now() };
      const pages = queries.every(query, viewer);
      await writeEvidencePackage(res, queries, pages, order);
      await event.success();
    } catch (error) {
      await event.fail({ error: error as Error });
      // Half an archive must not look like a whole one.
      res.destroy(error as Error);
      return;
    }
    res.end();
  });
}
