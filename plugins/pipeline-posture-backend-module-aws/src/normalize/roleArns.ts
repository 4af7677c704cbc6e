import { Identity } from 'backstage-plugin-pipeline-posture-common';
import { PipelineModel, actionsOf } from './pipelineModel';

type Purpose = Identity['purposes'][number];

/** The roles of a pipeline, with what each is used for. */
export function roleArnsOf(model: PipelineModel): Map<string, Set<Purpose>> {
  const roles = new Map<string, Set<Purpose>>();
  const note = (arn: string, purpose: Purpose) =>
    roles.set(arn, (roles.get(arn) ?? new Set()).add(purpose));
  note(model.definition.roleArn, 'orchestrate');
  for (const action of actionsOf(model)) {
    if (!action.roles.known) continue;
    for (const { arn, purpose } of action.roles.value) note(arn, purpose);
  }
  for (const { stage } of model.stages) {
    const conditions = [
      ...stage.beforeEntry,
      ...stage.onSuccess,
      ...stage.onFailure,
    ];
    for (const { rules } of conditions) {
      for (const { roleArn } of rules)
        if (roleArn) note(roleArn, 'orchestrate');
    }
  }
  return roles;
}
