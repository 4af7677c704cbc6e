import {
  ProblemView,
  ScopeView,
  SourceHealth,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';

/** What one missing thing does, over all sources. */
export interface Trouble {
  key: string;
  reason: UnknownReason;
  /** Effects in words, each once. */
  effects: string[];
  subjects: string[];
  /** Titles of the scopes. */
  scopes: string[];
}

const unique = (texts: readonly string[]) => [...new Set(texts)].sort();

const keyOf = ({ reason }: ProblemView) =>
  [reason.code, reason.permission, reason.action].join('|');

/** Problems of the last runs, those with the same remedy as one; the widest first. */
export function troublesOf(
  scopes: readonly ScopeView[],
  sources: readonly SourceHealth[] = [],
): Trouble[] {
  const found = [
    ...scopes.flatMap(scope =>
      ((scope.lastFinishedRun ?? scope.lastRun)?.problems ?? []).map(
        problem => ({ problem, scope }),
      ),
    ),
    ...sources.flatMap(source =>
      source.problems.map(problem => ({ problem, scope: source })),
    ),
  ];
  const keys = unique(found.map(({ problem }) => keyOf(problem)));
  return keys
    .map((key): Trouble => {
      const same = found.filter(({ problem }) => keyOf(problem) === key);
      return {
        key,
        reason: same[0].problem.reason,
        effects: unique(same.map(({ problem }) => problem.effect)),
        subjects: unique(same.map(({ problem }) => problem.subject)),
        scopes: unique(same.map(({ scope }) => scope.title)),
      };
    })
    .sort((a, b) => b.subjects.length - a.subjects.length);
}
