import {
  Fact,
  known,
  Stage,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { ProductionClassifier } from 'backstage-plugin-pipeline-posture-node';
import { ServiceConnection } from '../client/wire';
import { CodeReading, Gap, NamedUse, StageReading } from '../reading/types';
import { purposesOf } from './connections';
import { PipelineDraft } from './PipelineDraft';
import { Resources } from './Resources';
import { ConnectionFact, connectionsOfUse, reasonOfGap } from './names';
import { gatesOf } from './stageGates';
import { environmentsOf, targetsOf, tierOf } from './targets';
import { unitOf } from './units';

/** A stage with what it was made of, for the facts that look deeper. */
export interface AssembledStage {
  stage: Stage;
  reading: StageReading;
  connections: ServiceConnection[];
  /** Connections that the stage may use and that nobody could tell. */
  unknownConnections: UnknownReason[];
  environments: string[];
}

export interface Assembled {
  draft: PipelineDraft;
  stages: Fact<AssembledStage[]>;
  /** Connections of its resources, which belong to no stage. */
  connections: Array<{ connection: ConnectionFact; forCode: boolean }>;
}

function assembleStage(
  stage: StageReading,
  draft: PipelineDraft,
  resources: Resources,
  classifier: ProductionClassifier,
): AssembledStage {
  const units = stage.jobs.map(job => unitOf(job, stage, resources));
  const connectionFacts = units.flatMap(({ connections }) => connections);
  const connections = connectionFacts.flatMap(each =>
    each.known ? [each.value] : [],
  );
  const environments = environmentsOf(stage);
  const deploys = units.some(({ unit }) => unit.kinds.includes('deploy'));
  // One whose name only the run knows is an environment all the same.
  const [first] = [
    ...environments.names,
    ...environments.unresolved.map(({ name }) => name),
  ];
  return {
    reading: stage,
    connections,
    unknownConnections: connectionFacts.flatMap(each =>
      each.known ? [] : [each.reason],
    ),
    environments: environments.names,
    stage: {
      id: stage.id,
      name: stage.name,
      deploys,
      tier: tierOf(
        stage,
        environments.names,
        connections.filter(each => purposesOf(each).includes('deploy')),
        classifier,
      ),
      targets: targetsOf(
        stage,
        connectionFacts.filter(
          each => !each.known || purposesOf(each.value).includes('deploy'),
        ),
        classifier,
      ),
      ...(first && { environment: first }),
      units: units.map(({ unit }) => unit),
      gates: gatesOf(stage, draft, environments, connectionFacts, resources),
      dependsOn: stage.dependsOn,
      ...(stage.location && { location: stage.location }),
      url: draft.url,
    },
  };
}

/** A part of the pipeline that could be anything: it keeps what depends on it unknown, and only that. */
function unresolvedStage(
  gap: Gap,
  index: number,
  draft: PipelineDraft,
): AssembledStage {
  const reason = reasonOfGap(gap);
  const id = `unresolved-${index + 1}`;
  const name = 'that could not be resolved';
  const location = gap.location && { location: gap.location };
  return {
    connections: [],
    unknownConnections: [],
    environments: [],
    reading: {
      id,
      name,
      dependsOn: [],
      groups: [],
      jobs: [],
      gaps: [gap],
      conditional: false,
      ...location,
    },
    stage: {
      id,
      name,
      deploys: true,
      tier: unknown(reason),
      targets: unknown(reason),
      units: [
        {
          id: `${id}/unit`,
          name,
          kinds: [],
          identityIds: unknown(reason),
          ...location,
        },
      ],
      gates: unknown(reason),
      dependsOn: [],
      url: draft.url,
      ...location,
    },
  };
}

/** Puts the code of a pipeline and the resources of its project together. */
export function assemble(
  draft: PipelineDraft,
  resources: Resources,
  classifier: ProductionClassifier,
): Assembled {
  const { code } = draft;
  if (!code.known) return { draft, stages: code, connections: [] };
  return {
    draft,
    connections: code.value.connections.flatMap(use =>
      connectionsOfUse(use, resources).map(connection => ({
        connection,
        forCode: use.forCode,
      })),
    ),
    stages: known(
      [
        ...code.value.stages.map(stage =>
          assembleStage(stage, draft, resources, classifier),
        ),
        ...code.value.gaps.map((gap, index) =>
          unresolvedStage(gap, index, draft),
        ),
      ],
      code.evidence,
    ),
  };
}

/** All groups that some part of the pipeline links. */
export function groupsOf(code: CodeReading): NamedUse[] {
  return [
    ...code.groups,
    ...code.stages.flatMap(stage => [
      ...stage.groups,
      ...stage.jobs.flatMap(job => job.groups),
    ]),
  ];
}
