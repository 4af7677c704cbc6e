import {
  Fact,
  Gate,
  known,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';
import { Gap } from '../reading/types';
import { purposesOf } from './connections';
import { ConnectionFact, reasonOfGap } from './names';
import { Resources } from './Resources';

/** A check of an environment that is gone around without the same on the connection. */
export interface Check {
  /** Kinds of checks of the connection that take its place. */
  guards: Array<Gate['kind']>;
  /** What a connection without them can be used without. */
  without: string;
}

export const APPROVAL: Check = {
  guards: ['approval', 'branch-control', 'required-template'],
  without:
    'has no check of its own, so another stage can use it without this approval',
};

/** Whoever approves does not see what runs: nothing else takes the place of a template. */
export const TEMPLATE: Check = {
  guards: ['required-template'],
  without:
    'requires no template itself, so another stage can use it without this one',
};

/**
 * Checks of an environment do not protect the connection: whoever names the
 * connection in another stage goes around them, unless it has checks of its own.
 * Set if that is so, or not known.
 */
export function bareConnection(
  connections: ConnectionFact[],
  resources: Resources,
  gaps: readonly Gap[],
  { guards, without }: Check,
): Fact<boolean> | undefined {
  let unread: Fact<boolean> | undefined;
  for (const each of connections) {
    if (!each.known || !purposesOf(each.value).includes('deploy')) continue;
    const { id, name } = each.value;
    const url = resources.connectionUrl(each.value);
    const checks = resources.gates({ type: 'endpoint', id }, name, url);
    if (!checks.known) {
      unread ??= checks;
      continue;
    }
    if (checks.value.some(gate => gate.effective && guards.includes(gate.kind)))
      continue;
    return known(true, {
      source: 'POST {project}/_apis/pipelines/checks/queryconfigurations',
      observed: `the service connection ${name} ${without}`,
      url,
    });
  }
  // A step that is not known may use a connection that nothing guards.
  const [gap] = gaps;
  return unread ?? (gap && unknown(reasonOfGap(gap)));
}
