import express from 'express';
import { BlastRadiusQueries } from '../blast-radius/BlastRadiusQueries';
import { Callers } from './Callers';
import { identityQuery, pageQuery, parse } from './requests';

/** What the routes are made of. */
export interface BlastRadiusRoutesOptions {
  callers: Callers;
  blastRadius: BlastRadiusQueries;
}

/** Identities and what they endanger. */
export function addBlastRadiusRoutes(
  router: express.Router,
  { callers, blastRadius }: BlastRadiusRoutesOptions,
): void {
  router.get('/identities', async (req, res) => {
    const viewer = await callers.viewer(await callers.of(req));
    res.json(await blastRadius.list(parse(identityQuery, req.query), viewer));
  });

  router.get('/identities/:id', async (req, res) => {
    const viewer = await callers.viewer(await callers.of(req));
    const { page = 1, size = 25 } = parse(pageQuery, req.query);
    res.json(await blastRadius.of(req.params.id, { page, size }, viewer));
  });
}
