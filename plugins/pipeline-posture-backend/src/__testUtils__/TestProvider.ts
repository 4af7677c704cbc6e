import { PipelineSnapshot } from 'backstage-plugin-pipeline-posture-common';
import {
  CollectionEvent,
  CollectOptions,
  DiscoveryEvent,
  PipelineProvider,
  ProviderEvents,
  RequiredPermission,
  Scope,
  SourceProblem,
} from 'backstage-plugin-pipeline-posture-node';

/** A source whose content a test decides, for what the collector does whatever the cloud. As real ones do, it says that all was read when its run began. */
export class TestProvider implements PipelineProvider {
  id = 'azure-devops';
  title = 'Azure DevOps';
  permissions: RequiredPermission[] = [];
  events?: ProviderEvents;
  sources = [
    { id: 'example', title: 'Azure DevOps example', maxScopesAtOnce: 2 },
  ];
  /** Events of each scope, by scope id. */
  content = new Map<string, CollectionEvent[]>();
  /** Called before each event; may wait or throw. */
  before: (
    scope: Scope,
    event: CollectionEvent | 'end',
    signal: AbortSignal,
  ) => Promise<void> | void = () => {};
  discoveryIsComplete = true;
  discoveryProblems: SourceProblem[] = [];
  collected: string[] = [];

  async *discover(): AsyncGenerator<DiscoveryEvent> {
    for (const id of this.content.keys()) {
      yield {
        type: 'scope',
        scope: {
          provider: this.id,
          id,
          sourceId: 'example',
          title: `project ${id}`,
        },
      };
    }
    for (const problem of this.discoveryProblems)
      yield { type: 'problem', sourceId: 'example', problem };
    if (!this.discoveryIsComplete)
      yield { type: 'incomplete', sourceId: 'example' };
  }

  async *collect(
    scope: Scope,
    { only, signal, now }: CollectOptions,
  ): AsyncGenerator<CollectionEvent> {
    this.collected.push(scope.id);
    const collectedAt = now.toISOString();
    for (const event of this.content.get(scope.id) ?? []) {
      if (
        only &&
        (event.type !== 'snapshot' || event.snapshot.ref.id !== only.id)
      )
        continue;
      await this.before(scope, event, signal);
      yield event.type === 'snapshot'
        ? { ...event, snapshot: { ...event.snapshot, collectedAt } }
        : event;
    }
    await this.before(scope, 'end', signal);
  }

  /** Sets the pipelines of a scope. */
  has(scopeId: string, ...snapshots: PipelineSnapshot[]): this {
    this.content.set(
      scopeId,
      snapshots.map(snapshot => ({
        type: 'snapshot',
        snapshot: {
          ...snapshot,
          ref: { ...snapshot.ref, provider: this.id, scope: scopeId },
        },
      })),
    );
    return this;
  }
}
