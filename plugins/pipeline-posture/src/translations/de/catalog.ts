import { InOtherWords } from '../InOtherWords';
import { catalogMessages as english } from '../en/catalog';

/** What stands in the catalog's list. */
export const catalogMessages: InOtherWords<typeof english> = {
  compliance: 'Konformität der Pipelines',
  grade: 'Note der Pipelines',
};
