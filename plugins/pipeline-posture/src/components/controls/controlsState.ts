import {
  Dimension,
  DIMENSIONS,
  SEVERITIES,
  Severity,
} from 'backstage-plugin-pipeline-posture-common';
import { manyOf, text, UrlSchema, whole } from '../../hooks/useUrlState';

/** What the catalogue of controls keeps in its address. */
export interface ControlsState {
  q: string;
  dimension: readonly Dimension[];
  severity: readonly Severity[];
}

/** How it keeps it there. */
export const CONTROLS_SCHEMA: UrlSchema<ControlsState> = {
  q: text(),
  dimension: manyOf(DIMENSIONS),
  severity: manyOf(SEVERITIES),
};

/** What the page of a control keeps in its address. */
export interface ControlState {
  status: ReadonlyArray<'fail' | 'unknown'>;
  page: number;
}

/** How it keeps it there. */
export const CONTROL_SCHEMA: UrlSchema<ControlState> = {
  status: manyOf(['fail', 'unknown'], ['fail']),
  page: whole(1, { from: 1, to: 1_000_000 }),
};
