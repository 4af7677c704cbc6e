import { LoggerService } from '@backstage/backend-plugin-api';
import {
  Fact,
  known,
  PipelineRef,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';
import {
  CallOutcome,
  CollectionEvent,
  CollectOptions,
  DiscoveryEvent,
  PipelineProvider,
  ProductionClassifier,
  RequiredPermission,
  Scope,
  SourceHosts,
  SourceProblem,
} from 'backstage-plugin-pipeline-posture-node';
import { AZURE_OPERATIONS, AzureOperation } from './client/azure/operations';
import { Operation, OPERATIONS } from './client/operations';
import { Organisations } from './client/Organisations';
import { callName } from './client/refusals';
import { Source } from './client/Source';
import * as wire from './client/wire';
import { controlsOf } from './controlsOfCalls';
import { ProjectCollection } from './collect/ProjectCollection';
import { readProjects } from './collect/otherProjects';
import { Remembered } from './collect/Remembered';
import {
  AzureDevOpsSourceConfig,
  broadGroupsOf,
  matchesAny,
} from './config/AzureDevOpsConfig';
import { ServiceHooks } from './ingress/serviceHooks';
import { PROVIDER_ID } from './normalize/draftContext';

export interface AzureDevOpsPipelineProviderOptions {
  organisations: Organisations;
  classifier: ProductionClassifier;
  /** Who knows the rules of branches that are not in Azure Repos. */
  sourceHosts: SourceHosts;
}

/** The permissions that the calls need, from the declarations of the calls themselves. */
export function requiredPermissions(): RequiredPermission[] {
  const permissions = new Map<string, RequiredPermission>();
  for (const operation of Object.values(OPERATIONS) as Operation[]) {
    const permission = `${operation.tokenScope} (${operation.scope})`;
    const earlier = permissions.get(permission);
    if (!earlier) {
      permissions.set(permission, {
        permission,
        calls: [callName(operation)],
        without: operation.without,
        controls: [],
      });
      continue;
    }
    earlier.calls.push(callName(operation));
    if (!earlier.without.includes(operation.without))
      earlier.without += ` ${operation.without}`;
  }
  for (const { permission, call, without } of Object.values(
    AZURE_OPERATIONS,
  ) as AzureOperation[]) {
    const earlier = permissions.get(permission);
    if (earlier) {
      if (!earlier.calls.includes(call)) earlier.calls.push(call);
      earlier.without += ` ${without}`;
    } else
      permissions.set(permission, {
        permission,
        calls: [call],
        without,
        controls: [],
      });
  }
  return [...permissions.values()].map(one => ({
    ...one,
    controls: controlsOf(one.calls),
  }));
}

/** `build-101` → 101; undefined for anything else. */
function numberIn(
  ref: PipelineRef | undefined,
  prefix: string,
): number | undefined {
  const match = ref && new RegExp(`^${prefix}-(\\d+)$`).exec(ref.id);
  return match ? Number(match[1]) : undefined;
}

/** Projects that the configuration names and that the reader does not see: a problem, not a silence. */
function notSeen(
  { organisation, projects }: AzureDevOpsSourceConfig,
  names: string[],
): SourceProblem[] {
  return (projects?.include ?? [])
    .filter(
      wanted =>
        !wanted.includes('*') &&
        !names.some(each => matchesAny(each, [wanted])),
    )
    .map(wanted => ({
      reason: {
        code: 'not-found',
        message: `The project ${wanted} does not exist in ${organisation}, or the reader may not see it.`,
        permission: 'Project and Team (Read) (vso.project)',
        actor: 'platform-team',
        action: `Correct its name in the configuration, or add the reader to the group Readers of ${wanted}.`,
      },
      subject: `project ${wanted}`,
      effect: 'None of its pipelines is read.',
    }));
}

/** Reads YAML, classic build and classic release pipelines of Azure DevOps. */
export class AzureDevOpsPipelineProvider implements PipelineProvider {
  readonly id = PROVIDER_ID;
  readonly title = 'Azure DevOps';
  readonly permissions = requiredPermissions();
  readonly events: ServiceHooks;
  readonly #organisations: Organisations;
  readonly #classifier: ProductionClassifier;
  readonly #sourceHosts: SourceHosts;

  /** Counts the requests to Azure DevOps itself; those to Azure are few and made once a day. */
  observeCalls(observer: (outcome: CallOutcome) => void): void {
    for (const { pacer } of this.#organisations.all) pacer.onCall = observer;
  }

  static create(
    options: AzureDevOpsPipelineProviderOptions,
  ): AzureDevOpsPipelineProvider {
    return new AzureDevOpsPipelineProvider(options);
  }

  private constructor({
    organisations,
    classifier,
    sourceHosts,
  }: AzureDevOpsPipelineProviderOptions) {
    this.#organisations = organisations;
    this.events = new ServiceHooks(
      organisations.all.map(({ config }) => ({
        organisation: config.organisation,
        url: config.urls.core,
      })),
    );
    this.#classifier = classifier;
    this.#sourceHosts = sourceHosts;
  }

  get sources(): PipelineProvider['sources'] {
    return this.#organisations.all.map(({ config }) => ({
      id: config.id,
      title: `Azure DevOps organisation ${config.organisation}`,
      maxScopesAtOnce: config.maxScopesAtOnce,
    }));
  }

  async *discover({
    signal,
  }: {
    logger: LoggerService;
    signal: AbortSignal;
  }): AsyncIterable<DiscoveryEvent> {
    for (const organisation of this.#organisations.all) {
      const { config } = organisation;
      const source = this.#organisations.open(organisation, signal);
      const projects = await source.entries('projects', wire.project, {
        query: { stateFilter: 'wellFormed', $top: '500' },
      });
      if (!projects.known) {
        yield {
          type: 'problem',
          sourceId: config.id,
          problem: {
            reason: projects.reason,
            subject: `organisation ${config.organisation}`,
            effect: OPERATIONS.projects.without,
          },
        };
        yield { type: 'incomplete', sourceId: config.id };
        continue;
      }
      if (projects.value.broken > 0)
        yield { type: 'incomplete', sourceId: config.id };
      const names = projects.value.entries.map(({ name }) => name);
      for (const missing of notSeen(config, names)) {
        yield { type: 'problem', sourceId: config.id, problem: missing };
      }
      for (const name of names) {
        if (this.#included(config, name))
          yield { type: 'scope', scope: scopeOf(config, name) };
      }
    }
  }

  #included({ projects }: AzureDevOpsSourceConfig, name: string): boolean {
    if (projects?.include && !matchesAny(name, projects.include)) return false;
    return !(projects?.exclude && matchesAny(name, projects.exclude));
  }

  async *collect(
    scope: Scope,
    options: CollectOptions,
  ): AsyncIterable<CollectionEvent> {
    const organisation = this.#organisations.find(scope.sourceId);
    if (!organisation) {
      throw new Error(
        `No Azure DevOps source with the id '${scope.sourceId}' is configured`,
      );
    }
    const { config, remembered, azure } = organisation;
    const source = this.#organisations.open(organisation, options.signal);
    const name = scope.id.slice(scope.id.indexOf('/') + 1);
    const project = await this.#project(source, remembered, name);
    if (!project.known)
      throw new Error(
        `${scope.title}: ${project.reason.message} ${project.reason.action}`,
      );
    const collection = new ProjectCollection({
      source,
      config,
      remembered,
      ...(azure && { azure }),
      classifier: this.#classifier,
      broadGroups: broadGroupsOf(config),
      sourceHosts: this.#sourceHosts,
      scope: scope.id,
      project: project.value,
      onlyDefinition: numberIn(options.only, 'build'),
      onlyRelease: numberIn(options.only, 'release'),
      options,
    });
    yield* collection.run();
  }

  async #project(
    source: Source,
    remembered: Remembered,
    name: string,
  ): Promise<Fact<wire.Project>> {
    const projects = await readProjects({ source, remembered });
    if (!projects.known) return projects;
    const found = projects.value.find(
      each => each.name.toLowerCase() === name.toLowerCase(),
    );
    if (found) return known(found);
    return unknown({
      code: 'not-found',
      message: `The project ${name} does not exist, or the reader may not see it.`,
      permission: 'Project and Team (Read) (vso.project)',
      actor: 'platform-team',
      action: 'Add the reader to the group Readers of the project.',
    });
  }
}

function scopeOf(
  { id, organisation }: AzureDevOpsSourceConfig,
  project: string,
): Scope {
  return {
    provider: PROVIDER_ID,
    id: `${organisation}/${project}`,
    sourceId: id,
    title: `Azure DevOps ${organisation}, project ${project}`,
  };
}
