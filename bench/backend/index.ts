import { benchEvaluate } from './b6-evaluate';

/** The rows of the table that are about evaluation, store and API, by name. */
export const backendRows = { B6: benchEvaluate };
