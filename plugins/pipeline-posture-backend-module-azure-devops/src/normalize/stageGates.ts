import {
  allFacts,
  Fact,
  Gate,
  known,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';
import { StageReading } from '../reading/types';
import { APPROVAL, bareConnection, Check, TEMPLATE } from './bareConnection';
import { interventionGates } from './interventionGates';
import { isManual, manualGates, outsideTemplate } from './manualGates';
import { PipelineDraft } from './PipelineDraft';
import { Resources } from './Resources';
import { ConnectionFact, reasonOfGap, undecided } from './names';
import { environmentsOf } from './targets';
import { mayDeploy } from './units';

/** Steps of the pipeline that wait for a person. */
function gatesAmongSteps(
  stage: StageReading,
  draft: PipelineDraft,
  resources: Resources,
): Gate[] {
  if (!draft.code.known) return [];
  if (draft.kind === 'azure-classic-release')
    return interventionGates(stage, draft, resources);
  const { stages, extended } = draft.code.value;
  return manualGates(
    stage,
    stages,
    draft.url,
    resources.state.broadGroups,
    job => mayDeploy(job, resources),
    extended !== undefined,
  );
}

/** A gate with what makes it none, if that is so or not known. */
const goneAround = (gate: Gate, how: Fact<boolean> | undefined): Gate =>
  how && !(gate.canBeSkipped.known && gate.canBeSkipped.value)
    ? { ...gate, canBeSkipped: how }
    : gate;

/**
 * Tells of gates that hold up whoever uses the environment, or runs this very
 * code, whether somebody gets past them with the connection alone.
 */
function tellWhatIsGoneAround(
  gates: Gate[],
  bare: (check: Check) => Fact<boolean> | undefined,
): Gate[] {
  const approval = bare(APPROVAL);
  const template = bare(TEMPLATE);
  const isRequired = gates.some(
    ({ kind, effective }) => kind === 'required-template' && effective,
  );
  return gates.map(gate => {
    // One connection without it is enough, wherever else it is required.
    if (gate.kind === 'required-template') return goneAround(gate, template);
    if (isManual(gate)) {
      const inside = isRequired
        ? goneAround(gate, template)
        : outsideTemplate(gate);
      return goneAround(inside, approval);
    }
    return gate.kind === 'approval' && gate.on.startsWith('environment ')
      ? goneAround(gate, approval)
      : gate;
  });
}

/** Checks of everything that the stage uses must pass before it runs. */
export function gatesOf(
  stage: StageReading,
  draft: PipelineDraft,
  environments: ReturnType<typeof environmentsOf>,
  connections: ConnectionFact[],
  resources: Resources,
): Fact<Gate[]> {
  const facts: Array<Fact<Gate[]>> = [
    known([
      ...(draft.ownGates.get(stage.id) ?? []),
      ...gatesAmongSteps(stage, draft, resources),
    ]),
  ];
  if (draft.kind === 'azure-yaml') {
    for (const use of environments.unresolved)
      facts.push(unknown(undecided('environment', use)));
    for (const name of environments.names) {
      const found = resources.environment(name);
      facts.push(
        found.known
          ? resources.gates(
              { type: 'environment', id: String(found.value.id) },
              `environment ${name}`,
              resources.environmentUrl(found.value),
            )
          : found,
      );
    }
    for (const found of connections) {
      facts.push(
        found.known
          ? resources.gates(
              { type: 'endpoint', id: found.value.id },
              `service connection ${found.value.name}`,
              resources.connectionUrl(found.value),
            )
          : found,
      );
    }
    const [gap] = stage.gaps;
    if (gap) facts.push(unknown(reasonOfGap(gap)));
  }
  const all = allFacts(facts);
  if (!all.known) return all;
  const gates = new Map(
    all.value.flat().map(gate => [`${gate.on}/${gate.id}`, gate]),
  );
  return known(
    tellWhatIsGoneAround([...gates.values()], check =>
      bareConnection(
        connections,
        resources,
        stage.jobs.flatMap(job => job.gaps),
        check,
      ),
    ),
    all.evidence,
  );
}
