import {
  Finding,
  FindingInstance,
  PipelineSnapshot,
  ResultStatus,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { Control, Verdict } from './types';
import { cannotTell } from './verdicts';

const WORST_FIRST: ResultStatus[] = [
  'fail',
  'unknown',
  'pass',
  'not-applicable',
];

function missingFact(
  control: Control,
  snapshot: PipelineSnapshot,
): UnknownReason | undefined {
  for (const name of control.needs) {
    const fact = snapshot[name];
    if (!fact.known) return fact.reason;
  }
  for (const name of control.needsOfProvider) {
    const fact = snapshot.provider[name];
    if (!fact) {
      return {
        code: 'not-supported',
        message: `The reader of this pipeline does not give the fact "${name}".`,
        actor: 'platform-team',
        action:
          'Install matching versions of the backend plugin and its modules.',
      };
    }
    if (!fact.known) return fact.reason;
  }
  return undefined;
}

function verdictOf(control: Control, snapshot: PipelineSnapshot): Verdict {
  const reason = missingFact(control, snapshot);
  if (reason) return [cannotTell(snapshot.name, control.title, reason)];
  const facts: Parameters<Control['evaluate']>[0] = { provider: {} };
  for (const name of control.needs) {
    const fact = snapshot[name];
    if (fact.known) facts[name] = fact.value;
  }
  for (const name of control.needsOfProvider) {
    const fact = snapshot.provider[name];
    if (fact?.known) facts.provider[name] = fact.value;
  }
  const { ref, name, url, kind, collectedAt, enabled } = snapshot;
  return control.evaluate(facts, {
    pipeline: { ref, name, url, kind, collectedAt, enabled },
  });
}

/**
 * The worst of several results: one known failure is a failure even if others are unknown; a pass needs every instance known.
 *
 * @public
 */
export function worstStatus(
  instances: readonly FindingInstance[],
): ResultStatus {
  const found = WORST_FIRST.find(status =>
    instances.some(instance => instance.status === status),
  );
  if (!found) throw new Error('A verdict needs at least one instance');
  return found;
}

/**
 * Evaluates one control on one pipeline.
 *
 * A control that throws, or that answers nothing, is a defect of the control: the result is unknown, never a pass.
 *
 * @returns undefined if the control does not exist for this provider
 * @public
 */
export function evaluateControl(
  control: Control,
  snapshot: PipelineSnapshot,
): Finding | undefined {
  if (!control.remediation[snapshot.ref.provider]) return undefined;
  let verdict: Verdict;
  try {
    verdict = verdictOf(control, snapshot);
    if (Array.isArray(verdict)) worstStatus(verdict);
  } catch (error) {
    verdict = [
      cannotTell(snapshot.name, control.title, {
        code: 'malformed',
        message: `This control could not be evaluated: ${
          error instanceof Error ? error.name : 'unexpected value'
        }.`,
        actor: 'platform-team',
        action:
          'Report it to the maintainers of Pipeline Posture with the name of the control.',
      }),
    ];
  }
  const instances: FindingInstance[] = Array.isArray(verdict)
    ? [...verdict].sort(
        (a, b) => WORST_FIRST.indexOf(a.status) - WORST_FIRST.indexOf(b.status),
      )
    : [
        {
          status: 'not-applicable',
          subject: snapshot.name,
          observed: verdict.notApplicable,
          expected: control.title,
          evidence: [],
        },
      ];
  return {
    controlId: control.id,
    title: control.title,
    dimension: control.dimension,
    severity: control.severity,
    lifecycle: control.lifecycle,
    status: worstStatus(instances),
    instances,
    actor: instances[0].actor ?? control.actor,
  };
}

/**
 * Evaluates all controls that exist for the pipeline's provider, in the order of the list.
 *
 * @public
 */
export function evaluateControls(
  controls: readonly Control[],
  snapshot: PipelineSnapshot,
): Finding[] {
  return controls.flatMap(control => evaluateControl(control, snapshot) ?? []);
}
