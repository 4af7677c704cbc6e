import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { messages } from './en';

/** All text of the plugin, with the type of each message. */
export const textRef = createTranslationRef({
  id: 'plugin.pipeline-posture',
  messages,
  translations: { de: () => import('./de') },
});
