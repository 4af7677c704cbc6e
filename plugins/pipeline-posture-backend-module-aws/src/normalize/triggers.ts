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

/** Whether a filter on people or branches lets only named ones through: anchored, and not excluding. */
function isAnchored({ pattern }: { pattern: string }): boolean {
  return (
    pattern
      .split('|')
      .every(part =>
        /^\^.*\$$/.test(part.replace(/^\(+/, '').replace(/\)+$/, '')),
      ) || /^\^\(.*\)\$$/.test(pattern)
  );
}

const PULL_REQUEST_EVENT = /PULL_REQUEST/;

function webhookRuns(project: BuildProject): UntrustedRuns {
  const groups = project.webhook?.filterGroups ?? [];
  const needsComment = !/^(DISABLED|)$/.test(
    project.webhook?.commentApproval ?? '',
  );
  const isOpen = (group: (typeof groups)[number]) => {
    const events = group.find(({ type }) => type === 'EVENT');
    const takesRequests = !events || PULL_REQUEST_EVENT.test(events.pattern);
    const actors = group.filter(
      ({ type, exclude }) => type === 'ACTOR_ACCOUNT_ID' && !exclude,
    );
    return takesRequests && (actors.length === 0 || !actors.every(isAnchored));
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
        } builds pull requests of people whom no anchored filter names, with the role and the secrets of the project${
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
