import { bareTaskName } from '../tasks/catalogue';
import { booleanOf, MappingNode } from '../yaml/nodes';
import { CodeReader } from './CodeReader';
import { neutralised } from './settings';
import { InputOf, inputsOf } from './taskInputs';
import { StepReading } from './types';

const namesIn = (text: string) =>
  text
    .split(/[\n,;]/)
    .map(each => each.trim())
    .filter(Boolean);

/** What a task does when nobody answers: `reject` unless it says otherwise. */
const resumesAlone = (input: InputOf) =>
  !/^(reject)?$/i.test((input('ontimeout') ?? '').trim());

/**
 * A task of a release that waits for a person. It names nobody who must answer:
 * those in `emailRecipients` are only told, and whoever may manage the
 * deployments of the stage resumes it.
 * https://learn.microsoft.com/azure/devops/pipelines/tasks/reference/manual-intervention-v8
 *
 * @param because - what keeps the task from stopping anything
 */
export function readIntervention(
  type: string,
  input: InputOf,
  because: string | undefined,
): Pick<StepReading, 'manual'> {
  if (!/^ManualIntervention$/i.test(bareTaskName(type))) return {};
  return {
    manual: {
      approvers: [],
      // Starting a deployment by hand needs the same permission.
      requesterCanApprove: true,
      resumes: resumesAlone(input),
      ...(because && { neutralised: because }),
    },
  };
}

/** A task that waits for a person, with its documented defaults. */
export function readManualStep(
  step: MappingNode,
  task: string,
): Pick<StepReading, 'manual'> {
  if (!/^ManualValidation$/i.test(bareTaskName(task))) return {};
  const input = inputsOf(step);
  const because = neutralised(step);
  return {
    manual: {
      approvers: namesIn(input('approvers') ?? ''),
      requesterCanApprove:
        booleanOf(input('allowapproverstoapprovetheirownruns')) !== false,
      resumes: resumesAlone(input),
      ...(because && { neutralised: because }),
    },
  };
}

/** Puts what the code declares in place of variables that stand for approvers. */
export function withDeclaredApprovers(
  step: StepReading,
  { file, line }: MappingNode,
  reader: CodeReader,
): StepReading {
  const { manual } = step;
  if (!manual) return step;
  const approvers = manual.approvers.flatMap(value =>
    namesIn(reader.use({ kind: 'scalar', value, file, line }).name),
  );
  return { ...step, manual: { ...manual, approvers } };
}
