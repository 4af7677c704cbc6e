import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { strictObject } from 'backstage-plugin-pipeline-posture-node';
import { z } from 'zod';
import { HostUrls } from '../client/Source';
import { matchesWildcards } from '../wildcards';
import { resourceManagerSchema } from './resourceManagerConfig';

const address = z
  .string()
  .regex(
    /^https?:\/\/[^/]+(\/[^/]+)+\/?$/,
    'must be the address of an organisation, such as https://dev.azure.com/contoso',
  )
  .transform(url => url.replace(/\/+$/, ''));

const patterns = z.array(z.string().min(1, 'must not be empty')).optional();

const entry = strictObject({
  id: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9-]*$/i,
      'must consist of letters, digits and dashes',
    ),
  url: address,
  projects: strictObject({ include: patterns, exclude: patterns }).optional(),
  areaUrls: strictObject({
    release: address.optional(),
    graph: address.optional(),
    audit: address.optional(),
    advancedSecurity: address.optional(),
  }).optional(),
  maxScopesAtOnce: z.number().int().min(1).max(50).default(2),
  maxConcurrency: z.number().int().min(1).max(20).default(4),
  maxWaitSeconds: z.number().int().min(1).max(600).default(300),
  preview: z.boolean().default(false),
  broadGroups: patterns,
  permissionsMaxAgeHours: z.number().min(0).max(168).default(12),
  accessMaxAgeHours: z.number().min(0).max(168).default(24),
  filesMaxAgeHours: z.number().min(0).max(168).default(6),
  azureResourceManager: resourceManagerSchema.optional(),
});

/** One configured organisation, checked. */
export interface AzureDevOpsSourceConfig
  extends Omit<z.output<typeof entry>, 'url'> {
  /** Name of the organisation, as it stands in its address. */
  organisation: string;
  urls: HostUrls;
  /** `dev.azure.com/contoso`, lower case: what the annotation `dev.azure.com/host-org` holds. */
  hostOrganisation: string;
}

/** Groups that practically every builder is in. */
export const DEFAULT_BROAD_GROUPS = [
  'Contributors',
  'Readers',
  'Project Valid Users',
  'Project Collection Valid Users',
  'Team Foundation Valid Users',
];

/** Names of groups that practically every builder is in, as configured, in lower case. */
export const broadGroupsOf = ({
  broadGroups = DEFAULT_BROAD_GROUPS,
}: Pick<AzureDevOpsSourceConfig, 'broadGroups'>): ReadonlySet<string> =>
  new Set(broadGroups.map(each => each.toLowerCase()));

/** Servers of one's own have no Advanced Security, so elsewhere it is asked only where it is configured. */
function advancedSecurityOf(
  url: string,
  configured: string | undefined,
): Pick<HostUrls, 'advancedSecurity'> {
  const { host, pathname } = new URL(url);
  if (configured) return { advancedSecurity: configured };
  return host.toLowerCase() === 'dev.azure.com'
    ? { advancedSecurity: `https://advsec.dev.azure.com${pathname}` }
    : {};
}

/**
 * The other hosts of an organisation. Those of dev.azure.com are well known;
 * for anything else they must be configured, or one host serves everything, as
 * Azure DevOps Server does. A token is never sent to a host that an answer names.
 */
function urlsOf({ url, areaUrls }: z.output<typeof entry>): HostUrls {
  const { host, protocol, pathname } = new URL(url);
  const sibling = (name: string) =>
    host.toLowerCase() === 'dev.azure.com'
      ? `${protocol}//${name}.dev.azure.com${pathname}`
      : url;
  return {
    core: url,
    release: areaUrls?.release ?? sibling('vsrm'),
    graph: areaUrls?.graph ?? sibling('vssps'),
    audit: areaUrls?.audit ?? sibling('auditservice'),
    ...advancedSecurityOf(url, areaUrls?.advancedSecurity),
  };
}

/**
 * Reads `pipelinePosture.azureDevOps`.
 *
 * @throws InputError that names the key and says what it must be
 */
export function readAzureDevOpsConfig(
  config: Config,
): AzureDevOpsSourceConfig[] {
  const key = 'pipelinePosture.azureDevOps';
  if (!config.has(key)) return [];
  const raw = config.getOptional(key);
  const parsed = z.array(entry).safeParse(raw);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = issue.path
      .map(part =>
        typeof part === 'number' ? `[${part}]` : `.${String(part)}`,
      )
      .join('');
    throw new InputError(`Configuration ${key}${path}: ${issue.message}`);
  }
  const ids = new Set<string>();
  const read = new Map<string, { id: string; url: string }>();
  return parsed.data.map((each, index) => {
    if (ids.has(each.id)) {
      throw new InputError(
        `Configuration ${key}[${index}].id: '${each.id}' is used twice; give each source an id of its own`,
      );
    }
    ids.add(each.id);
    const { host, pathname } = new URL(each.url);
    const parts = pathname.split('/').filter(part => part !== '');
    const organisation = decodeURIComponent(parts[parts.length - 1]);
    const name = organisation.toLowerCase();
    const earlier = read.get(name);
    if (earlier) {
      const because =
        earlier.url.toLowerCase() === each.url.toLowerCase()
          ? `is read by the source '${earlier.id}' already; name its projects there`
          : `is read from ${earlier.url} already, and two of one name cannot be told apart`;
      throw new InputError(
        `Configuration ${key}[${index}].url: an organisation called '${organisation}' ${because}`,
      );
    }
    read.set(name, each);
    return {
      ...each,
      organisation,
      urls: urlsOf(each),
      hostOrganisation: `${host}/${organisation}`.toLowerCase(),
    };
  });
}

/** Matches a name with patterns in which `*` stands for anything, without regard to case. */
export function matchesAny(name: string, wanted: string[]): boolean {
  return wanted.some(pattern => matchesWildcards(pattern, name));
}
