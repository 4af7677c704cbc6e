import { benchFrontend } from './b11-frontend';

/** The row of the table that is about the screens, by name. */
export const frontendRows = { B11: benchFrontend };
