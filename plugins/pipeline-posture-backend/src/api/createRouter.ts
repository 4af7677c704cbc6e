import { AuditorService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  pipelinePostureCollectorReadPermission,
  pipelinePostureCollectorRunPermission,
} from 'backstage-plugin-pipeline-posture-common';
import express from 'express';
import Router from 'express-promise-router';
import { need } from '../access/rights';
import { Collector } from '../collector/Collector';
import { FindingHistories } from '../history/FindingHistories';
import { EntityStore } from '../store/EntityStore';
import { Callers } from './Callers';
import { CollectorQueries } from './CollectorQueries';
import { EntityPostureService } from './EntityPostureService';
import { PipelineDetailService } from './PipelineDetailService';
import { addExemptionRoutes, ExemptionRoutesOptions } from './exemptionRoutes';
import { AboutRoutesOptions, addAboutRoutes } from './aboutRoutes';
import {
  addBlastRadiusRoutes,
  BlastRadiusRoutesOptions,
} from './blastRadiusRoutes';
import { addExportRoutes, ExportRoutesOptions } from './exportRoutes';
import { addFleetRoutes, FleetRoutesOptions } from './fleetRoutes';
import { PipelineQueries } from './PipelineQueries';
import { addProgressRoutes, ProgressRoutesOptions } from './progressRoutes';
import {
  findingQuery,
  labelQuery,
  momentQuery,
  parse,
  parsePipelineId,
  pipelineQuery,
  runQuery,
} from './requests';

import {
  addValidationRoutes,
  ValidationRoutesOptions,
} from './validationRoutes';

/** What the routes are made of. */
export interface RouterOptions
  extends AboutRoutesOptions,
    BlastRadiusRoutesOptions,
    ExemptionRoutesOptions,
    ExportRoutesOptions,
    FleetRoutesOptions,
    ProgressRoutesOptions,
    ValidationRoutesOptions {
  auditor: AuditorService;
  callers: Callers;
  collector: Collector;
  collectorQueries: CollectorQueries;
  entities: EntityStore;
  findingHistories: FindingHistories;
  postures: EntityPostureService;
  details: PipelineDetailService;
  queries: PipelineQueries;
}

/** The HTTP API. Parses, asks for rights, and leaves the rest to services. */
export async function createRouter(
  options: RouterOptions,
): Promise<express.Router> {
  const {
    auditor,
    callers,
    collector,
    collectorQueries,
    entities,
    findingHistories,
    postures,
    details,
    queries,
  } = options;
  const router = Router();
  router.use(express.json({ limit: '64kb' }));
  router.get('/entities/:kind/:namespace/:name', async (req, res) => {
    const credentials = await callers.of(req);
    const entity = await callers.access.entity(
      stringifyEntityRef(req.params),
      credentials,
    );
    const { asOf } = parse(momentQuery, req.query);
    res.json(
      await postures.ofEntity(
        entity,
        await callers.viewer(credentials),
        await callers.abilities(credentials),
        asOf,
      ),
    );
  });

  router.get('/pipelines', async (req, res) => {
    const credentials = await callers.of(req);
    const query = parse(pipelineQuery, req.query);
    res.json(await queries.list(query, await callers.viewer(credentials)));
  });

  router.get('/pipelines/:id', async (req, res) => {
    const credentials = await callers.of(req);
    parsePipelineId(req.params.id);
    const { asOf } = parse(momentQuery, req.query);
    res.json(
      await details.ofPipeline(
        req.params.id,
        await callers.viewer(credentials),
        await callers.abilities(credentials),
        asOf,
      ),
    );
  });

  router.get('/pipelines/:id/controls/:controlId/history', async (req, res) => {
    const credentials = await callers.of(req);
    parsePipelineId(req.params.id);
    const { asOf } = parse(momentQuery, req.query);
    const { day } = await details.mustSee(
      req.params.id,
      await callers.viewer(credentials),
      asOf,
    );
    res.json(
      await findingHistories.of(req.params.id, req.params.controlId, day),
    );
  });

  router.post('/pipelines/:id/check', async (req, res) => {
    const credentials = await callers.of(req);
    const ref = parsePipelineId(req.params.id);
    await need(
      callers.permissions,
      pipelinePostureCollectorRunPermission,
      credentials,
    );
    // Who may not see a pipeline must not learn from this route that it is there.
    await details.mustSee(req.params.id, await callers.viewer(credentials));
    const event = await auditor.createEvent({
      eventId: 'pipeline-check',
      severityLevel: 'low',
      request: req,
      meta: { pipeline: req.params.id },
    });
    try {
      const result = await collector.checkAgain(ref);
      await event.success({
        meta: { run: result.runId, status: result.status },
      });
      res.json(result);
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
  });

  router.get('/findings', async (req, res) => {
    const credentials = await callers.of(req);
    const query = parse(findingQuery, req.query);
    res.json(
      await queries.listFindings(query, await callers.viewer(credentials)),
    );
  });

  router.get('/controls', async (req, res) => {
    await callers.of(req);
    res.json({ items: postures.controls() });
  });

  router.get('/scopes', async (req, res) => {
    await need(
      callers.permissions,
      pipelinePostureCollectorReadPermission,
      await callers.of(req),
    );
    res.json(await collectorQueries.scopes());
  });

  router.post('/scopes/:id/run', async (req, res) => {
    const credentials = await callers.of(req);
    await need(
      callers.permissions,
      pipelinePostureCollectorRunPermission,
      credentials,
    );
    const event = await auditor.createEvent({
      eventId: 'scope-run',
      severityLevel: 'low',
      request: req,
      meta: { scope: req.params.id },
    });
    try {
      await collector.runSoon(req.params.id);
      await event.success();
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
    res.status(202).json({});
  });

  router.post('/scopes/:id/stop', async (req, res) => {
    const credentials = await callers.of(req);
    await need(
      callers.permissions,
      pipelinePostureCollectorRunPermission,
      credentials,
    );
    const event = await auditor.createEvent({
      eventId: 'scope-stop',
      severityLevel: 'low',
      request: req,
      meta: { scope: req.params.id },
    });
    try {
      await collector.stopRun(req.params.id);
      await event.success();
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
    res.status(202).json({});
  });

  router.get('/runs', async (req, res) => {
    await need(
      callers.permissions,
      pipelinePostureCollectorReadPermission,
      await callers.of(req),
    );
    const { page = 1, size = 25, scopeId } = parse(runQuery, req.query);
    res.json(await collectorQueries.runs({ scopeId, page, size }));
  });

  router.get('/labels', async (req, res) => {
    await callers.of(req, ['service']);
    const { since } = parse(labelQuery, req.query);
    res.json(await entities.labelsSince(since));
  });

  addAboutRoutes(router, options);
  addBlastRadiusRoutes(router, options);
  addExportRoutes(router, options);
  addFleetRoutes(router, options);
  addProgressRoutes(router, options);
  addExemptionRoutes(router, options);
  addValidationRoutes(router, options);
  return router;
}
