import { setTimeout as pause } from 'node:timers/promises';
import {
  CollectionEvent,
  CollectOptions,
  DiscoveryEvent,
  PipelineProvider,
  Scope,
} from 'backstage-plugin-pipeline-posture-node';
import { LOST_ACCOUNT, NO_ROLES_PROBLEM, pipelinesAt, SCOPES } from './fleet';
import { World } from './World';

const isAccount = (scope: string) => /^\d+$/.test(scope);

/** A source that says what the fleet is at the moment, in place of a cloud. */
export class SeededProvider implements PipelineProvider {
  readonly permissions = [];
  readonly sources;
  readonly #world: World;

  constructor(
    readonly id: 'azure-devops' | 'aws-codepipeline',
    readonly title: string,
    world: World,
  ) {
    this.#world = world;
    this.sources = [{ id, title: `${title} contoso`, maxScopesAtOnce: 4 }];
  }

  async *discover(): AsyncGenerator<DiscoveryEvent> {
    const aws = this.id === 'aws-codepipeline';
    for (const id of SCOPES.filter(scope => isAccount(scope) === aws)) {
      yield {
        type: 'scope',
        scope: {
          provider: this.id,
          id,
          sourceId: this.id,
          title: aws
            ? `AWS ${id} eu-west-1`
            : `Azure DevOps contoso, project ${id}`,
        },
      };
    }
  }

  async *collect(
    scope: Scope,
    { now, only, signal }: CollectOptions,
  ): AsyncGenerator<CollectionEvent> {
    const world = this.#world;
    if (scope.id === LOST_ACCOUNT && world.isLost(now)) {
      throw new Error(
        'AccessDenied: the role PipelinePostureReader may not be assumed (sts:AssumeRole). Request id 7c1e2b1a.',
      );
    }
    const snapshots = pipelinesAt(scope.id, now, world.today).filter(
      ({ ref }) => !only || ref.id === only.id,
    );
    yield { type: 'progress', done: 0, total: snapshots.length };
    for (const [i, snapshot] of snapshots.entries()) {
      signal.throwIfAborted();
      if (world.pauseMs > 0) await pause(world.pauseMs);
      yield { type: 'snapshot', snapshot: world.change(snapshot) };
      yield { type: 'progress', done: i + 1, total: snapshots.length };
    }
    if (scope.id === NO_ROLES_PROBLEM.scope) {
      yield { type: 'problem', problem: NO_ROLES_PROBLEM.problem };
    }
  }
}
