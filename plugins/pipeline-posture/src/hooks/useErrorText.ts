import { ResponseError } from '@backstage/errors';
import { ExemptionConflict } from 'backstage-plugin-pipeline-posture-common';
import { useCallback } from 'react';
import { useLocale } from './useLocale';
import { useText } from './useText';

/** What statuses of the server mean for who reads of them. */
const WORDS = {
  400: 'input',
  403: 'permission',
  404: 'missing',
  409: 'conflict',
} as const;

const isKnown = (status: number): status is keyof typeof WORDS =>
  status in WORDS;

/** Why what the viewer asked for conflicts with how things are; undefined for any other error. */
export const conflictOf = (error: unknown): ExemptionConflict | undefined =>
  error instanceof ResponseError && error.response.status === 409
    ? (error.body?.error?.code as ExemptionConflict | undefined)
    : undefined;

/** What the server said in its own words, which are English; undefined where it said nothing. */
const serverMessageOf = (error: ResponseError): string | undefined =>
  error.body?.error?.message;

/** Gives the words for a refusal: those of the server to who reads English, and in other languages what they mean. */
export function useErrorText() {
  const t = useText();
  const locale = useLocale();
  return useCallback(
    (error: Error): string => {
      if (!(error instanceof ResponseError)) return t('state.noAnswer.title');
      const said = locale.startsWith('en') && serverMessageOf(error);
      if (said) return said;
      const { status } = error.response;
      return t(`state.refused.${isKnown(status) ? WORDS[status] : 'other'}`);
    },
    [locale, t],
  );
}
