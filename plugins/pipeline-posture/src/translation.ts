import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { messages } from './translations/en';

/**
 * All text of the plugin, in English and German. Give messages for it to say it in another language or in other words.
 *
 * @public
 */
export const pipelinePostureTranslationRef = createTranslationRef({
  id: 'plugin.pipeline-posture',
  messages,
  translations: { de: () => import('./translations/de') },
});
