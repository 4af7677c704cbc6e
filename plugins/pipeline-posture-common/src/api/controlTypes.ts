import { ControlMetadata } from '../model';

/**
 * Where a public framework asks the same as a control.
 *
 * @public
 */
export interface FrameworkMapping {
  /** `owasp-cicd`. */
  framework: string;
  title: string;
  url: string;
  /** Ids in that framework: `CICD-SEC-1`. */
  entries: string[];
}

/**
 * What a reader must be allowed at a source, so that a control can be decided there.
 *
 * @public
 */
export interface ControlPermission {
  /** Id of the provider. */
  provider: string;
  /** By the source's own name: `iam:GetAccountAuthorizationDetails`. */
  permission: string;
  /** What becomes unknown without it. */
  without: string;
}

/**
 * A day on which the rule, severity or dimension of a control changed, or on which it came or went.
 *
 * @public
 */
export interface ControlChange {
  /** `2026-11-21`, UTC. */
  day: string;
  what: 'added' | 'changed' | 'removed';
}

/**
 * A control with how the pipelines that the caller may see do.
 *
 * @public
 */
export interface ControlDetail {
  control: ControlMetadata;
  frameworks: FrameworkMapping[];
  /** Of the sources that are configured, beside what it takes to find pipelines at all. */
  permissions: ControlPermission[];
  /** Numbers of pipelines by result. `preview` counts those of a control that is not scored yet. */
  counts: {
    /** Pipelines that the control was evaluated for. */
    pipelines: number;
    pass: number;
    fail: number;
    unknown: number;
    notApplicable: number;
    exempt: number;
  };
  /** For a control in preview: it would fail in `fail` of `of`, and would be unknown in `unknown`. */
  preview?: { fail: number; unknown: number; of: number };
  /** Exemptions, waiting or decided, that say that the result is wrong. */
  wrongResults: number;
  /** Of the last thirteen months, oldest first. */
  changes: ControlChange[];
  asOf?: string;
}
