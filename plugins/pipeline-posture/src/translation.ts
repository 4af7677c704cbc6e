import { TranslationRef } from '@backstage/frontend-plugin-api';
import { textRef } from './translations/ref';

/**
 * All text of the plugin, in English and German. Give messages for it to say it in another language or in other words.
 *
 * Its type does not list the messages: they are no part of what other packages may build on.
 *
 * @public
 */
export const pipelinePostureTranslationRef: TranslationRef<
  'plugin.pipeline-posture',
  { readonly [key in string]: string }
> = textRef;
