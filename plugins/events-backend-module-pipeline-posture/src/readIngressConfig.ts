import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { z } from 'zod';

const secret = z
  .string()
  .min(16, 'must have at least 16 characters; anybody can try to guess it');

const source = z
  .strictObject({
    basic: z
      .strictObject({ username: z.string().min(1), password: secret })
      .optional(),
    header: z
      .strictObject({
        name: z
          .string()
          .regex(/^[A-Za-z0-9-]+$/, 'must be the name of an HTTP header')
          .transform(name => name.toLowerCase()),
        value: secret,
      })
      .optional(),
  })
  .refine(
    ({ basic, header }) => (basic === undefined) !== (header === undefined),
    'give either basic (username and password) or header (name and value)',
  );

const schema = z.strictObject({
  azureDevOps: source.optional(),
  aws: source.optional(),
});

/** What every delivery of a source must carry. */
export type IngressSecret = z.output<typeof source>;

/** Names of the sources that can send events. */
export type IngressSource = keyof z.output<typeof schema>;

/**
 * Reads and checks `pipelinePosture.ingress`.
 *
 * @throws InputError with the path of the key and what it takes, never with its value
 */
export function readIngressConfig(
  config: Config,
): Partial<Record<IngressSource, IngressSecret>> {
  const raw = config.getOptional('pipelinePosture.ingress');
  if (raw === undefined) return {};
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const complaints = parsed.error.issues.map(
    issue =>
      `${['pipelinePosture.ingress', ...issue.path.map(String)].join('.')}: ${
        issue.message
      }`,
  );
  throw new InputError(`Wrong configuration. ${complaints.join('; ')}`);
}
