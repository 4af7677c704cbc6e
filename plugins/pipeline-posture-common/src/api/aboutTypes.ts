import { ScoringPolicy } from '../scoring';
import { ExemptionLimits } from './exemptionTypes';

/**
 * Whom to ask, by the configuration.
 *
 * @public
 */
export interface Contact {
  /** For people: `Platform security`. */
  title: string;
  /** Entity ref of the group, if it is in the catalog. */
  entityRef?: string;
  url?: string;
}

/**
 * Who can see and decide what, as the operator wrote it down. Absent where nothing is written.
 *
 * @public
 */
export interface AccessStatement {
  posture?: string;
  evidence?: string;
  exemptions?: string;
  collector?: string;
}

/**
 * What the screens need to know of this installation.
 *
 * @public
 */
export interface AboutPosture {
  contact?: Contact;
  /** False where Backstage does not enforce permissions at all: everybody who is signed in sees everything. */
  permissionsEnforced: boolean;
  access: AccessStatement;
  policy: ScoringPolicy;
  exemptions: ExemptionLimits & {
    /** Requests that wait, of those that the caller may see; only for those who may approve. */
    waiting?: number;
  };
  /** Days for which `asOf` can be asked; absent before the first collection. */
  recorded?: { from: string; to: string };
  /** Whether a run, a source or a scope needs attention; says nothing of which. */
  collector: 'ok' | 'needs-attention' | 'scheduled';
  may: {
    seeEvidence: boolean;
    seeCollector: boolean;
    runCollector: boolean;
    export: boolean;
    requestExemption: boolean;
    approveExemption: boolean;
    revokeExemption: boolean;
  };
}
