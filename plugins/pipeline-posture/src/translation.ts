import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { messages } from './translations/en';

/**
 * All text of the plugin. Give translations for it to say it in another language or in other words.
 *
 * @public
 */
export const pipelinePostureTranslationRef = createTranslationRef({
  id: 'plugin.pipeline-posture',
  messages,
});
