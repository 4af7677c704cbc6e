import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds, HumanDuration } from '@backstage/types';
import {
  AccessStatement,
  Contact,
  DEFAULT_SCORING_POLICY,
  DIMENSIONS,
  ExemptionLimits,
  ScoringPolicy,
  SEVERITIES,
} from 'backstage-plugin-pipeline-posture-common';
import { strictObject } from 'backstage-plugin-pipeline-posture-node';
import { z } from 'zod';
import { exemptionConfig, limitsOf } from './exemptionConfig';

const duration = strictObject(
  {
    days: z.number().nonnegative().optional(),
    hours: z.number().nonnegative().optional(),
    minutes: z.number().nonnegative().optional(),
    seconds: z.number().nonnegative().optional(),
  },
  { wrongType: 'must be a duration, as in { hours: 6 }' },
).refine(
  value => durationToMilliseconds(value as HumanDuration) >= 1000,
  'must be at least one second, as in { hours: 6 }',
);

const weights = strictObject(
  Object.fromEntries(
    DIMENSIONS.map(dimension => [
      dimension,
      z.number().nonnegative().optional(),
    ]),
  ) as Record<(typeof DIMENSIONS)[number], z.ZodOptional<z.ZodNumber>>,
);

/** Keys below `pipelinePosture` that other packages read and check. */
const KEYS_OF_OTHERS = [
  'azureDevOps',
  'aws',
  'production',
  'catalogLabels',
  'ingress',
];

const schema = strictObject(
  {
    collector: strictObject({
      collectEvery: duration.optional(),
      discoverEvery: duration.optional(),
      linkEvery: duration.optional(),
      scopesAtOnce: z.number().int().min(1).max(50).optional(),
      lease: duration.optional(),
    }).optional(),
    results: strictObject({
      expireAfter: duration.optional(),
      keepHistory: duration.optional(),
    }).optional(),
    scoring: strictObject({
      dimensionWeights: weights.optional(),
      complianceBar: z
        .array(z.enum(['critical', 'high', 'medium', 'low']))
        .min(1)
        .optional(),
      minimumCoverage: z.number().min(0).max(100).optional(),
    }).optional(),
    alerts: strictObject({
      enabled: z.boolean().optional(),
      stopsComplying: z.boolean().optional(),
      newCritical: z.boolean().optional(),
      exemptionEnds: z.boolean().optional(),
    }).optional(),
    contact: strictObject({
      title: z.string().min(1),
      entityRef: z
        .string()
        .regex(
          /^[a-z]+:[^/:\s]+\/[^/:\s]+$/i,
          'write it as group:default/platform-security',
        )
        .optional(),
      url: z.string().url().startsWith('https://').optional(),
    }).optional(),
    access: strictObject({
      posture: z.string().min(1).optional(),
      evidence: z.string().min(1).optional(),
      exemptions: z.string().min(1).optional(),
      collector: z.string().min(1).optional(),
    }).optional(),
    exemptions: exemptionConfig,
    controls: z
      .array(
        strictObject({
          id: z.string(),
          disabled: z.literal(true),
          reason: z
            .string()
            .min(
              10,
              'say in at least 10 characters why the control is switched off',
            ),
        }),
      )
      .optional(),
  },
  { alsoKnown: KEYS_OF_OTHERS },
);

/** Which alerts are sent. */
export interface AlertConfig {
  enabled: boolean;
  stopsComplying: boolean;
  newCritical: boolean;
  exemptionEnds: boolean;
}

/** What the operator chose, with defaults filled in. Durations in milliseconds. */
export interface PostureConfig {
  collectEveryMs: number;
  discoverEveryMs: number;
  linkEveryMs: number;
  /** Scopes that one replica works on at the same time. */
  scopesAtOnce: number;
  leaseMs: number;
  expireAfterMs: number;
  /** How long the ledger and daily numbers are kept. */
  keepHistoryMs: number;
  scoring: ScoringPolicy;
  exemptions: ExemptionLimits;
  alerts: AlertConfig;
  /** Whom to ask, for those who may not see. */
  contact?: Contact;
  /** Who can see and decide what, in the operator's words. */
  access: AccessStatement;
  /** Whether Backstage asks for permissions at all. */
  permissionsEnforced: boolean;
  /** Reason by id of the switched-off control. */
  disabledControls: ReadonlyMap<string, string>;
}

const ms = (value: HumanDuration | undefined, fallback: HumanDuration) =>
  durationToMilliseconds(value ?? fallback);

/**
 * Reads and checks `pipelinePosture`.
 *
 * @param knownControls - ids that `controls` may name
 * @throws InputError with the path of the key and what it takes
 */
export function readConfig(
  config: Config,
  knownControls: ReadonlySet<string>,
): PostureConfig {
  const root = config.getOptionalConfig('pipelinePosture');
  const raw = root?.get<Record<string, unknown>>() ?? {};
  const own = Object.fromEntries(
    Object.entries(raw).filter(([key]) => !KEYS_OF_OTHERS.includes(key)),
  );
  const parsed = schema.safeParse(own);
  if (!parsed.success) {
    const complaints = parsed.error.issues.map(
      issue =>
        `pipelinePosture${issue.path
          .map(part =>
            typeof part === 'number' ? `[${part}]` : `.${String(part)}`,
          )
          .join('')}: ${issue.message}`,
    );
    throw new InputError(`Wrong configuration. ${complaints.join('; ')}`);
  }
  const {
    collector = {},
    results = {},
    scoring = {},
    controls = [],
  } = parsed.data;
  controls.forEach(({ id }, index) => {
    if (!knownControls.has(id)) {
      throw new InputError(
        `Wrong configuration. pipelinePosture.controls[${index}].id: there is no control '${id}'`,
      );
    }
  });
  const dimensionWeights = {
    ...DEFAULT_SCORING_POLICY.dimensionWeights,
    ...scoring.dimensionWeights,
  };
  if (Object.values(dimensionWeights).every(weight => weight === 0)) {
    throw new InputError(
      'Wrong configuration. pipelinePosture.scoring.dimensionWeights: at least one weight must be above 0',
    );
  }
  return {
    collectEveryMs: ms(collector.collectEvery, { hours: 6 }),
    discoverEveryMs: ms(collector.discoverEvery, { hours: 1 }),
    linkEveryMs: ms(collector.linkEvery, { minutes: 2 }),
    scopesAtOnce: collector.scopesAtOnce ?? 4,
    leaseMs: ms(collector.lease, { minutes: 5 }),
    expireAfterMs: ms(results.expireAfter, { days: 7 }),
    keepHistoryMs: ms(results.keepHistory, { days: 395 }),
    scoring: {
      dimensionWeights,
      complianceBar: scoring.complianceBar ?? SEVERITIES.slice(0, 2),
      minimumCoverage:
        scoring.minimumCoverage ?? DEFAULT_SCORING_POLICY.minimumCoverage,
    },
    exemptions: limitsOf(parsed.data.exemptions),
    alerts: {
      enabled: true,
      stopsComplying: true,
      newCritical: true,
      exemptionEnds: true,
      ...parsed.data.alerts,
    },
    ...(parsed.data.contact && { contact: parsed.data.contact }),
    access: parsed.data.access ?? {},
    permissionsEnforced:
      config.getOptionalBoolean('permission.enabled') ?? false,
    disabledControls: new Map(controls.map(({ id, reason }) => [id, reason])),
  };
}
