import {
  AuditTrail,
  chainFact,
  Fact,
  known,
  mapFact,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { ScopeReadings } from '../collect/readings';
import { actionFailed, buildFinished, runFailed } from '../events/sampleEvents';
import { projectOf, runsProject } from './actions';
import { eventSubject, matchesQuietly } from './alerts';
import { commandListOf, emitsProvenance } from './buildCommandList';
import { roleArnsOf } from './roleArns';
import { actionsOf, PipelineModel } from './pipelineModel';

function changesRecorded({ trails }: ScopeReadings): Fact<boolean> {
  if (!trails.known) return trails;
  const recording = trails.value.find(
    trail => trail.logging && trail.coversRegion && trail.recordsChanges,
  );
  return known(Boolean(recording), {
    source: 'cloudtrail:DescribeTrails',
    observed: recording
      ? `trail ${recording.name}${
          recording.validatesFiles ? '' : ' (without log file validation)'
        }`
      : 'no trail records management events of this region',
  });
}

/** Whether some enabled rule with a target takes the state changes of builds or runs. */
function stateIsTaken(
  model: PipelineModel,
  readings: ScopeReadings,
): Fact<boolean> {
  const { eventRules, eventTargets } = readings;
  if (!eventRules.known) return eventRules;
  const subject = eventSubject(model, readings);
  const samples = [
    buildFinished(subject),
    runFailed(subject),
    actionFailed(subject),
  ];
  for (const { pattern, enabled, name } of eventRules.value) {
    if (!enabled || !pattern) continue;
    if (!samples.some(event => matchesQuietly(pattern, event))) continue;
    const targets = eventTargets.get(name);
    if (targets && !targets.known) return targets;
    if (targets && targets.value.length > 0) return known(true);
  }
  return known(false);
}

/**
 * Logs are on, somebody takes the state changes, and something makes a bill of
 * materials or signs. Commands that could not be read leave the last part open.
 */
function buildStateEmitted(
  model: PipelineModel,
  readings: ScopeReadings,
): Fact<boolean> {
  const says = (value: boolean, observed: string) =>
    known(value, { source: 'codebuild:BatchGetProjects', observed });
  let provenance = false;
  let unread: UnknownReason | undefined;
  for (const { action } of actionsOf(model)) {
    if (action.provider === 'InspectorScan') provenance = true;
    const own = action.commands.map(script => ({ script }));
    if (emitsProvenance({ commands: own, ending: 'last command' }))
      provenance = true;
    if (!runsProject(action)) continue;
    const project = projectOf(action, readings);
    if (!project) continue;
    if (!project.known) return project;
    const { logs, name } = project.value;
    if (!logs.cloudWatch && !logs.s3)
      return says(false, `build project ${name} keeps no logs`);
    const commands = commandListOf(
      action,
      project.value,
      model.definition,
      readings,
    );
    if (!commands.known) unread ??= commands.reason;
    else if (emitsProvenance(commands.value)) provenance = true;
  }
  const taken = stateIsTaken(model, readings);
  if (!taken.known) return taken;
  if (!taken.value)
    return says(
      false,
      'no EventBridge rule with a target takes the states of builds or runs',
    );
  if (provenance)
    return says(
      true,
      'logs, state events and a bill of materials or signature',
    );
  return unread
    ? unknown({
        ...unread,
        message: `Whether a bill of materials or a signature is made stands in commands that could not be read. ${unread.message}`,
      })
    : says(false, 'nothing makes a bill of materials or signs what is built');
}

function permissionsReviewed(
  model: PipelineModel,
  { accessReview }: ScopeReadings,
): Fact<boolean> {
  const unread = actionsOf(model).find(({ roles }) => !roles.known)?.roles;
  return chainFact(accessReview, ({ analyzers, unused }) => {
    const says = (value: boolean, observed: string) =>
      known(value, { source: 'access-analyzer:ListFindingsV2', observed });
    if (analyzers.length === 0)
      return says(false, 'no analyzer of unused access is active');
    const roles = roleArnsOf(model);
    const own = unused.filter(({ roleArn }) => roles.has(roleArn));
    if (own.length > 0) {
      const names = new Set(own.map(({ roleArn }) => roleArn.split('/').pop()));
      return says(
        false,
        `analyzer ${analyzers.join(', ')} finds unused rights of ${[
          ...names,
        ].join(', ')}`,
      );
    }
    // What a role that is not known does not use is not known either.
    if (unread && !unread.known) return unread;
    return says(
      true,
      `analyzer ${analyzers.join(', ')} finds no unused right of its roles`,
    );
  });
}

/** What is recorded of a pipeline, and whether anything reviews it. */
export function auditOf(
  model: PipelineModel,
  readings: ScopeReadings,
): Fact<AuditTrail> {
  const { name } = model.definition;
  const lastRun = readings.lastRuns.get(name);
  return known({
    changesRecorded: changesRecorded(readings),
    buildStateEmitted: buildStateEmitted(model, readings),
    lastRunAt: lastRun
      ? mapFact(lastRun, value => value)
      : unknown({
          code: 'not-supported',
          message: `The runs of ${name} have not been read yet: a few pipelines are read in each run.`,
          call: 'codepipeline:ListPipelineExecutions',
          actor: 'platform-team',
          action: 'Nothing: one of the next runs reads them.',
        }),
    permissionsReviewed: permissionsReviewed(model, readings),
  });
}
