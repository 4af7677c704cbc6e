import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { strictObject } from 'backstage-plugin-pipeline-posture-node';
import { z } from 'zod';

/** One entry of `pipelinePosture.aws`. */
export interface AwsSource {
  id: string;
  /** Accounts to read, each with the reader's role in it. */
  accounts: string[];
  /** Where further accounts come from. */
  organization?: { managementAccount: string; exclude: string[] };
  regions: string[];
  /** Accounts that roles may trust beside those that are read. */
  trustedAccounts: string[];
  /** How many accounts and regions may be read at once over all replicas. */
  maxScopesAtOnce: number;
}

const ACCOUNT = 'must be an account id of 12 digits, in quotes';
const accountId = z.string({ error: ACCOUNT }).regex(/^\d{12}$/, ACCOUNT);

const source = strictObject({
  id: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9-]*$/,
      'must be lower-case letters, digits and dashes',
    ),
  accounts: z.array(accountId).default([]),
  organization: strictObject({
    managementAccount: accountId,
    exclude: z.array(accountId).default([]),
  }).optional(),
  regions: z
    .array(
      z
        .string()
        .regex(
          /^[a-z]{2}(-[a-z]+)+-\d+$/,
          'must be a region such as eu-west-1',
        ),
      { error: 'must be a list of regions, such as [eu-west-1]' },
    )
    .min(1, 'must name at least one region'),
  trustedAccounts: z.array(accountId).default([]),
  maxScopesAtOnce: z.number().int().min(1).max(50).default(4),
}).refine(({ accounts, organization }) => accounts.length > 0 || organization, {
  path: ['accounts'],
  message:
    'must name at least one account, or set organization.managementAccount',
});

const KEY = 'pipelinePosture.aws';

/**
 * Reads `pipelinePosture.aws`.
 *
 * @throws InputError that names the path of every value that is wrong
 */
export function readAwsSources(config: Config): AwsSource[] {
  const value: unknown = config.getOptional(KEY);
  if (value === undefined) return [];
  const result = z.array(source).safeParse(value);
  if (!result.success) {
    const problems = result.error.issues.map(({ path, message }) => {
      const place = path.map(part =>
        typeof part === 'number' ? `[${part}]` : `.${String(part)}`,
      );
      return `${KEY}${place.join('')}: ${message}`;
    });
    throw new InputError(problems.join('; '));
  }
  const ids = result.data.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) {
    throw new InputError(
      `${KEY}: the id '${twice}' is used twice; give each entry an id of its own`,
    );
  }
  mustBeReadOnce(result.data);
  return result.data;
}

/** @throws InputError for an account that two entries read in one region: each would take it from the other */
function mustBeReadOnce(sources: readonly AwsSource[]): void {
  const read = new Map<string, string>();
  sources.forEach(({ id, accounts, regions }, index) => {
    for (const account of new Set(accounts)) {
      for (const region of new Set(regions)) {
        const earlier = read.get(`${account}/${region}`);
        if (earlier !== undefined) {
          throw new InputError(
            `${KEY}[${index}].accounts: ${account} is read in ${region} by the entry '${earlier}' already`,
          );
        }
        read.set(`${account}/${region}`, id);
      }
    }
  });
}
