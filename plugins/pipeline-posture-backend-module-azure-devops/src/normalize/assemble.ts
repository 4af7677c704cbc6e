import {
  allFacts,
  ExecutionUnit,
  Fact,
  Gate,
  IdentityUse,
  known,
  mapFact,
  Stage,
  StageTarget,
  stringifyPipelineRef,
  Tier,
  UnitKind,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { ProductionClassifier } from 'backstage-plugin-pipeline-posture-node';
import { ServiceConnection } from '../client/wire';
import {
  CodeReading,
  Gap,
  JobReading,
  NamedUse,
  StageReading,
} from '../reading/types';
import { principalId, purposesOf } from './connections';
import { manualGates } from './manualGates';
import { PipelineDraft } from './PipelineDraft';
import { Resources } from './Resources';

/** A connection that a job uses, or why it is not known which. */
type ConnectionFact = Fact<ServiceConnection>;

/** A stage with what it was made of, for the facts that look deeper. */
export interface AssembledStage {
  stage: Stage;
  reading: StageReading;
  connections: ServiceConnection[];
  environments: string[];
}

export interface Assembled {
  draft: PipelineDraft;
  stages: Fact<AssembledStage[]>;
}

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

const undecided = (what: string, use: NamedUse): UnknownReason => ({
  code: 'unresolved',
  message: `Which ${what} "${use.name}" means is only known when the pipeline runs.`,
  actor: 'service-owner',
  action: `Name the ${what} in the pipeline's code, or limit the parameter to a list of values.`,
});

/** All names that a use may come to. */
function namesOf(use: NamedUse): string[] | undefined {
  if (use.alternatives && use.alternatives.length > 0) return use.alternatives;
  return use.undecided ? undefined : [use.name];
}

/** The connections that a job names. */
export function connectionsOf(
  job: JobReading,
  resources: Resources,
): ConnectionFact[] {
  return job.steps.flatMap(step =>
    step.connections.flatMap((use): ConnectionFact[] => {
      const names = namesOf(use);
      if (!names)
        return use.certain
          ? [unknown(undecided('service connection', use))]
          : [];
      return names
        .filter(name => use.certain || resources.hasConnection(name))
        .map(name => resources.connection(name));
    }),
  );
}

const KINDS: UnitKind[] = [
  'source',
  'build',
  'test',
  'deploy',
  'approval',
  'other',
];

function kindsOf(job: JobReading, connections: ConnectionFact[]): UnitKind[] {
  const kinds = new Set(job.steps.flatMap(step => step.kinds));
  kinds.delete('source');
  const deploys = connections.some(
    each => !each.known || purposesOf(each.value).includes('deploy'),
  );
  if (job.deployment || deploys) kinds.add('deploy');
  // A script in a job that deploys belongs to the deployment unless it plainly builds.
  if (kinds.has('other') && !kinds.has('deploy')) kinds.add('build');
  kinds.delete('other');
  if (kinds.size === 0) kinds.add('other');
  return KINDS.filter(kind => kinds.has(kind));
}

function idsOf(
  connections: Fact<ServiceConnection[]>,
  job: JobReading,
  organisation: string,
): Fact<string[]> {
  if (!connections.known) return connections;
  const ids = connections.value.map(each => principalId(each, organisation));
  return known([...new Set(ids)], {
    source: job.location ? 'pipeline code' : 'pipeline definition',
    ...(job.location && { location: job.location }),
  });
}

function unitOf(
  job: JobReading,
  stage: StageReading,
  resources: Resources,
): { unit: ExecutionUnit; connections: ConnectionFact[] } {
  const connections = connectionsOf(job, resources);
  const { organisation } = resources.state;
  const [gap] = [...job.gaps, ...stage.gaps];
  const ids = allFacts(connections);
  const identityIds: Fact<string[]> = gap
    ? unknown(reasonOfGap(gap))
    : idsOf(ids, job, organisation);
  return {
    unit: {
      id: `${stage.id}/${job.id}`,
      name: job.name,
      kinds: kindsOf(job, connections),
      identityIds,
      ...(job.location && { location: job.location }),
    },
    connections,
  };
}

/** The name of the target decides before the name of the stage, and both before what the connection is called. */
function tierOf(
  stage: StageReading,
  environments: string[],
  connections: ServiceConnection[],
  classifier: ProductionClassifier,
): Fact<Tier> {
  const subject = `stage ${stage.name}`;
  const own =
    stage.id === '__default' ? [] : [...new Set([stage.id, stage.name])];
  const targets = [
    ...new Set(
      connections.flatMap(({ name, data }) => [
        name,
        data?.subscriptionName ?? '',
        data?.subscriptionId ?? '',
      ]),
    ),
  ].filter(Boolean);
  const all = classifier.classify({
    names: [...environments, ...own, ...targets],
    subject,
  });
  if (all.known && all.evidence[0]?.source.startsWith('configuration'))
    return all;
  for (const names of [environments, own, targets]) {
    if (names.length === 0) continue;
    const tier = classifier.classify({ names, subject });
    if (tier.known) return tier;
  }
  return all;
}

/** Subscriptions that the connections of a stage lead to. */
function targetsOf(
  stage: StageReading,
  connections: ConnectionFact[],
  classifier: ProductionClassifier,
): Fact<StageTarget[]> {
  const gap = stage.gaps[0] ?? stage.jobs.flatMap(job => job.gaps)[0];
  if (gap) return unknown(reasonOfGap(gap));
  return mapFact(allFacts(connections), all => {
    const targets = new Map<string, StageTarget>();
    for (const { data, authorization } of all) {
      const id = data?.subscriptionId?.toLowerCase();
      if (!id) continue;
      const name = data?.subscriptionName ?? id;
      const scope = authorization?.parameters?.scope;
      const group = scope && /\/resourcegroups\/([^/]+)/i.exec(scope)?.[1];
      targets.set(`${id}/${group ?? ''}`, {
        id: `azure-subscription:${id}`,
        name: `subscription ${name}`,
        tier: classifier.classify({
          names: [name, id],
          subject: `subscription ${name}`,
        }),
        ...(group && { within: `resource group ${group}` }),
      });
    }
    return [...targets.values()];
  });
}

function environmentsOf(stage: StageReading): {
  names: string[];
  unresolved: NamedUse[];
} {
  const uses = stage.jobs.flatMap(job => job.environment ?? []);
  const names = new Set<string>();
  const unresolved: NamedUse[] = [];
  for (const use of uses) {
    const found = namesOf(use);
    if (found) found.forEach(name => names.add(name));
    else unresolved.push(use);
  }
  return { names: [...names], unresolved };
}

/**
 * Checks of an environment do not protect the connection: whoever names the
 * connection in another stage goes around them, unless it has checks of its own.
 */
function bareConnection(
  connections: ConnectionFact[],
  resources: Resources,
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
  return undefined;
}

/** Checks of everything that the stage uses must pass before it runs. */
function gatesOf(
  stage: StageReading,
  draft: PipelineDraft,
  environments: ReturnType<typeof environmentsOf>,
  connections: ConnectionFact[],
  resources: Resources,
): Fact<Gate[]> {
  const facts: Array<Fact<Gate[]>> = [
    known([
      ...(draft.ownGates.get(stage.id) ?? []),
      ...(draft.code.known
        ? manualGates(
            stage,
            draft.code.value.stages,
            draft.url,
            resources.state.broadGroups,
          )
        : []),
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
  const bare = bareConnection(connections, resources);
  return known(
    [...gates.values()].map(gate =>
      bare && gate.kind === 'approval' && gate.on.startsWith('environment ')
        ? { ...gate, canBeSkipped: bare }
        : gate,
    ),
    all.evidence,
  );
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
  const [first] = environments.names;
  return {
    reading: stage,
    connections,
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
  if (!code.known) return { draft, stages: code };
  return {
    draft,
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

/** Where each principal is used in the project, by principal. */
export function usesByPrincipal(
  pipelines: Assembled[],
  organisation: string,
): Map<string, IdentityUse[]> {
  const uses = new Map<string, IdentityUse[]>();
  for (const { draft, stages } of pipelines) {
    if (!stages.known) continue;
    const tiers = new Map<string, Set<Tier | 'unknown'>>();
    for (const { stage, connections } of stages.value) {
      for (const connection of connections) {
        const id = principalId(connection, organisation);
        const found = tiers.get(id) ?? new Set();
        if (stage.deploys)
          found.add(stage.tier.known ? stage.tier.value : 'unknown');
        tiers.set(id, found);
      }
    }
    for (const [id, found] of tiers) {
      uses.set(id, [
        ...(uses.get(id) ?? []),
        { pipeline: draft.ref, name: draft.name, tiers: [...found] },
      ]);
    }
  }
  return uses;
}

/** Joins uses of the same pipeline. */
export function mergeUses(uses: IdentityUse[]): IdentityUse[] {
  const merged = new Map<string, IdentityUse>();
  for (const use of uses) {
    const key = stringifyPipelineRef(use.pipeline);
    const earlier = merged.get(key);
    merged.set(
      key,
      earlier
        ? { ...earlier, tiers: [...new Set([...earlier.tiers, ...use.tiers])] }
        : use,
    );
  }
  return [...merged.values()];
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
