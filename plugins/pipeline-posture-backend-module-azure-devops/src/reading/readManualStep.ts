import { bareTaskName } from '../tasks/catalogue';
import { booleanOf, MappingNode } from '../yaml/nodes';
import { neutralised } from './settings';
import { inputsOf } from './taskInputs';
import { StepReading } from './types';

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
      approvers: (input('approvers') ?? '')
        .split(/[\n,;]/)
        .map(each => each.trim())
        .filter(Boolean),
      requesterCanApprove:
        booleanOf(input('allowapproverstoapprovetheirownruns')) !== false,
      resumes: !/^(reject)?$/i.test((input('ontimeout') ?? '').trim()),
      ...(because && { neutralised: because }),
    },
  };
}
