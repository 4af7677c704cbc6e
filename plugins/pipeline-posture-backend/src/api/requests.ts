import { InputError } from '@backstage/errors';
import {
  COMPLIANCES,
  DIMENSIONS,
  EXEMPTION_QUEUES,
  GRADES,
  parsePipelineRef,
  PipelineRef,
  PIPELINE_SORTS,
  PIPELINE_TIERS,
  SEVERITIES,
} from 'backstage-plugin-pipeline-posture-common';
import { z } from 'zod';
import { REASON_MINIMUM } from '../config/exemptionConfig';

const many = <T extends z.ZodType>(one: T, most = 100) =>
  z.preprocess(value => {
    if (value === undefined) return undefined;
    return Array.isArray(value) ? value : [value];
  }, z.array(one).max(most).optional());

/** Somebody can be in many groups. Express drops what comes after the thousandth parameter; others must fit beside them. */
const owners = many(z.string().max(500), 900);

const whole = (from: number, to: number) =>
  z.coerce.number().int().min(from).max(to).optional();
const statuses = z.enum(['fail', 'unknown', 'exempt', 'preview']);
const severities = z.enum(
  SEVERITIES as typeof SEVERITIES & [string, ...string[]],
);
const tiers = z.enum(
  PIPELINE_TIERS as typeof PIPELINE_TIERS & [string, ...string[]],
);
const dimensions = z.enum(
  DIMENSIONS as typeof DIMENSIONS & [string, ...string[]],
);
const paging = { page: whole(1, 1_000_000), size: whole(1, 100) };
const cursor = z.string().max(2000).optional();
const day = z
  .string()
  .refine(
    text =>
      /^\d{4}-\d{2}-\d{2}$/.test(text) &&
      !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) &&
      new Date(`${text}T00:00:00Z`).toISOString().slice(0, 10) === text,
    'write a day as 2026-06-30',
  );

const pipelineFilter = {
  text: z.string().max(200).optional(),
  provider: many(z.string().max(100)),
  grade: many(
    z.enum(
      GRADES as [string, ...string[]] as typeof GRADES & [string, ...string[]],
    ),
  ),
  compliance: many(
    z.enum(COMPLIANCES as typeof COMPLIANCES & [string, ...string[]]),
  ),
  control: z.string().max(100).optional(),
  status: many(statuses),
  severity: many(severities),
  dimension: many(dimensions),
  entityRef: many(z.string().max(500)),
  owner: owners,
  system: many(z.string().max(500)),
  domain: many(z.string().max(500)),
  lifecycle: many(z.string().max(100)),
  tier: many(tiers),
  linked: z
    .enum(['true', 'false'])
    .transform(value => value === 'true')
    .optional(),
  asOf: day.optional(),
};

export const filterQuery = z.strictObject(pipelineFilter);

export const entityQuery = z.strictObject({ ...pipelineFilter, ...paging });

export const pipelineQuery = z.strictObject({
  ...pipelineFilter,
  sort: z
    .enum(PIPELINE_SORTS as typeof PIPELINE_SORTS & [string, ...string[]])
    .optional(),
  order: z.enum(['asc', 'desc']).optional(),
  cursor,
  ...paging,
});

export const findingQuery = z.strictObject({
  control: many(z.string().max(100)),
  status: many(statuses),
  severity: many(severities),
  dimension: many(dimensions),
  provider: many(z.string().max(100)),
  entityRef: many(z.string().max(500)),
  owner: owners,
  system: many(z.string().max(500)),
  tier: many(tiers),
  asOf: day.optional(),
  cursor,
  ...paging,
});

export const runQuery = z.strictObject({
  scopeId: z.string().max(500).optional(),
  ...paging,
});

export const labelQuery = z.strictObject({
  since: z.string().max(30).optional(),
});

export const historyQuery = z.strictObject({
  days: whole(1, 400),
  asOf: day.optional(),
});

export const momentQuery = z.strictObject({ asOf: day.optional() });

export const rollUpQuery = z.strictObject({
  ...pipelineFilter,
  by: z.enum(['owner', 'system', 'domain']),
});

export const trendQuery = z.strictObject({
  by: z.enum(['fleet', 'owner', 'system', 'domain']),
  ref: z.string().max(500).optional(),
  days: whole(1, 400),
});

export const identityQuery = z.strictObject({
  text: z.string().max(200).optional(),
  provider: many(z.string().max(100)),
  owner: owners,
  ...paging,
});

export const pageQuery = z.strictObject(paging);

export const gateQuery = z.strictObject({ pipeline: z.string().max(800) });

export const exemptionQuery = z.strictObject({
  queue: z
    .enum(EXEMPTION_QUEUES as typeof EXEMPTION_QUEUES & [string, ...string[]])
    .optional(),
  state: many(
    z.enum(['waiting', 'active', 'rejected', 'revoked', 'expired', 'lapsed']),
  ),
  owner: owners,
  control: z.string().max(100).optional(),
  pipelineId: z.string().max(800).optional(),
  entityRef: z.string().max(500).optional(),
  asOf: day.optional(),
  ...paging,
});

export const exemptionBody = z
  .strictObject({
    controlId: z.string().max(100),
    pipelineId: z.string().max(800).optional(),
    entityRef: z.string().max(500).optional(),
    type: z.enum(['risk-accepted', 'mitigated', 'wrong-result']),
    reason: z
      .string()
      .trim()
      .min(REASON_MINIMUM, `say in at least ${REASON_MINIMUM} characters why`)
      .max(4000),
    mitigation: z.string().trim().max(4000).optional(),
    until: z.string().max(10).optional(),
  })
  .refine(
    body => (body.pipelineId === undefined) !== (body.entityRef === undefined),
    'give either pipelineId or entityRef',
  );

export const decisionBody = z.strictObject({
  comment: z.string().trim().max(4000).optional(),
});

export const validationBody = z.strictObject({
  identityId: z.string().min(1).max(2048),
});

/**
 * Checks what a caller sent.
 *
 * @throws InputError that names the field and what it takes
 */
export function parse<T extends z.ZodType>(
  schema: T,
  input: unknown,
): z.output<T> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const complaints = result.error.issues.map(
    issue => `${issue.path.map(String).join('.') || 'query'}: ${issue.message}`,
  );
  throw new InputError(complaints.join('; '));
}

/** @throws InputError if the text names no pipeline */
export function parsePipelineId(id: string): PipelineRef {
  const ref = parsePipelineRef(id);
  if (!ref)
    throw new InputError(
      'The id of a pipeline is <provider>~<scope>~<id>, each part URL-encoded',
    );
  return ref;
}
