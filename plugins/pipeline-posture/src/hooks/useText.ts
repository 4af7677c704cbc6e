import {
  TranslationFunction,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { textRef } from '../translations/ref';

/** The function that {@link useText} gives. */
export type Text = TranslationFunction<(typeof textRef)['T']>;

/** The plugin's text in the viewer's language. */
export function useText(): Text {
  return useTranslationRef(textRef).t;
}
