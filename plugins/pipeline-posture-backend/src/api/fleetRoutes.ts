import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  pipelinePostureReportExportPermission,
  PipelineQuery,
} from 'backstage-plugin-pipeline-posture-common';
import express from 'express';
import { need } from '../access/rights';
import { entitySubject, HistoryStore } from '../history/HistoryStore';
import { Callers } from './Callers';
import { CSV_COLUMNS, csvLine, csvLineOf } from './csv';
import { EntityPostureService } from './EntityPostureService';
import { FleetQueries } from './FleetQueries';
import { gateAnswer } from './Gate';
import { PipelineQueries, Viewer } from './PipelineQueries';
import {
  gateQuery,
  historyQuery,
  parse,
  parsePipelineId,
  pipelineQuery,
  rollUpQuery,
} from './requests';
import { toSarif } from './sarif';

const EXPORT_PAGE = 100;
const DAY_MS = 24 * 3600_000;

/** What the routes are made of. */
export interface FleetRoutesOptions {
  callers: Callers;
  fleet: FleetQueries;
  history: HistoryStore;
  postures: EntityPostureService;
  queries: PipelineQueries;
  now: () => Date;
}

/** Every summary that matches, page by page, so that no export has to fit into memory. */
async function* everySummary(
  queries: PipelineQueries,
  query: PipelineQuery,
  viewer: Viewer,
) {
  for (let page = 1; ; page++) {
    const { items } = await queries.list(
      { ...query, page, size: EXPORT_PAGE },
      viewer,
    );
    yield* items;
    if (items.length < EXPORT_PAGE) return;
  }
}

/** History, numbers over the fleet, exports, and the gate. */
export function addFleetRoutes(
  router: express.Router,
  options: FleetRoutesOptions,
): void {
  const { callers, fleet, history, postures, queries, now } = options;

  router.get('/entities/:kind/:namespace/:name/history', async (req, res) => {
    const credentials = await callers.of(req);
    const entity = await callers.access.entity(
      stringifyEntityRef(req.params),
      credentials,
    );
    const { days = 90 } = parse(historyQuery, req.query);
    const since = new Date(now().getTime() - days * DAY_MS);
    const pipelineIds = await postures.pipelineIdsOf(entity);
    res.json({
      trend: await history.trend(
        entitySubject(stringifyEntityRef(entity)),
        since,
      ),
      changes: await history.changes(pipelineIds, 50),
    });
  });

  router.get('/summary', async (req, res) => {
    const viewer = await callers.viewer(await callers.of(req));
    res.json(await fleet.summary(parse(pipelineQuery, req.query), viewer));
  });

  router.get('/rollups', async (req, res) => {
    const viewer = await callers.viewer(await callers.of(req));
    const { by } = parse(rollUpQuery, req.query);
    res.json({ items: await fleet.rollUps(by, viewer) });
  });

  router.get('/export/:format(csv|json)', async (req, res) => {
    const credentials = await callers.of(req);
    await need(
      callers.permissions,
      pipelinePostureReportExportPermission,
      credentials,
    );
    const query = parse(pipelineQuery, req.query);
    const viewer = await callers.viewer(credentials);
    const file = `pipeline-posture_${now().toISOString().slice(0, 10)}.${
      req.params.format
    }`;
    res.setHeader('Content-Disposition', `attachment; filename="${file}"`);
    const csv = req.params.format === 'csv';
    res.type(csv ? 'text/csv; charset=utf-8' : 'application/json');
    // Spreadsheets take a file without this mark for the encoding of their country.
    res.write(csv ? `\uFEFF${csvLine(CSV_COLUMNS)}` : '[');
    let first = true;
    for await (const pipeline of everySummary(queries, query, viewer)) {
      const line = csv
        ? csvLineOf(pipeline)
        : `${first ? '' : ','}\n${JSON.stringify(pipeline)}`;
      first = false;
      if (!res.write(line)) await new Promise(done => res.once('drain', done));
    }
    res.end(csv ? '' : '\n]\n');
  });

  router.get('/pipelines/:id/sarif', async (req, res) => {
    const credentials = await callers.of(req);
    parsePipelineId(req.params.id);
    const viewer = await callers.viewer(credentials);
    const abilities = await callers.abilities(credentials);
    res.type('application/sarif+json');
    res.send(
      JSON.stringify(
        toSarif(await postures.ofPipeline(req.params.id, viewer, abilities)),
      ),
    );
  });

  router.get('/gate', async (req, res) => {
    const credentials = await callers.of(req);
    const { pipeline } = parse(gateQuery, req.query);
    parsePipelineId(pipeline);
    const viewer = await callers.viewer(credentials);
    const detail = await postures.ofPipeline(pipeline, viewer, {
      seeEvidence: false,
      checkAgain: false,
    });
    res.json(gateAnswer(detail));
  });
}
