import { InOtherWords } from '../InOtherWords';
import { searchMessages as english } from '../en/search';

/** Results of Backstage's search. */
export const searchMessages: InOtherWords<typeof english> = {
  pipeline: 'Pipeline',
  control: 'Kontrolle',
  pipelines: 'Pipelines',
  controls: 'Kontrollen für Pipelines',
};
