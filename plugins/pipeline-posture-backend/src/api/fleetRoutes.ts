import { stringifyEntityRef } from '@backstage/catalog-model';
import express from 'express';
import { Knex } from 'knex';
import { FleetIndex } from '../fleet/FleetIndex';
import { GroupHistory } from '../history/GroupHistory';
import { HistoryStore } from '../history/HistoryStore';
import { AboutRoutesOptions } from './aboutRoutes';
import { Callers } from './Callers';
import { entityHistory } from './entityHistory';
import { EntityPostureService } from './EntityPostureService';
import { PipelineDetailService } from './PipelineDetailService';
import { FleetQueries } from './FleetQueries';
import { gateAnswer } from './Gate';
import {
  entityQuery,
  filterQuery,
  gateQuery,
  historyQuery,
  parse,
  parsePipelineId,
  rollUpQuery,
  trendQuery,
} from './requests';
import { toSarif } from './sarif';

/** What the routes are made of. */
export interface FleetRoutesOptions {
  callers: Callers;
  config: AboutRoutesOptions['config'];
  fleet: FleetQueries;
  groups: GroupHistory;
  history: HistoryStore;
  index: FleetIndex;
  knex: Knex;
  postures: EntityPostureService;
  details: PipelineDetailService;
  now: () => Date;
}

/** History, numbers over the fleet, and the gate. */
export function addFleetRoutes(
  router: express.Router,
  options: FleetRoutesOptions,
): void {
  const { callers, details, fleet, groups } = options;

  router.get('/entities/:kind/:namespace/:name/history', async (req, res) => {
    const credentials = await callers.of(req);
    const entity = await callers.access.entity(
      stringifyEntityRef(req.params),
      credentials,
    );
    const { days = 90, asOf } = parse(historyQuery, req.query);
    res.json(await entityHistory(entity, { days, asOf }, options));
  });

  router.get('/entities', async (req, res) => {
    const viewer = await callers.viewer(await callers.of(req));
    res.json(await fleet.entities(parse(entityQuery, req.query), viewer));
  });

  router.get('/summary', async (req, res) => {
    const viewer = await callers.viewer(await callers.of(req));
    res.json(await fleet.summary(parse(filterQuery, req.query), viewer));
  });

  router.get('/facets', async (req, res) => {
    const viewer = await callers.viewer(await callers.of(req));
    res.json(await fleet.facets(parse(filterQuery, req.query), viewer));
  });

  router.get('/rollups', async (req, res) => {
    const viewer = await callers.viewer(await callers.of(req));
    const { by, ...filter } = parse(rollUpQuery, req.query);
    res.json(await fleet.rollUps(by, filter, viewer));
  });

  router.get('/heatmap', async (req, res) => {
    const viewer = await callers.viewer(await callers.of(req));
    const { by, ...filter } = parse(rollUpQuery, req.query);
    res.json(await fleet.heatMap(by, filter, viewer));
  });

  router.get('/trends', async (req, res) => {
    const viewer = await callers.viewer(await callers.of(req));
    const { days = 90, ...query } = parse(trendQuery, req.query);
    res.json(await groups.trend({ ...query, days }, viewer));
  });

  router.get('/pipelines/:id/sarif', async (req, res) => {
    const credentials = await callers.of(req);
    parsePipelineId(req.params.id);
    const viewer = await callers.viewer(credentials);
    const abilities = await callers.abilities(credentials);
    res.type('application/sarif+json');
    res.send(
      JSON.stringify(
        toSarif(await details.ofPipeline(req.params.id, viewer, abilities)),
      ),
    );
  });

  router.get('/gate', async (req, res) => {
    const credentials = await callers.of(req);
    const { pipeline } = parse(gateQuery, req.query);
    parsePipelineId(pipeline);
    const viewer = await callers.viewer(credentials);
    const detail = await details.ofPipeline(
      pipeline,
      { ...viewer, evidence: false },
      { seeEvidence: false, checkAgain: false },
    );
    res.json(gateAnswer(detail, options.config.scoring.complianceBar));
  });
}
