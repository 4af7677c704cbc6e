import { useCallback } from 'react';
import { day, text, UrlSchema, useUrlState } from './useUrlState';

const SCHEMA: UrlSchema<{ asOf: string; page: string }> = {
  asOf: day(),
  page: text(),
};

/** The day that the screens show, where it is not today. It is in the address, so that every screen shares it. */
export interface AsOf {
  /** `2026-06-30`; undefined for today. */
  asOf?: string;
  /** Shows another day, from the first page of its lists; undefined for today. */
  setAsOf(asOf: string | undefined): void;
  /** Puts the day into the address of another screen. */
  keep(address: string): string;
}

/** Reads and sets the day that the screens show. */
export function useAsOf(): AsOf {
  const { state, update } = useUrlState(SCHEMA);
  const asOf = state.asOf || undefined;
  return {
    asOf,
    setAsOf: useCallback(
      chosen => update({ asOf: chosen ?? '', page: '' }),
      [update],
    ),
    keep: useCallback(
      (address: string) => {
        if (!asOf) return address;
        return `${address}${address.includes('?') ? '&' : '?'}asOf=${asOf}`;
      },
      [asOf],
    ),
  };
}
