import {
  Fact,
  known,
  mapFact,
  Tier,
} from 'backstage-plugin-pipeline-posture-common';
import { hasSecrets, ResourceKey } from '../collect/protectedResources';
import { holdersOf } from '../collect/readPermissions';
import { Assembled, groupsOf } from './assemble';
import {
  AzureFacts,
  BuildServiceRights,
  JobToken,
  PushProtection,
  ResourceRoles,
  SecretGroup,
  TokenExposure,
  UsedResource,
} from './AzureFacts';
import { PipelineDraft } from './PipelineDraft';
import { RepositoryCatalogue } from './RepositoryCatalogue';
import { Resources } from './Resources';

const isProduction = (tier: Fact<Tier>) =>
  tier.known && tier.value === 'production';

/** Keeps for each resource the use that says most. */
class UsedResources {
  readonly #used = new Map<string, UsedResource>();

  add(resource: UsedResource): void {
    const key = `${resource.type}/${resource.name}`;
    const earlier = this.#used.get(key);
    if (
      !earlier ||
      (!isProduction(earlier.tier) && isProduction(resource.tier))
    ) {
      this.#used.set(key, resource);
    }
  }

  get all(): UsedResource[] {
    return [...this.#used.values()];
  }
}

function resourcesFact(
  assembled: Assembled,
  resources: Resources,
): Fact<UsedResource[]> {
  const { draft, stages } = assembled;
  if (!stages.known) return stages;
  const used = new UsedResources();
  const plain = { disabled: false, holdsSecrets: false };
  for (const { stage, connections, environments, reading } of stages.value) {
    for (const connection of connections) {
      used.add({
        type: 'service connection',
        name: connection.name,
        disabled: connection.isDisabled === true,
        holdsSecrets: true,
        tier: stage.tier,
        access: resources.access({ type: 'endpoint', id: connection.id }),
        url: resources.connectionUrl(connection),
      });
    }
    for (const name of draft.kind === 'azure-yaml' ? environments : []) {
      const environment = resources.environment(name);
      used.add({
        ...plain,
        type: 'environment',
        name,
        tier: stage.tier,
        access: environment.known
          ? resources.access({
              type: 'environment',
              id: String(environment.value.id),
            })
          : environment,
        ...(environment.known && {
          url: resources.environmentUrl(environment.value),
        }),
      });
    }
    for (const { pool, steps } of reading.jobs) {
      const wanted =
        pool.name?.name ??
        (pool.queueId === undefined ? undefined : String(pool.queueId));
      const queue = wanted === undefined ? undefined : resources.queue(wanted);
      if (queue?.known && queue.value.pool?.isHosted === false) {
        used.add({
          ...plain,
          type: 'agent queue',
          name: queue.value.name,
          tier: stage.tier,
          access: resources.access({
            type: 'queue',
            id: String(queue.value.id),
          }),
        });
      }
      for (const name of steps.flatMap(step => step.secureFiles ?? [])) {
        const file = resources.secureFile(name);
        used.add({
          ...plain,
          type: 'secure file',
          name,
          holdsSecrets: true,
          tier: stage.tier,
          access: file.known
            ? resources.access({ type: 'securefile', id: file.value.id })
            : file,
        });
      }
    }
  }
  for (const group of linkedGroups(draft, resources)) {
    const secret = hasSecrets(group);
    used.add({
      ...plain,
      type: 'variable group',
      name: group.name,
      holdsSecrets: secret,
      tier: known('non-production'),
      access: secret
        ? resources.access({ type: 'variablegroup', id: String(group.id) })
        : known({ allPipelines: false, pipelines: [] }),
    });
  }
  for (const { title, access } of draft.repositoryAccess) {
    used.add({
      ...plain,
      type: 'repository',
      name: title,
      tier: known('non-production'),
      access,
    });
  }
  return known(used.all, stages.evidence);
}

function linkedGroups(draft: PipelineDraft, resources: Resources) {
  if (!draft.code.known) return [];
  return groupsOf(draft.code.value).flatMap(use => {
    const group = resources.variableGroup(use.name);
    return group.known ? [group.value] : [];
  });
}

/** Environments that a stage to production, or to nobody knows where, deploys through. */
export function productionEnvironments(
  { stages }: Assembled,
  resources: Resources,
): ResourceKey[] {
  if (!stages.known) return [];
  return stages.value
    .filter(
      ({ stage: { deploys, tier } }) =>
        deploys && (!tier.known || tier.value === 'production'),
    )
    .flatMap(({ environments }) =>
      environments.flatMap(name => {
        const found = resources.environment(name);
        return found.known
          ? [{ type: 'environment' as const, id: String(found.value.id) }]
          : [];
      }),
    );
}

function rolesFact(
  assembled: Assembled,
  resources: Resources,
): Fact<ResourceRoles[]> {
  const { stages } = assembled;
  if (!stages.known) return stages;
  const roles = new Map<string, ResourceRoles>();
  for (const { stage, connections, environments } of stages.value) {
    if (
      !stage.deploys ||
      (stage.tier.known && stage.tier.value !== 'production')
    )
      continue;
    for (const connection of connections) {
      roles.set(`endpoint/${connection.id}`, {
        type: 'service connection',
        name: connection.name,
        holders: resources.connectionRoles(connection),
        url: resources.connectionUrl(connection),
      });
    }
    for (const name of environments) {
      const found = resources.environment(name);
      roles.set(`environment/${name}`, {
        type: 'environment',
        name,
        holders: found.known
          ? resources.roles({ type: 'environment', id: String(found.value.id) })
          : found,
        ...(found.known && { url: resources.environmentUrl(found.value) }),
      });
    }
  }
  return known([...roles.values()]);
}

/** How far the token of a job reaches: the project's setting before what the pipeline says, and public projects never beyond themselves. */
function jobTokenFact(
  draft: PipelineDraft,
  resources: Resources,
): Fact<JobToken> {
  const { settings, project } = resources.state;
  if (project.visibility === 'public') {
    return known({
      projectOnly: true,
      because: 'the project is public, whose pipelines never reach beyond it',
    });
  }
  return mapFact(settings, each => {
    const release = draft.kind === 'azure-classic-release';
    const setting = release
      ? 'enforceJobAuthScopeForReleases'
      : 'enforceJobAuthScope';
    if (each[setting] === true)
      return {
        projectOnly: true,
        because: `the project setting ${setting} is on`,
      };
    if (draft.kind === 'azure-classic-build' && draft.jobScope === 'project') {
      return {
        projectOnly: true,
        because: 'the pipeline limits its own token to the project',
      };
    }
    return {
      projectOnly: false,
      because: `the project setting ${setting} is off`,
    };
  });
}

function exposuresFact(draft: PipelineDraft): Fact<TokenExposure[]> {
  return mapFact(draft.code, code =>
    code.stages.flatMap(stage =>
      stage.jobs.flatMap(job =>
        job.steps.flatMap(({ exposesToken, name, location }) =>
          exposesToken
            ? [
                {
                  where: `step ${name} of job ${job.name}`,
                  how: exposesToken,
                  ...(location && { location }),
                },
              ]
            : [],
        ),
      ),
    ),
  );
}

/** Permissions with which a hijacked job can change protected code. */
const WRITE = [
  'GenericContribute',
  'ForcePush',
  'CreateBranch',
  'PolicyExempt',
  'EditPolicies',
  'ManagePermissions',
  'PullRequestBypassPolicy',
];

function buildServiceFact(
  draft: PipelineDraft,
  resources: Resources,
  catalogue: RepositoryCatalogue,
): Fact<BuildServiceRights[]> {
  const { gitPermissions, project } = resources.state;
  return mapFact(draft.sources, sources =>
    sources
      .filter(
        ({ host, role }) => host === 'azure-repos' && role === 'application',
      )
      .flatMap(({ name }) => {
        const [owner, repositoryName] = name.split('/');
        const repository = catalogue.find(owner, repositoryName);
        if (!repository || owner.toLowerCase() !== project.name.toLowerCase())
          return [];
        return [
          {
            repository: name,
            holders: mapFact(gitPermissions, table =>
              holdersOf(table, `repoV2/${project.id}/${repository.id}`)
                .filter(({ principal }) => principal.kind === 'service')
                .map(({ principal, allowed }) => ({
                  principal,
                  rights: WRITE.filter(each => allowed.has(each)),
                })),
            ),
          },
        ];
      }),
  );
}

function secretGroupsFact(
  draft: PipelineDraft,
  resources: Resources,
): Fact<SecretGroup[]> {
  const { variableGroups } = resources.state;
  if (!draft.code.known) return draft.code;
  if (!variableGroups.known && groupsOf(draft.code.value).length > 0)
    return variableGroups;
  return known(
    linkedGroups(draft, resources)
      .filter(hasSecrets)
      .map(({ name, type }) => ({
        name,
        inKeyVault: type === 'AzureKeyVault',
      })),
  );
}

function pushProtectionFact(
  draft: PipelineDraft,
  catalogue: RepositoryCatalogue,
): Fact<PushProtection[]> {
  return mapFact(draft.sources, sources =>
    sources
      .filter(
        ({ host, role }) => host === 'azure-repos' && role === 'application',
      )
      .map(({ name, url }) => {
        const [owner, repository] = name.split('/');
        return {
          repository: name,
          blocked: catalogue.blocksCredentials(owner, repository),
          ...(url && { url }),
        };
      }),
  );
}

/** Everything that only the controls of this module read. */
export function providerFacts(
  assembled: Assembled,
  resources: Resources,
  catalogue: RepositoryCatalogue,
): AzureFacts {
  const { draft } = assembled;
  return {
    resources: resourcesFact(assembled, resources),
    roles: rolesFact(assembled, resources),
    settings: resources.state.settings,
    jobToken: jobTokenFact(draft, resources),
    tokenExposures: exposuresFact(draft),
    buildServiceRights: buildServiceFact(draft, resources, catalogue),
    secretGroups: secretGroupsFact(draft, resources),
    pushProtection: pushProtectionFact(draft, catalogue),
  };
}
