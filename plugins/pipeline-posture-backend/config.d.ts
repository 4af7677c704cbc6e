import { HumanDuration } from '@backstage/types';

export interface Config {
  /** Pipeline Posture */
  pipelinePosture?: {
    /** When and how much is collected. */
    collector?: {
      /** How often each project or account is read. Default: every 6 hours. */
      collectEvery?: HumanDuration;
      /** How often sources are asked for new projects and accounts. Default: every hour. */
      discoverEvery?: HumanDuration;
      /** How often the catalog is read for annotations. Default: every 2 minutes. */
      linkEvery?: HumanDuration;
      /** Projects or accounts that one replica reads at the same time. Default: 4. */
      scopesAtOnce?: number;
      /** After which time without a sign of life another replica takes over. Default: 5 minutes. */
      lease?: HumanDuration;
    };
    results?: {
      /** How long a result that cannot be refreshed keeps its last value. Default: 7 days. */
      expireAfter?: HumanDuration;
      /** How long the ledger and daily numbers are kept. Default: 395 days. */
      keepHistory?: HumanDuration;
    };
    scoring?: {
      /** Weight of each dimension; only their ratios matter. */
      dimensionWeights?: {
        'least-privilege'?: number;
        'credential-type'?: number;
        'identity-separation'?: number;
        'approval-gates'?: number;
        'branch-protection'?: number;
        'tamper-resistance'?: number;
        'input-validation'?: number;
        monitoring?: number;
      };
      /** Severities that decide compliance. Default: critical and high. */
      complianceBar?: Array<'critical' | 'high' | 'medium' | 'low'>;
      /** Per cent that must be decided before a grade is given. Default: 70. */
      minimumCoverage?: number;
    };
    /** What owners are told through Backstage's notifications. Everything is on by default. */
    alerts?: {
      enabled?: boolean;
      /** A pipeline stops to comply. */
      stopsComplying?: boolean;
      /** A critical control fails that did not before. */
      newCritical?: boolean;
      /** An exemption ends in 14 and in 3 days. */
      exemptionEnds?: boolean;
    };
    /** How long findings may be tolerated. */
    exemptions?: {
      /** No exemption lasts longer, in days. Default: 365. */
      maxDays?: number;
      /** How long one lasts if nobody says otherwise, in days. Default: 30, 60, 90 and 180. */
      defaultDays?: {
        critical?: number;
        high?: number;
        medium?: number;
        low?: number;
      };
    };
    /** Whom people ask who may not see something, or need help. */
    contact?: {
      /** For people: Platform security. */
      title: string;
      /** The group in the catalog, as in group:default/platform-security. */
      entityRef?: string;
      /** An https address: a chat, a form, a page. */
      url?: string;
    };
    /** Who can see and decide what, in words, shown to everybody; the permission policy itself decides. */
    access?: {
      posture?: string;
      evidence?: string;
      exemptions?: string;
      collector?: string;
    };
    /** Controls that are switched off, each with the reason why. */
    controls?: Array<{ id: string; disabled: true; reason: string }>;
    /** What counts as production. */
    production?: {
      /** Names and ids that are production: environments, stages, accounts, subscriptions, regions. */
      names?: string[];
      /** Names and ids that are not. */
      nonProductionNames?: string[];
      /** Further parts of names that mean production, beside prod, production, prd, live. */
      tokens?: string[];
      /** Further parts of names that mean non-production. */
      nonProductionTokens?: string[];
    };
  };
}
