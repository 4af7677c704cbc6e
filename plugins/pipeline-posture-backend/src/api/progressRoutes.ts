import express from 'express';
import { z } from 'zod';
import { DAYS_KEPT } from '../history/PipelineDays';
import { Callers } from './Callers';
import { ProgressQueries } from './ProgressQueries';
import { filterQuery, parse } from './requests';

const trendQuery = filterQuery.extend({
  days: z.coerce.number().int().min(1).max(DAYS_KEPT).optional(),
});
const progressQuery = filterQuery.omit({ asOf: true });

/** What the routes are made of. */
export interface ProgressRoutesOptions {
  callers: Callers;
  progress: ProgressQueries;
}

/** How the pipelines of a list came to where they are. The screen asks for it after the numbers of today. */
export function addProgressRoutes(
  router: express.Router,
  { callers, progress }: ProgressRoutesOptions,
): void {
  router.get('/trends/pipelines', async (req, res) => {
    const viewer = await callers.viewer(await callers.of(req));
    const { days = DAYS_KEPT, ...filter } = parse(trendQuery, req.query);
    res.json(await progress.trend({ ...filter, days }, viewer));
  });

  router.get('/progress', async (req, res) => {
    const viewer = await callers.viewer(await callers.of(req));
    res.json(await progress.progress(parse(progressQuery, req.query), viewer));
  });
}
