import { ExemptionLimits } from 'backstage-plugin-pipeline-posture-common';
import { strictObject } from 'backstage-plugin-pipeline-posture-node';
import { z } from 'zod';

/** Characters that a reason must have. */
export const REASON_MINIMUM = 20;

const days = z.number().int().min(1).max(3650).optional();

/** How `exemptions` may be written. */
export const exemptionConfig = strictObject({
  maxDays: days,
  defaultDays: strictObject({
    critical: days,
    high: days,
    medium: days,
    low: days,
  }).optional(),
}).optional();

/** What requests may ask for, with defaults filled in. No usual length is longer than the longest. */
export function limitsOf(
  config: z.output<typeof exemptionConfig>,
): ExemptionLimits {
  const maxDays = config?.maxDays ?? 365;
  const {
    critical = 30,
    high = 60,
    medium = 90,
    low = 180,
  } = config?.defaultDays ?? {};
  const usual = (wanted: number) => Math.min(wanted, maxDays);
  return {
    maxDays,
    defaultDays: {
      critical: usual(critical),
      high: usual(high),
      medium: usual(medium),
      low: usual(low),
    },
    reasonMinimum: REASON_MINIMUM,
  };
}
