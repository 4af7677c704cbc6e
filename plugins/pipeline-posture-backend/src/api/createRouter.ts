import {
  AuditorService,
  BackstageCredentials,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  pipelinePostureCollectorReadPermission,
  pipelinePostureCollectorRunPermission,
  pipelinePostureEvidenceReadPermission,
} from 'backstage-plugin-pipeline-posture-common';
import express from 'express';
import Router from 'express-promise-router';
import { EntityAccess } from '../access/EntityAccess';
import { has, need } from '../access/rights';
import { Collector } from '../collector/Collector';
import { EntityStore } from '../store/EntityStore';
import { CollectorQueries } from './CollectorQueries';
import { EntityPostureService } from './EntityPostureService';
import { PipelineQueries, Viewer } from './PipelineQueries';
import {
  findingQuery,
  labelQuery,
  parse,
  parsePipelineId,
  pipelineQuery,
  runQuery,
} from './requests';

/** What the routes are made of. */
export interface RouterOptions {
  access: EntityAccess;
  auditor: AuditorService;
  collector: Collector;
  collectorQueries: CollectorQueries;
  entities: EntityStore;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  postures: EntityPostureService;
  queries: PipelineQueries;
}

/** The HTTP API. Parses, asks for rights, and leaves the rest to services. */
export async function createRouter(
  options: RouterOptions,
): Promise<express.Router> {
  const {
    access,
    auditor,
    collector,
    collectorQueries,
    entities,
    httpAuth,
    permissions,
    postures,
    queries,
  } = options;
  const router = Router();

  const caller = (req: express.Request) =>
    httpAuth.credentials(req, { allow: ['user', 'service'] });
  const abilities = async (credentials: BackstageCredentials) => ({
    seeEvidence: await has(
      permissions,
      pipelinePostureEvidenceReadPermission,
      credentials,
    ),
    checkAgain: await has(
      permissions,
      pipelinePostureCollectorRunPermission,
      credentials,
    ),
  });
  const viewerOf = async (
    credentials: BackstageCredentials,
  ): Promise<Viewer> => ({
    visible: await access.visible(credentials),
    unlinked: await has(
      permissions,
      pipelinePostureCollectorReadPermission,
      credentials,
    ),
    evidence: await has(
      permissions,
      pipelinePostureEvidenceReadPermission,
      credentials,
    ),
  });

  router.get('/entities/:kind/:namespace/:name', async (req, res) => {
    const credentials = await caller(req);
    const entity = await access.entity(
      stringifyEntityRef(req.params),
      credentials,
    );
    const visible = await access.visible(credentials);
    res.json(
      await postures.ofEntity(
        entity,
        { visible },
        await abilities(credentials),
      ),
    );
  });

  router.get('/pipelines', async (req, res) => {
    const credentials = await caller(req);
    const query = parse(pipelineQuery, req.query);
    res.json(await queries.list(query, await viewerOf(credentials)));
  });

  router.get('/pipelines/:id', async (req, res) => {
    const credentials = await caller(req);
    parsePipelineId(req.params.id);
    res.json(
      await postures.ofPipeline(
        req.params.id,
        await viewerOf(credentials),
        await abilities(credentials),
      ),
    );
  });

  router.post('/pipelines/:id/check', async (req, res) => {
    const credentials = await caller(req);
    const ref = parsePipelineId(req.params.id);
    await need(permissions, pipelinePostureCollectorRunPermission, credentials);
    // Who may not see a pipeline must not learn from this route that it is there.
    await postures.ofPipeline(
      req.params.id,
      await viewerOf(credentials),
      await abilities(credentials),
    );
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
    const credentials = await caller(req);
    const query = parse(findingQuery, req.query);
    res.json(await queries.listFindings(query, await viewerOf(credentials)));
  });

  router.get('/controls', async (req, res) => {
    await caller(req);
    res.json({ items: postures.controls() });
  });

  router.get('/scopes', async (req, res) => {
    await need(
      permissions,
      pipelinePostureCollectorReadPermission,
      await caller(req),
    );
    res.json(await collectorQueries.scopes());
  });

  router.get('/runs', async (req, res) => {
    await need(
      permissions,
      pipelinePostureCollectorReadPermission,
      await caller(req),
    );
    const { page = 1, size = 25, scopeId } = parse(runQuery, req.query);
    res.json(await collectorQueries.runs({ scopeId, page, size }));
  });

  router.get('/labels', async (req, res) => {
    await httpAuth.credentials(req, { allow: ['service'] });
    const { since } = parse(labelQuery, req.query);
    res.json(await entities.labelsSince(since));
  });

  return router;
}
