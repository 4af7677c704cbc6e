import {
  EventConcern,
  ProviderEvents,
} from 'backstage-plugin-pipeline-posture-node';
import { z } from 'zod';

/** Topic of deliveries of service hooks. */
export const SERVICE_HOOK_TOPIC = 'pipeline-posture.azure-devops';

const numbered = z.object({ id: z.coerce.number().int().positive() });
const project = z.object({ name: z.string().optional() });

/*
 * The envelope and the resources of the event types that tell of pipelines:
 * https://learn.microsoft.com/azure/devops/service-hooks/events
 * Resource versions differ in what stands where; each field is looked for wherever a version has it.
 */
const delivery = z.object({
  id: z.string().min(1).max(200),
  eventType: z.string().max(200),
  resource: z
    .object({
      url: z.string().optional(),
      _links: z
        .object({ self: z.object({ href: z.string() }).optional() })
        .optional(),
      definition: numbered.optional(),
      pipeline: numbered.optional(),
      run: z.object({ pipeline: numbered.optional() }).optional(),
      release: z
        .object({
          releaseDefinition: numbered.optional(),
          url: z.string().optional(),
        })
        .optional(),
      deployment: z
        .object({
          releaseDefinition: numbered.optional(),
          release: z
            .object({ releaseDefinition: numbered.optional() })
            .optional(),
        })
        .optional(),
      project: project.optional(),
      repository: z
        .object({
          remoteUrl: z.string().optional(),
          name: z.string().optional(),
          url: z.string().optional(),
          project: project.optional(),
        })
        .optional(),
    })
    .loose(),
  resourceContainers: z
    .record(z.string(), z.object({ baseUrl: z.string().optional() }).loose())
    .optional(),
});

type Delivery = z.output<typeof delivery>;

/** An organisation that is read, by the name and the address in its configuration. */
export interface KnownOrganisation {
  organisation: string;
  /** `https://dev.azure.com/contoso`. */
  url: string;
}

/** `https://dev.azure.com/contoso` and the older `https://contoso.visualstudio.com` name the same organisation. */
function addressesOf({ organisation, url }: KnownOrganisation): string[] {
  const name = organisation.toLowerCase();
  return [
    `${url.toLowerCase().replace(/\/+$/, '')}/`,
    ...(new URL(url).host === 'dev.azure.com'
      ? [
          `https://${name}.visualstudio.com/`,
          `https://vsrm.dev.azure.com/${name}/`,
          `https://${name}.vsrm.visualstudio.com/`,
        ]
      : []),
  ];
}

/** Every address in a delivery that tells from which organisation it comes. */
const urlsOf = ({ resource, resourceContainers }: Delivery): string[] =>
  [
    ...Object.values(resourceContainers ?? {}).map(c => c.baseUrl),
    resource.url,
    resource._links?.self?.href,
    resource.release?.url,
    resource.repository?.remoteUrl,
    resource.repository?.url,
  ].flatMap(url => (url ? [`${url.toLowerCase().replace(/\/+$/, '')}/`] : []));

/** Reads deliveries of Azure DevOps service hooks. */
export class ServiceHooks implements ProviderEvents {
  readonly topic = SERVICE_HOOK_TOPIC;
  readonly #organisations: readonly KnownOrganisation[];

  constructor(organisations: readonly KnownOrganisation[]) {
    this.#organisations = organisations;
  }

  concernOf(payload: unknown): EventConcern | undefined {
    const parsed = delivery.safeParse(payload);
    if (!parsed.success) return undefined;
    const { id, eventType, resource } = parsed.data;
    const organisation = this.#organisationOf(parsed.data);
    if (!organisation) return undefined;
    const scope = this.#scopeOf(organisation, resource);
    const concern: EventConcern = {
      eventId: id,
      pipelines: [],
      repositories: [],
      identities: [],
    };
    if (eventType === 'git.push' && resource.repository) {
      const { remoteUrl, name, project: owner } = resource.repository;
      concern.repositories.push({
        ...(remoteUrl && { url: remoteUrl }),
        ...(owner?.name &&
          name && { host: 'azure-repos', name: `${owner.name}/${name}` }),
      });
      return concern;
    }
    const build =
      resource.definition ?? resource.pipeline ?? resource.run?.pipeline;
    const release =
      resource.release?.releaseDefinition ??
      resource.deployment?.releaseDefinition ??
      resource.deployment?.release?.releaseDefinition;
    if (eventType.startsWith('ms.vss-release.') && release)
      concern.pipelines.push({ ...scope, id: `release-${release.id}` });
    else if (
      (eventType.startsWith('build.') ||
        eventType.startsWith('ms.vss-pipelines.') ||
        eventType.startsWith('ms.vss-pipelinechecks-events.')) &&
      build
    )
      concern.pipelines.push({ ...scope, id: `build-${build.id}` });
    return concern.pipelines.length > 0 ? concern : undefined;
  }

  /** The one whose address stands in the delivery; the only one there is, for a delivery without any address. */
  #organisationOf(given: Delivery): KnownOrganisation | undefined {
    const urls = urlsOf(given);
    if (urls.length === 0)
      return this.#organisations.length === 1
        ? this.#organisations[0]
        : undefined;
    return this.#organisations.find(organisation =>
      addressesOf(organisation).some(address =>
        urls.some(url => url.startsWith(address)),
      ),
    );
  }

  /** Numbers of definitions are unique in an organisation, so its name is enough where the project's is not told. */
  #scopeOf(
    { organisation }: KnownOrganisation,
    resource: Delivery['resource'],
  ): { scope: string } | { scopePrefix: string } {
    const name = resource.project?.name;
    return name
      ? { scope: `${organisation}/${name}` }
      : { scopePrefix: `${organisation}/` };
  }
}
