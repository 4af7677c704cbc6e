import { Fact, known, mapFact } from 'backstage-plugin-pipeline-posture-common';
import {
  CollectionEvent,
  CollectOptions,
  ProductionClassifier,
  SourceProblem,
} from 'backstage-plugin-pipeline-posture-node';
import { Source } from '../client/Source';
import { OPERATIONS } from '../client/operations';
import { callName } from '../client/refusals';
import * as wire from '../client/wire';
import { AzureDevOpsSourceConfig } from '../config/AzureDevOpsConfig';
import { definitionDraft } from '../normalize/definitionDraft';
import { DraftContext } from '../normalize/draftContext';
import { releaseDraft } from '../normalize/releaseDraft';
import { PoolSharing } from '../normalize/runners';
import { PipelineDraft } from '../normalize/PipelineDraft';
import {
  RepositoriesOfProject,
  RepositoryCatalogue,
} from '../normalize/RepositoryCatalogue';
import { Resources } from '../normalize/Resources';
import { productionEnvironments } from '../normalize/productionRoles';
import { SnapshotContext, snapshotsOf } from '../normalize/snapshot';
import { Assembled, assemble } from '../normalize/assemble';
import { CodeReader } from '../reading/CodeReader';
import { ClassicReadOptions } from '../reading/readClassicTasks';
import { readClassicBuild } from '../reading/readClassicBuild';
import { readClassicRelease } from '../reading/readClassicRelease';
import { CodeReading } from '../reading/types';
import { CodeFiles } from './CodeFiles';
import {
  guardedResources,
  readAccess,
  readChecks,
  resourceKey,
  ResourceKey,
} from './protectedResources';
import { readAdministration } from './readAdministration';
import { CodeCollector } from './CodeCollector';
import {
  NamespaceName,
  PermissionTable,
  readPermissions,
} from './readPermissions';
import {
  ProjectReadings,
  readPolicies,
  readProject,
  readQueues,
  readRepositories,
} from './readProject';
import { readReleases } from './readReleases';
import { readRoles } from './readRoles';
import { Remembered } from './Remembered';

const HOUR_MS = 3_600_000;

export interface ProjectCollectionOptions {
  source: Source;
  config: AzureDevOpsSourceConfig;
  remembered: Remembered;
  classifier: ProductionClassifier;
  broadGroups: ReadonlySet<string>;
  /** `contoso/Payments` */
  scope: string;
  project: wire.Project;
  onlyDefinition?: number;
  onlyRelease?: number;
  options: CollectOptions;
}

/** Where an entry that makes no sense may be a pipeline that is not seen. */
const LISTS_OF_PIPELINES = [
  callName(OPERATIONS.definitions),
  callName(OPERATIONS.releases),
];

/** Listing a whole repository must stay a small answer. */
const SMALL_REPOSITORY_BYTES = 2 * 1024 * 1024;

function isSmall(
  repositories: ProjectReadings['repositories'],
  project: string,
  owner: string,
  name: string,
): boolean {
  if (!repositories.known || owner.toLowerCase() !== project.toLowerCase())
    return false;
  const found = repositories.value.find(
    each => each.name.toLowerCase() === name.toLowerCase(),
  );
  return found?.size !== undefined && found.size <= SMALL_REPOSITORY_BYTES;
}

const distinct = (keys: ResourceKey[]) => [
  ...new Map(keys.map(key => [resourceKey(key), key])).values(),
];

const isYaml = ({ process }: wire.Definition) =>
  process?.yamlFilename !== undefined;

/** One run over one project: bulk calls first, then what they do not tell, then the snapshots. */
export class ProjectCollection {
  readonly #given: ProjectCollectionOptions;
  readonly #problems: SourceProblem[] = [];

  constructor(options: ProjectCollectionOptions) {
    this.#given = options;
  }

  async *run(): AsyncIterable<CollectionEvent> {
    const { source, config, remembered, project } = this.#given;
    const readings = await readProject({
      source,
      organisation: config.organisation,
      project,
      remembered,
      onProblem: problem => this.#problems.push(problem),
    });
    const [code, releases, protection] = await Promise.all([
      this.#code(readings),
      this.#releases(readings),
      this.#protection(readings),
    ]);
    const catalogue = await this.#catalogue(
      readings,
      code,
      protection.gitPermissions,
    );
    const access = new Map([
      ...protection.access,
      ...(await this.#repositoryAccess(code, catalogue)),
    ]);
    const resources = new Resources({
      ...readings,
      ...protection,
      access,
      administration: await readAdministration(
        [protection.buildPermissions, protection.releasePermissions],
        source,
        remembered,
      ),
      broadGroups: this.#given.broadGroups,
      baseUrl: config.urls.core,
    });
    const context: DraftContext = {
      scope: this.#given.scope,
      hostOrganisation: config.hostOrganisation,
      resources,
      catalogue,
    };
    const assembled = this.#drafts(readings, code, releases, context).map(
      draft => assemble(draft, resources, this.#given.classifier),
    );
    resources.addRoles(
      await readRoles(
        distinct(
          assembled.flatMap(each => productionEnvironments(each, resources)),
        ),
        {
          source,
          project,
          ...this.#cadence(),
          broadGroups: this.#given.broadGroups,
        },
      ),
    );
    for (const problem of this.#problems) yield { type: 'problem', problem };
    const complete =
      readings.definitions.known &&
      readings.releases.known &&
      !this.#problems.some(({ reason }) =>
        LISTS_OF_PIPELINES.some(call => call === reason.call),
      );
    if (!complete) yield { type: 'incomplete' };
    const sharing = await this.#sharing(readings);
    yield* this.#snapshots(assembled, {
      resources,
      catalogue,
      sharing,
      complete,
      now: this.#given.options.now,
    });
  }

  /** Permissions are read anew for a check of one pipeline, else as seldom as configured. */
  #cadence() {
    const { config, options } = this.#given;
    const { checkpoints, now, only } = options;
    const maxAgeMs = only ? 0 : config.permissionsMaxAgeHours * HOUR_MS;
    return { checkpoints, now, maxAgeMs };
  }

  *#snapshots(
    assembled: Assembled[],
    context: SnapshotContext,
  ): Generator<CollectionEvent> {
    const { only } = this.#given.options;
    const total = only ? 1 : assembled.length;
    let done = 0;
    for (const snapshot of snapshotsOf(assembled, context)) {
      if (only && snapshot.ref.id !== only.id) continue;
      done += 1;
      yield { type: 'snapshot', snapshot };
      yield { type: 'progress', done, total };
    }
  }

  /** Repositories that code names beside its own need permission too. */
  async #repositoryAccess(
    code: Map<number, Fact<CodeReading>>,
    catalogue: RepositoryCatalogue,
  ) {
    const { source, project } = this.#given;
    const keys = [...code.values()].flatMap(reading =>
      (reading.known ? reading.value.repositories : []).flatMap(each => {
        const found = catalogue.find(each.project, each.repository);
        const owner = catalogue.projectId(each.project);
        return found && owner
          ? [{ type: 'repository' as const, id: `${owner}.${found.id}` }]
          : [];
      }),
    );
    return readAccess(distinct(keys), {
      source,
      project: project.name,
      ...this.#cadence(),
    });
  }

  #code({
    definitions,
    repositories,
  }: ProjectReadings): Promise<Map<number, Fact<CodeReading>>> {
    if (!definitions.known) return Promise.resolve(new Map());
    const { source, project, config, options, onlyDefinition } = this.#given;
    const collector = new CodeCollector({
      files: new CodeFiles(source, (owner, name) =>
        isSmall(repositories, project.name, owner, name),
      ),
      checkpoints: options.checkpoints,
      project: project.name,
      repositories,
      now: options.now,
      maxAgeMs: config.filesMaxAgeHours * HOUR_MS,
      ...(config.preview && {
        expand: async ({ id }: wire.Definition) =>
          mapFact(
            await source.get('preview', wire.previewRun, {
              path: { project: project.name, id },
              body: { previewRun: true },
            }),
            ({ finalYaml }) => finalYaml,
          ),
      }),
      ...(onlyDefinition !== undefined && { fresh: onlyDefinition }),
    });
    return collector.read(definitions.value.filter(isYaml));
  }

  async #releases({
    releases,
  }: ProjectReadings): Promise<Map<number, Fact<wire.Release>>> {
    if (!releases.known) return new Map();
    const { source, project, options, onlyRelease } = this.#given;
    const present = releases.value.filter(
      ({ isDeleted }) => isDeleted !== true,
    );
    const read = await readReleases(present, {
      source,
      project: project.name,
      checkpoints: options.checkpoints,
      ...(onlyRelease !== undefined && { fresh: onlyRelease }),
    });
    for (const [id, fact] of read) {
      if (!fact.known)
        this.#problem(
          fact,
          `release pipeline ${id}`,
          OPERATIONS.release.without,
        );
    }
    return read;
  }

  #problem(fact: Fact<unknown>, subject: string, effect: string): void {
    if (!fact.known)
      this.#problems.push({ reason: fact.reason, subject, effect });
  }

  async #protection(readings: ProjectReadings) {
    const { source, project } = this.#given;
    const guarded = guardedResources(readings);
    const usesTaskGroups =
      readings.taskGroups.known && readings.taskGroups.value.length > 0;
    const hasReleases =
      !readings.releases.known || readings.releases.value.length > 0;
    const names: NamespaceName[] = ['git', 'build', 'endpoint'];
    if (hasReleases) names.push('release');
    if (usesTaskGroups) names.push('taskGroup');
    const nothing: Fact<PermissionTable> = known(new Map());
    const [access, checks, permissions] = await Promise.all([
      readAccess(guarded, {
        source,
        project: project.name,
        ...this.#cadence(),
      }),
      readChecks(guarded, source, project.name),
      this.#permissions(names, project.id),
    ]);
    const {
      git: gitPermissions = nothing,
      build: buildPermissions = nothing,
      endpoint: endpointPermissions = nothing,
      release: releasePermissions = nothing,
      taskGroup: taskGroupPermissions = nothing,
    } = permissions;
    const refusedChecks = [...checks.values()].find(each => !each.known);
    if (refusedChecks)
      this.#problem(
        refusedChecks,
        `project ${project.name}`,
        OPERATIONS.checks.without,
      );
    const refusedAccess = [...access.values()].find(each => !each.known);
    if (refusedAccess)
      this.#problem(
        refusedAccess,
        `project ${project.name}`,
        OPERATIONS.pipelinePermissions.without,
      );
    this.#problem(
      buildPermissions,
      `project ${project.name}`,
      OPERATIONS.accessControlLists.without,
    );
    return {
      access,
      checks,
      gitPermissions,
      buildPermissions,
      endpointPermissions,
      releasePermissions,
      taskGroupPermissions,
    };
  }

  #permissions(
    names: NamespaceName[],
    projectId: string,
  ): Promise<Partial<Record<NamespaceName, Fact<PermissionTable>>>> {
    const { source, remembered, broadGroups } = this.#given;
    return readPermissions(names, {
      source,
      remembered,
      projectId,
      broadGroups,
    });
  }

  /** Who may go around branch policies in another project; asked once for all that take templates from it. */
  #gitPermissionsOf(projectId: string): Promise<Fact<PermissionTable>> {
    return this.#given.remembered.get(`permissions/git/${projectId}`, () =>
      this.#permissions(['git'], projectId).then(
        ({ git = known(new Map()) }) => git,
      ),
    );
  }

  /** Templates may come from other projects, whose branches are protected there. */
  async #catalogue(
    readings: ProjectReadings,
    code: Map<number, Fact<CodeReading>>,
    gitPermissions: Fact<PermissionTable>,
  ): Promise<RepositoryCatalogue> {
    const { source, remembered, project, config } = this.#given;
    const own: RepositoriesOfProject = {
      projectName: project.name,
      projectId: project.id,
      repositories: readings.repositories,
      policies: readings.policies,
      permissions: gitPermissions,
    };
    const others = new Map<string, string>();
    for (const reading of code.values()) {
      const named = reading.known
        ? [...reading.value.files, ...reading.value.repositories]
        : [];
      for (const each of named) {
        if (each.project.toLowerCase() !== project.name.toLowerCase()) {
          others.set(each.project.toLowerCase(), each.project);
        }
      }
    }
    const foreign = await Promise.all(
      [...others.values()].map(async (name): Promise<RepositoriesOfProject> => {
        const [repositories, policies] = await Promise.all([
          readRepositories(source, remembered, name),
          readPolicies(source, remembered, name),
        ]);
        const id = await this.#projectId(name);
        const permissions = id.known
          ? await this.#gitPermissionsOf(id.value)
          : id;
        return {
          projectName: name,
          projectId: id.known ? id.value : name,
          repositories,
          policies,
          permissions,
        };
      }),
    );
    return new RepositoryCatalogue([own, ...foreign], config.urls.core);
  }

  async #projectId(name: string): Promise<Fact<string>> {
    const projects = await this.#projects();
    return mapFact(
      projects,
      all =>
        all.find(each => each.name.toLowerCase() === name.toLowerCase())?.id ??
        name,
    );
  }

  #projects(): Promise<Fact<wire.Project[]>> {
    const { source, remembered } = this.#given;
    return remembered.get('projects', async () =>
      mapFact(
        await source.entries('projects', wire.project, {
          query: { stateFilter: 'wellFormed', $top: '500' },
        }),
        ({ entries }) => entries,
      ),
    );
  }

  /** Which self-hosted pools several projects use; only asked if this project uses one. */
  async #sharing({ queues }: ProjectReadings): Promise<PoolSharing> {
    const ownPools =
      queues.known && queues.value.some(({ pool }) => pool?.isHosted === false);
    if (!ownPools) return known(new Map());
    const { source, remembered } = this.#given;
    const projects = await this.#projects();
    if (!projects.known) return projects;
    const users = new Map<number, string[]>();
    for (const { name } of projects.value) {
      const theirs = await readQueues(source, remembered, name);
      if (!theirs.known) return theirs;
      for (const { pool } of theirs.value.entries) {
        if (pool) users.set(pool.id, [...(users.get(pool.id) ?? []), name]);
      }
    }
    return known(users, { source: OPERATIONS.queues.path });
  }

  #drafts(
    readings: ProjectReadings,
    code: Map<number, Fact<CodeReading>>,
    releases: Map<number, Fact<wire.Release>>,
    context: DraftContext,
  ): PipelineDraft[] {
    const { resources } = context;
    const taskGroups = new Map(
      (readings.taskGroups.known ? readings.taskGroups.value : []).map(each => [
        each.id.toLowerCase(),
        each,
      ]),
    );
    const classic = (): ClassicReadOptions => ({
      reader: new CodeReader(),
      taskGroups,
      isConnection: name => resources.hasConnection(name),
    });
    const source = { source: 'GET {project}/_apis/build/definitions' };
    const builds = (
      readings.definitions.known ? readings.definitions.value : []
    ).map(definition => {
      const reading: Fact<CodeReading> = isYaml(definition)
        ? code.get(definition.id) ??
          known(readClassicBuild(definition, classic()))
        : known(readClassicBuild(definition, classic()), source);
      return definitionDraft(definition, reading, context);
    });
    const released = (readings.releases.known ? readings.releases.value : [])
      .filter(({ id }) => releases.has(id))
      .map(reference => {
        const release = releases.get(reference.id) as Fact<wire.Release>;
        const reading = mapFact(release, each =>
          readClassicRelease(each, classic()),
        );
        return releaseDraft(reference, release, reading, context);
      });
    return [...builds, ...released];
  }
}
