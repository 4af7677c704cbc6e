import { z } from 'zod';
import { iamSchema } from './iamSchema';
import { regionSchema } from './regionSchema';

/** What identifies an account and who may enter it. */
export const accountHead = z.strictObject({
  id: z.string().regex(/^\d{12}$/, 'an AWS account id has 12 digits'),
  alias: z.string(),
  partition: z.enum(['aws', 'aws-cn', 'aws-us-gov']).default('aws'),
  /**
   * Operations that every caller is refused in this account, as
   * `service:Operation`; `*` at the end matches the rest.
   */
  denied: z.array(z.string()).default([]),
  tags: z.record(z.string(), z.string()).default({}),
});

/** The organization, declared by its management account. */
const organization = z.strictObject({
  /** Ids of the member accounts, the management account among them. */
  members: z.array(z.string()),
  policies: z
    .array(
      z.strictObject({
        name: z.string(),
        document: z.record(z.string(), z.unknown()),
        targets: z.array(z.string()),
      }),
    )
    .default([]),
  /** The unit above an account or unit, by its id; what is not named stands under the root. */
  units: z.record(z.string(), z.string()).default({}),
});

/** One file of an account: any part of it. */
export const accountPart = z.strictObject({
  account: accountHead.optional(),
  organization: organization.optional(),
  iam: iamSchema.prefault({}),
  regions: z.record(z.string(), regionSchema).default({}),
});

/** A whole AWS account, isolated from every other. */
export interface AwsAccount extends z.infer<typeof accountHead> {
  organization?: z.infer<typeof organization>;
  iam: z.infer<typeof iamSchema>;
  regions: Record<string, z.infer<typeof regionSchema>>;
}

/** All accounts of a local AWS. */
export interface AwsState {
  accounts: AwsAccount[];
}

/** An account without resources, for tests and generators to fill. */
export function emptyAccount(
  head: Partial<z.infer<typeof accountHead>> = {},
): AwsAccount {
  return {
    ...accountHead.parse({ id: '111122223333', alias: 'empty', ...head }),
    iam: iamSchema.parse({}),
    regions: {},
  };
}
