import { bareTaskName } from '../tasks/catalogue';
import { booleanOf, MappingNode } from '../yaml/nodes';
import { CodeReader } from './CodeReader';
import { neutralised } from './settings';
import { inputsOf } from './taskInputs';
import { StepReading } from './types';

const namesIn = (text: string) =>
  text
    .split(/[\n,;]/)
    .map(each => each.trim())
    .filter(Boolean);

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
      resumes: !/^(reject)?$/i.test((input('ontimeout') ?? '').trim()),
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
