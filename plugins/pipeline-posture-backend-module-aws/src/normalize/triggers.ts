import {
  Fact,
  known,
  Trigger,
  UntrustedRuns,
} from 'backstage-plugin-pipeline-posture-common';
import {
  ActionDefinition,
  BuildProject,
  PatternFilter,
} from '../collect/definition';
import { ScopeReadings } from '../collect/readings';
import { projectOf } from './actions';
import { actionsOf, PipelineModel } from './pipelineModel';

const TRUSTED: UntrustedRuns = {
  possible: false,
  getsSecrets: false,
  getsFullToken: false,
  needsComment: false,
  description: 'Only code that is in the repository starts it.',
};

const branchesOf = (filter: PatternFilter | undefined) => ({
  branches: [...(filter?.includes ?? [])],
  excludedBranches: [...(filter?.excludes ?? [])],
});

/** Patterns of tags, told apart from branches. */
const tagged = ({ includes, excludes }: PatternFilter): PatternFilter => ({
  includes: includes.map(pattern => `tags/${pattern}`),
  excludes: excludes.map(pattern => `tags/${pattern}`),
});

/** Pull requests that start a V2 pipeline run with everything that the pipeline has. */
const PULL_REQUEST: UntrustedRuns = {
  possible: true,
  getsSecrets: true,
  getsFullToken: true,
  needsComment: false,
  description:
    'Pull requests start the pipeline with all of its roles before anybody has reviewed them.',
};

function gitTriggers(model: PipelineModel): Trigger[] {
  return model.definition.triggers.flatMap(({ push, pullRequest }) => [
    ...push.map(({ branches, tags }) => ({
      kind: 'push' as const,
      ...branchesOf(branches ?? (tags && tagged(tags))),
      untrusted: known(TRUSTED, {
        source: 'codepipeline:GetPipeline',
        field: 'triggers[].gitConfiguration.push',
      }),
    })),
    ...pullRequest.map(({ branches }) => ({
      kind: 'pull-request' as const,
      ...branchesOf(branches),
      untrusted: known(PULL_REQUEST, {
        source: 'codepipeline:GetPipeline',
        field: 'triggers[].gitConfiguration.pullRequest',
      }),
    })),
  ]);
}

/** Change detection is on unless it is switched off, and not in use where triggers are declared. */
function detectsChanges({
  configuration,
  provider,
}: ActionDefinition): boolean {
  const off = (value: string | undefined) => value?.toLowerCase() === 'false';
  return provider === 'CodeStarSourceConnection'
    ? !off(configuration.DetectChanges)
    : !off(configuration.PollForSourceChanges) ||
        provider === 'CodeCommit' ||
        provider === 'GitHub';
}

function sourceTriggers(model: PipelineModel): Trigger[] {
  if (model.definition.triggers.length > 0) return [];
  return actionsOf(model)
    .filter(
      ({ action }) => action.category === 'Source' && detectsChanges(action),
    )
    .map(({ action }) => {
      const branch =
        action.configuration.BranchName ?? action.configuration.Branch;
      return {
        kind: 'push' as const,
        branches: branch ? [branch] : [],
        excludedBranches: [],
        untrusted: known(TRUSTED, { source: 'codepipeline:GetPipeline' }),
      };
    });
}

const NAME = '(?:[\\w{}:-]|\\\\[{}.-])+';
const ONE = `\\(*${NAME}\\)*`;
const ONE_OF_NAMES = new RegExp(`^\\^\\((\\?:)?${ONE}(\\|${ONE})*\\)\\$$`);
const EACH = `\\(*\\^${ONE}\\$\\)*`;
const EACH_NAME = new RegExp(`^${EACH}(\\|${EACH})*$`);

/** Whether the parenthesis after the anchor ends before the last one: `^(12)|(34)$` anchors each name on one side only. */
function isOneGroup(pattern: string): boolean {
  let depth = 0;
  const inside = pattern.slice(1, -1);
  return [...inside].every((char, i) => {
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    return depth > 0 || i === inside.length - 1;
  });
}

/** Whether a filter on people lets only those through whom it names in full: `^123$|^456$`, `^(123|456)$`. */
const namesPeople = ({ pattern }: { pattern: string }): boolean =>
  (ONE_OF_NAMES.test(pattern) && isOneGroup(pattern)) ||
  EACH_NAME.test(pattern);

/** Events of pull requests run code that nobody may have reviewed, but for the one after the merge. */
const UNREVIEWED = [
  'PULL_REQUEST_CREATED',
  'PULL_REQUEST_UPDATED',
  'PULL_REQUEST_REOPENED',
  'PULL_REQUEST_CLOSED',
];

/** Whether a filter on events lets such code through. Without one, every event does. */
function takesRequests(events: { pattern: string; exclude: boolean }): boolean {
  const named = events.pattern.split(',').map(event => event.trim());
  return events.exclude
    ? UNREVIEWED.some(event => !named.includes(event))
    : named.some(
        event =>
          event.includes('PULL_REQUEST') && event !== 'PULL_REQUEST_MERGED',
      );
}

function webhookRuns(project: BuildProject): UntrustedRuns {
  const groups = project.webhook?.filterGroups ?? [];
  const needsComment = !/^(DISABLED|)$/.test(
    project.webhook?.commentApproval ?? '',
  );
  const isOpen = (group: (typeof groups)[number]) => {
    // Every filter of a group has to let an event through.
    const runs = group
      .filter(({ type }) => type === 'EVENT')
      .every(takesRequests);
    const actors = group.filter(
      ({ type, exclude }) => type === 'ACTOR_ACCOUNT_ID' && !exclude,
    );
    return runs && !actors.some(namesPeople);
  };
  const possible = groups.length === 0 || groups.some(isOpen);
  return {
    possible,
    getsSecrets: possible,
    getsFullToken: possible,
    needsComment,
    description: possible
      ? `The webhook of build project ${
          project.name
        } builds pull requests of people whom no filter names in full, with the role and the secrets of the project${
          needsComment ? ', after the comment of a maintainer' : ''
        }.`
      : `The webhook of build project ${project.name} takes pull requests of named people only, or none.`,
  };
}

/** What starts a pipeline, and what starts its build projects around it. */
export function triggersOf(
  model: PipelineModel,
  readings: ScopeReadings,
): Fact<Trigger[]> {
  const triggers = [...gitTriggers(model), ...sourceTriggers(model)];
  for (const { action } of actionsOf(model)) {
    const project = projectOf(action, readings);
    if (!project) continue;
    if (!project.known) {
      // What is already known to be open stays so, whatever else there is.
      const isOpen = triggers.some(
        ({ untrusted }) => untrusted.known && untrusted.value.possible,
      );
      if (isOpen) continue;
      return project;
    }
    if (!project.value.webhook) continue;
    triggers.push({
      kind: 'webhook',
      branches: [],
      excludedBranches: [],
      untrusted: known(webhookRuns(project.value), project.evidence),
    });
  }
  return known(triggers, { source: 'codepipeline:GetPipeline' });
}
