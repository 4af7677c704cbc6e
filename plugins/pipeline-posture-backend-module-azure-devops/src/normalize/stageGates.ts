import {
  allFacts,
  Fact,
  Gate,
  known,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';
import { Gap, StageReading } from '../reading/types';
import { purposesOf } from './connections';
import { interventionGates } from './interventionGates';
import { isManual, manualGates, withoutTemplate } from './manualGates';
import { PipelineDraft } from './PipelineDraft';
import { Resources } from './Resources';
import { ConnectionFact, reasonOfGap, undecided } from './names';
import { environmentsOf } from './targets';
import { mayDeploy } from './units';

/**
 * Checks of an environment do not protect the connection: whoever names the
 * connection in another stage goes around them, unless it has checks of its own.
 */
function bareConnection(
  connections: ConnectionFact[],
  resources: Resources,
  gaps: readonly Gap[],
): Fact<boolean> | undefined {
  for (const each of connections) {
    if (!each.known || !purposesOf(each.value).includes('deploy')) continue;
    const { id, name } = each.value;
    const url = resources.connectionUrl(each.value);
    const checks = resources.gates({ type: 'endpoint', id }, name, url);
    if (!checks.known) return checks;
    const guarded = checks.value.some(
      ({ kind, effective }) =>
        effective &&
        ['approval', 'branch-control', 'required-template'].includes(kind),
    );
    if (guarded) continue;
    return known(true, {
      source: 'POST {project}/_apis/pipelines/checks/queryconfigurations',
      observed: `the service connection ${name} has no check of its own, so another stage can use it without this approval`,
      url,
    });
  }
  // A step that is not known may use a connection that nothing guards.
  const [gap] = gaps;
  return gap && unknown(reasonOfGap(gap));
}

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
  const bare = bareConnection(
    connections,
    resources,
    stage.jobs.flatMap(job => job.gaps),
  );
  const templateRequired = [...gates.values()].some(
    ({ kind, effective }) => kind === 'required-template' && effective,
  );
  return known(
    [...gates.values()].map(each => {
      const gate = templateRequired ? each : withoutTemplate(each);
      return bare &&
        gate.kind === 'approval' &&
        (gate.on.startsWith('environment ') || isManual(gate)) &&
        !(gate.canBeSkipped.known && gate.canBeSkipped.value)
        ? { ...gate, canBeSkipped: bare }
        : gate;
    }),
    all.evidence,
  );
}
