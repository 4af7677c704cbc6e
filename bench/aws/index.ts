import { benchB3 } from './b3-calls';
import { benchB4 } from './b4-policies';

/** The rows of the table that are about AWS, by name. */
export const awsRows = { B3: benchB3, B4: benchB4 };
