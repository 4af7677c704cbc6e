import {
  TranslationFunction,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { pipelinePostureTranslationRef } from '../translation';

/** The function that {@link useText} gives. */
export type Text = TranslationFunction<
  (typeof pipelinePostureTranslationRef)['T']
>;

/** The plugin's text in the viewer's language. */
export function useText(): Text {
  return useTranslationRef(pipelinePostureTranslationRef).t;
}
