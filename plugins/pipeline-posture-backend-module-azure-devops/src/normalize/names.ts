import {
  Fact,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { ServiceConnection } from '../client/wire';
import { ConnectionUse, Gap, JobReading, NamedUse } from '../reading/types';
import { Resources } from './Resources';

/** A connection that a job uses, or why it is not known which. */
export type ConnectionFact = Fact<ServiceConnection>;

/** Why something in the code of a pipeline is not known. */
export function reasonOfGap({ because, code, location }: Gap): UnknownReason {
  const place = location
    ? ` (${location.repository}, ${location.file}, line ${location.line ?? 1})`
    : '';
  const ours =
    code === 'permission-missing' ||
    code === 'throttled' ||
    code === 'source-unreachable';
  return {
    code,
    message: `Part of the pipeline's code is not known: ${because}${place}.`,
    actor: ours ? 'platform-team' : 'service-owner',
    action: ours
      ? 'Give the reader the permission Code (Read) on the repository, or wait for the next run.'
      : 'Write this part so that it is decided before the pipeline runs, or review it by hand.',
  };
}

export const undecided = (what: string, use: NamedUse): UnknownReason => ({
  code: 'unresolved',
  message: `Which ${what} "${use.name}" means is only known when the pipeline runs.`,
  actor: 'service-owner',
  action: `Name the ${what} in the pipeline's code, or limit the parameter to a list of values.`,
});

/** All names that a use may come to. */
export function namesOf(use: NamedUse): string[] | undefined {
  if (use.alternatives && use.alternatives.length > 0) return use.alternatives;
  return use.undecided ? undefined : [use.name];
}

/** The connections that a use may come to. */
export function connectionsOfUse(
  use: ConnectionUse,
  resources: Resources,
): ConnectionFact[] {
  const names = namesOf(use);
  if (!names)
    return use.certain ? [unknown(undecided('service connection', use))] : [];
  return names
    .filter(name => use.certain || resources.hasConnection(name))
    .map(name => resources.connection(name));
}

/** The connections that a job names. */
export const connectionsOf = (
  job: JobReading,
  resources: Resources,
): ConnectionFact[] =>
  job.steps.flatMap(step =>
    step.connections.flatMap(use => connectionsOfUse(use, resources)),
  );
