import { benchEvaluate } from './b6-evaluate';
import { benchApi } from './b7-api';
import { benchBytes } from './b8-bytes';
import { benchCollect } from './b9-collect';
import { benchLabels } from './b12-labels';

/** The rows of the table that are about evaluation, store and API, by name. */
export const backendRows = {
  B6: benchEvaluate,
  B7: benchApi,
  B8: benchBytes,
  B9: benchCollect,
  B12: benchLabels,
};
