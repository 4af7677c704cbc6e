import { Actor } from './fact';

/**
 * What a control is about.
 *
 * @public
 */
export type Dimension =
  | 'least-privilege'
  | 'credential-type'
  | 'identity-separation'
  | 'branch-protection'
  | 'approval-gates'
  | 'tamper-resistance'
  | 'input-validation'
  | 'monitoring';

/**
 * All dimensions, in the order in which people see them.
 *
 * @public
 */
export const DIMENSIONS: readonly Dimension[] = [
  'least-privilege',
  'credential-type',
  'identity-separation',
  'branch-protection',
  'approval-gates',
  'tamper-resistance',
  'input-validation',
  'monitoring',
];

/**
 * How bad a failure is.
 *
 * @public
 */
export type Severity = 'critical' | 'high' | 'medium' | 'low';

/**
 * All severities, worst first.
 *
 * @public
 */
export const SEVERITIES: readonly Severity[] = [
  'critical',
  'high',
  'medium',
  'low',
];

/**
 * How to mend a failure on one platform.
 *
 * @public
 */
export interface Remediation {
  /** The vendor's own page. Always https. */
  docsUrl: string;
  /** Steps in the portal or console, one action each. */
  steps: string[];
  /** Command line. Placeholders in angle brackets. */
  cli?: string;
  terraform?: string;
  /** Bicep for Azure, CloudFormation for AWS. */
  template?: { language: 'bicep' | 'cloudformation'; code: string };
}

/**
 * What people need to know about a control.
 *
 * @public
 */
export interface ControlMetadata {
  /** A sentence's subject and verb in kebab case, for ever. */
  id: string;
  /** The rule as a sentence that is true when it passes. */
  title: string;
  dimension: Dimension;
  severity: Severity;
  /** `preview` controls are shown but not scored until `activeFrom`. */
  lifecycle: 'active' | 'preview';
  /** ISO date from which a preview control counts. */
  activeFrom?: string;
  /** Ids of the requirement's statements that it answers: `GOV-7`. */
  answers: string[];
  /** Two to four sentences: why it matters, with what an attacker does. */
  why: string;
  /** The exact rule in words: what passes, fails, is unknown, does not apply. */
  measure: string;
  /** Who usually has to act. */
  actor: Actor;
  /** By provider id. A control applies to the providers that are named here. */
  remediation: { [provider: string]: Remediation };
}
