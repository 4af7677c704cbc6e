import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { pipelinePostureTranslationRef } from '../translation';

/** The plugin's text in the viewer's language. */
export function useText() {
  return useTranslationRef(pipelinePostureTranslationRef).t;
}

/** The function that {@link useText} gives. */
export type Text = ReturnType<typeof useText>;
