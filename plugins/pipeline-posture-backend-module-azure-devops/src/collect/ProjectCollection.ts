import { Fact, mapFact } from 'backstage-plugin-pipeline-posture-common';
import {
  CollectionEvent,
  SourceProblem,
} from 'backstage-plugin-pipeline-posture-node';
import { AzureKnowledge } from '../client/azure/AzureKnowledge';
import { OPERATIONS } from '../client/operations';
import { callName } from '../client/refusals';
import * as wire from '../client/wire';
import { DraftContext } from '../normalize/draftContext';
import { RepositoryCatalogue } from '../normalize/RepositoryCatalogue';
import { Resources } from '../normalize/Resources';
import { connectionsInQuestion } from '../normalize/connectionUse';
import { productionEnvironments } from '../normalize/productionRoles';
import { SnapshotContext, snapshotsOf } from '../normalize/snapshot';
import { Assembled, assemble } from '../normalize/assemble';
import { CodeReading } from '../reading/types';
import { CodeFiles } from './CodeFiles';
import { readAccess, resourceKey, ResourceKey } from './protectedResources';
import { readCollectionGroups } from './readCollectionGroups';
import { readConnectionUse } from './readConnectionUse';
import { readAdministration } from './readAdministration';
import { CodeCollector } from './CodeCollector';
import { ProjectReadings, readProject } from './readProject';
import { readReleases, ReleaseReading } from './readReleases';
import { readRoles } from './readRoles';
import { isYaml, makeDrafts, taskGroupsOf } from './makeDrafts';
import { readCatalogue, readPoolSharing } from './otherProjects';
import {
  accessCadenceOf,
  cadenceOf,
  groupSourcesOf,
  ProjectCollectionOptions,
} from './ProjectCollectionOptions';
import { readProtection } from './readProtection';

const HOUR_MS = 3_600_000;

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
    const [code, releases, protection, azure] = await Promise.all([
      this.#code(readings),
      this.#releases(readings),
      readProtection(this.#given, readings, (fact, effect) =>
        this.#problem(fact, `project ${project.name}`, effect),
      ),
      this.#azure(readings),
    ]);
    const catalogue = await readCatalogue(
      this.#given,
      readings,
      code,
      protection.gitPermissions,
    );
    const access = new Map([
      ...protection.access,
      ...(await this.#repositoryAccess(code, catalogue)),
    ]);
    const groupSources = groupSourcesOf(this.#given);
    const collectionGroups = await readCollectionGroups(groupSources);
    const resources = new Resources({
      ...readings,
      ...protection,
      access,
      administration: await readAdministration(
        [protection.buildPermissions, protection.releasePermissions],
        collectionGroups,
        groupSources,
      ),
      collectionEditors: collectionGroups.editors,
      broadGroups: this.#given.broadGroups,
      ...(azure && { azure }),
      baseUrl: config.urls.core,
    });
    const context: DraftContext = {
      scope: this.#given.scope,
      hostOrganisation: config.hostOrganisation,
      resources,
      catalogue,
    };
    const assembled = makeDrafts(readings, code, releases, context).map(draft =>
      assemble(draft, resources, this.#given.classifier),
    );
    resources.addRoles(
      await readRoles(
        distinct(
          assembled.flatMap(each => productionEnvironments(each, resources)),
        ),
        {
          source,
          project,
          ...cadenceOf(this.#given),
          broadGroups: this.#given.broadGroups,
        },
      ),
    );
    resources.addLastUses(
      await readConnectionUse(
        connectionsInQuestion(assembled, resources, this.#given.options.now),
        {
          source,
          project: project.name,
          cadence: accessCadenceOf(this.#given),
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
    const sharing = await readPoolSharing(this.#given, readings);
    yield* this.#snapshots(assembled, {
      resources,
      catalogue,
      sharing,
      complete,
      now: this.#given.options.now,
    });
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

  /** What Azure says of the principals behind the project's connections. */
  async #azure({
    connections,
  }: ProjectReadings): Promise<AzureKnowledge | undefined> {
    const { azure, options } = this.#given;
    if (!azure || !connections.known) return undefined;
    const { knowledge, problems } = await azure.read({
      connections: connections.value,
      signal: options.signal,
      fresh: options.only !== undefined,
    });
    options.signal.throwIfAborted();
    this.#problems.push(...problems);
    return knowledge;
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
      ...cadenceOf(this.#given),
    });
  }

  #code({
    definitions,
    repositories,
  }: ProjectReadings): Promise<Map<number, Fact<CodeReading>>> {
    if (!definitions.known) return Promise.resolve(new Map());
    const { source, project, config, options, onlyDefinition } = this.#given;
    const collector = new CodeCollector({
      files: new CodeFiles({
        source,
        elsewhere: {
          read: address =>
            this.#given.sourceHosts.readFile(address, {
              signal: options.signal,
            }),
        },
        isSmall: (owner, name) =>
          isSmall(repositories, project.name, owner, name),
      }),
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

  async #releases(
    readings: ProjectReadings,
  ): Promise<Map<number, Fact<ReleaseReading>>> {
    const { releases, connections } = readings;
    if (!releases.known) return new Map();
    const { source, project, options, onlyRelease } = this.#given;
    const present = releases.value.filter(
      ({ isDeleted }) => isDeleted !== true,
    );
    const read = await readReleases(present, {
      source,
      project: project.name,
      checkpoints: options.checkpoints,
      connections: new Set(
        (connections.known ? connections.value : []).flatMap(each => [
          each.name.toLowerCase(),
          each.id.toLowerCase(),
        ]),
      ),
      taskGroups: taskGroupsOf(readings),
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
}
