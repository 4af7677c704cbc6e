import {
  Alert,
  AuditTrail,
  chainFact,
  Editor,
  Fact,
  Injection,
  known,
  Leak,
  mapFact,
  PipelineInput,
  PipelineInputs,
  Principal,
  Runner,
  SecurityTest,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';
import { SecretScanner } from 'backstage-plugin-pipeline-posture-node';
import { administrationOf } from '../collect/readAdministration';
import { holdersOf } from '../collect/readPermissions';
import { CodeReading, JobReading, ParameterReading } from '../reading/types';
import { Assembled, AssembledStage, groupsOf } from './assemble';
import { PipelineDraft } from './PipelineDraft';
import { Resources } from './Resources';

const scanner = new SecretScanner();

/** Values that look like secrets, in the definition, in its code and in the variable groups that it links. */
export function leaksFact(
  draft: PipelineDraft,
  resources: Resources,
): Fact<Leak[]> {
  const { code } = draft;
  if (!code.known) {
    // What the definition shows is bad enough, whatever the code would add.
    return draft.leaks.length > 0 ? known(draft.leaks) : code;
  }
  const leaks = [...draft.leaks, ...code.value.leaks];
  for (const use of groupsOf(code.value)) {
    const group = resources.variableGroup(use.name);
    if (!group.known) {
      if (leaks.length === 0) return group;
      continue;
    }
    for (const [name, { value, isSecret }] of Object.entries(
      group.value.variables ?? {},
    )) {
      const match = isSecret ? undefined : scanner.matchSetting(name, value);
      if (match) {
        leaks.push({
          where: `variable ${name} of variable group ${group.value.name}`,
          pattern: match.pattern,
          in: 'setting',
        });
      }
    }
  }
  const [gap] = code.value.gaps;
  if (gap && leaks.length === 0) {
    return unknown({
      code: gap.code,
      message: `Part of the pipeline's code is not known: ${gap.because}.`,
      actor: 'service-owner',
      action: 'Review that part by hand.',
    });
  }
  return known(leaks, [
    ...code.evidence,
    {
      source: 'GET {project}/_apis/build/definitions',
      field: 'variables',
      url: draft.url,
    },
  ]);
}

function sinksOf(
  code: CodeReading,
  name: string,
  from: 'parameter' | 'macro',
): PipelineInput['sinks'] {
  const wanted = name.toLowerCase();
  const found = code.sinks.filter(
    each => each.from === from && each.name.toLowerCase() === wanted,
  );
  return [...new Set(found.map(each => each.kind))];
}

const fromParameter = (
  each: ParameterReading,
  code: CodeReading,
): PipelineInput => ({
  name: each.name,
  kind: 'parameter',
  constrained: each.constrained,
  because: each.because,
  sinks: sinksOf(code, each.name, 'parameter'),
  ...(each.location && { location: each.location }),
});

/** What can be given to a run. */
export function inputsFact(draft: PipelineDraft): Fact<PipelineInputs> {
  return mapFact(draft.code, code => ({
    anyVariableSettable: draft.anyVariableSettable,
    declared: [
      ...code.parameters.map(each => fromParameter(each, code)),
      ...draft.settableVariables.map(
        (name): PipelineInput => ({
          name,
          kind: 'variable',
          constrained: false,
          because:
            'it is a variable that may be set to anything when a run starts',
          sinks: sinksOf(code, name, 'macro'),
        }),
      ),
    ],
  }));
}

/** Text of somebody's choice that a shell runs. */
export function injectionsFact(draft: PipelineDraft): Fact<Injection[]> {
  return mapFact(draft.code, code => {
    const free = new Set(
      code.parameters
        .filter(each => !each.constrained)
        .map(each => each.name.toLowerCase()),
    );
    const chosen = code.sinks
      .filter(
        each =>
          each.kind === 'script' &&
          each.from === 'parameter' &&
          free.has(each.name.toLowerCase()),
      )
      .map(({ name, where, location }) => ({
        expression: `\${{ parameters.${name} }}`,
        where,
        ...(location && { location }),
      }));
    return [...code.injections, ...chosen];
  });
}

const EDIT_BUILD = [
  'EditBuildDefinition',
  'DeleteBuildDefinition',
  'AdministerBuildPermissions',
  'EditPipelineQueueConfigurationPermission',
];
const EDIT_RELEASE = [
  'EditReleaseDefinition',
  'DeleteReleaseDefinition',
  'EditReleaseEnvironment',
  'ManageReleaseApprovers',
  'AdministerReleasePermissions',
];

/** Who can change the pipeline, its settings, or the task groups that it runs. */
export function editorsFact(
  draft: PipelineDraft,
  resources: Resources,
): Fact<Editor[]> {
  const {
    buildPermissions,
    releasePermissions,
    taskGroupPermissions,
    project,
  } = resources.state;
  const release = draft.kind === 'azure-classic-release';
  const rights = release ? EDIT_RELEASE : EDIT_BUILD;
  const own = mapFact(release ? releasePermissions : buildPermissions, table =>
    holdersOf(table, draft.securityToken).flatMap((holder): Editor[] => {
      const held = rights.filter(each => holder.allowed.has(each));
      if (held.length === 0) return [];
      const administration = administrationOf(
        holder,
        resources.state.administration,
      );
      return [{ principal: holder.principal, rights: held, administration }];
    }),
  );
  const groups = draft.code.known
    ? [
        ...new Set(
          draft.code.value.stages
            .flatMap(each => each.jobs)
            .flatMap(job => job.steps)
            .flatMap(step => step.taskGroup ?? []),
        ),
      ]
    : [];
  if (groups.length === 0) return own;
  return chainFact(own, editors =>
    mapFact(taskGroupPermissions, table => [
      ...editors,
      ...groups.flatMap(id =>
        holdersOf(table, `${project.id}/${id}`).flatMap(
          ({ principal, allowed }): Editor[] => {
            const held = ['Edit', 'Administer'].filter(each =>
              allowed.has(each),
            );
            return held.length > 0
              ? [
                  {
                    principal,
                    rights: held.map(each => `${each} task group ${id}`),
                    administration: known('none' as const),
                  },
                ]
              : [];
          },
        ),
      ),
    ]),
  );
}

const isHosted = (job: JobReading) =>
  job.pool.vmImage !== undefined &&
  (!job.pool.name || job.pool.name.name === 'Azure Pipelines');

/** Which pools several projects use, by pool id; unknown if not every project can be read. */
export type PoolSharing = Fact<ReadonlyMap<number, readonly string[]>>;

function runnerOf(
  job: JobReading,
  resources: Resources,
  sharing: PoolSharing,
): Fact<Runner> {
  const image = job.pool.image?.name ?? job.pool.vmImage;
  const hosted = (name: string): Runner => ({
    name,
    hosting: 'provider',
    sharedBeyondTeam: known(false),
    openToAllPipelines: known(false),
    privileged: known(false),
    ...(image && { image }),
  });
  if (isHosted(job))
    return known(hosted(`Azure Pipelines (${job.pool.vmImage})`));
  const { name, queueId } = job.pool;
  if (name?.undecided && !name.alternatives) {
    return unknown({
      code: 'unresolved',
      message: `Which agent pool "${name.name}" means is only known when the pipeline runs.`,
      actor: 'service-owner',
      action: 'Name the pool in the pipeline code.',
    });
  }
  const wanted =
    name?.name ?? (queueId === undefined ? undefined : String(queueId));
  // Without a pool, the one of the definition is taken, which is hosted unless it was changed.
  if (wanted === undefined) return known(hosted('Azure Pipelines'));
  return mapFact(resources.queue(wanted), queue => {
    if (queue.pool?.isHosted !== false) return hosted(queue.name);
    const poolId = queue.pool.id;
    const access = resources.access({ type: 'queue', id: String(queue.id) });
    return {
      name: queue.name,
      hosting: 'own',
      // A pool that every new project gets is shared, whoever uses it today.
      sharedBeyondTeam: chainFact(sharing, projects =>
        mapFact(
          resources.state.pools,
          pools =>
            (projects.get(poolId)?.length ?? 0) > 1 ||
            pools.some(
              ({ id, autoProvision }) =>
                id === poolId && autoProvision === true,
            ),
        ),
      ),
      openToAllPipelines: mapFact(access, each => each.allPipelines),
      privileged: unknown({
        code: 'not-supported',
        message: `What the agents of pool ${queue.name} may do on their machines is not told by Azure DevOps.`,
        actor: 'platform-team',
        action: 'Review the machines of the pool.',
      }),
      ...(image && { image }),
    };
  });
}

/** The machines that run the pipeline. */
export function runnersFact(
  { stages }: Assembled,
  resources: Resources,
  sharing: PoolSharing,
): Fact<Runner[]> {
  return chainFact(stages, all => {
    const runners = new Map<string, Runner>();
    for (const job of all.flatMap(({ reading }) => reading.jobs)) {
      const runner = runnerOf(job, resources, sharing);
      if (!runner.known) return runner;
      runners.set(runner.value.name, runner.value);
    }
    return known([...runners.values()]);
  });
}

/** Ids of all stages that have finished before a stage starts. */
function before(stage: AssembledStage, all: AssembledStage[]): Set<string> {
  const done = new Set<string>();
  const visit = (ids: string[]) => {
    for (const id of ids) {
      if (done.has(id)) continue;
      done.add(id);
      visit(all.find(each => each.stage.id === id)?.stage.dependsOn ?? []);
    }
  };
  visit(stage.stage.dependsOn);
  return done;
}

function runsBeforeProduction(
  stage: AssembledStage,
  all: AssembledStage[],
): Fact<boolean> {
  let undecidedTier: Fact<boolean> | undefined;
  for (const other of all.filter(each => each.stage.deploys)) {
    const precedes = before(other, all).has(stage.stage.id);
    if (precedes) continue;
    if (!other.stage.tier.known) undecidedTier = other.stage.tier;
    else if (other.stage.tier.value === 'production') return known(false);
  }
  return undecidedTier ?? known(true);
}

/** True if every production stage can only be reached through a required template. */
function templateIsRequired(stages: AssembledStage[]): Fact<boolean> {
  const production = stages.filter(
    ({ stage }) =>
      stage.deploys && (!stage.tier.known || stage.tier.value === 'production'),
  );
  for (const { stage } of production) {
    if (!stage.gates.known) return stage.gates;
    if (
      !stage.gates.value.some(
        gate => gate.kind === 'required-template' && gate.effective,
      )
    )
      return known(false);
  }
  return known(production.length > 0);
}

/** Steps that look for security problems, and whether builders can take them out. */
export function securityTestsFact(
  { draft, stages }: Assembled,
  editors: Fact<Editor[]>,
): Fact<SecurityTest[]> {
  return mapFact(stages, all => {
    const required = templateIsRequired(all);
    const byEditors = mapFact(editors, each =>
      each.some(({ principal }: { principal: Principal }) => principal.broad),
    );
    return all.flatMap(assembled =>
      assembled.reading.jobs.flatMap(job =>
        job.steps.flatMap((step): SecurityTest[] => {
          const { security, location, name } = step;
          if (!security) return [];
          const inOwnFile = location?.origin === 'builders';
          let editable: Fact<boolean>;
          if (!location) editable = byEditors;
          else if (location.origin === 'unknown') {
            editable = unknown({
              code: 'unresolved',
              message: `In which file ${name} really stands is not told by the expansion of the pipeline.`,
              actor: 'service-owner',
              action: 'Look it up in the code of the pipeline.',
            });
          } else if (inOwnFile)
            editable = known(true, { source: 'pipeline code', location });
          else {
            // A template of another repository helps only if it cannot be left out.
            const enforced =
              draft.code.known && draft.code.value.extended !== undefined;
            editable = enforced
              ? mapFact(required, each => !each)
              : known(true, { source: 'pipeline code', location });
          }
          return [
            {
              name,
              tool: security.tool,
              stageId: assembled.stage.id,
              editableByBuilders: editable,
              blocking:
                security.canFail === 'unknown'
                  ? unknown({
                      code: 'unresolved',
                      message: `Whether ${name} can stop the release is not known: ${security.because}.`,
                      actor: 'service-owner',
                      action: `Check the settings of ${security.tool}.`,
                    })
                  : known(security.canFail, {
                      source: location
                        ? 'pipeline code'
                        : 'pipeline definition',
                      ...(security.because && { observed: security.because }),
                      ...(location && { location }),
                    }),
              beforeProduction: runsBeforeProduction(assembled, all),
              ...(location && { location }),
            },
          ];
        }),
      ),
    );
  });
}

/**
 * Steps that look for security problems in a release and in the pipelines
 * whose artifacts it deploys: those ran before anything is released.
 *
 * @param testsOf - the tests of a pipeline of the project; nothing if it is not known
 */
export function securityTestsWithUpstream(
  own: Fact<SecurityTest[]>,
  upstream: PipelineDraft['upstream'],
  testsOf: (definitionId: number) => Fact<SecurityTest[]> | undefined,
): Fact<SecurityTest[]> {
  if (!own.known) return own;
  const tests = [...own.value];
  let missing: Fact<SecurityTest[]> | undefined;
  for (const id of upstream) {
    const theirs = id === 'elsewhere' ? undefined : testsOf(id);
    if (theirs?.known) {
      tests.push(
        ...theirs.value.map(each => ({
          ...each,
          beforeProduction: known(true),
        })),
      );
    } else {
      missing =
        theirs ??
        unknown({
          code: 'not-found',
          message:
            'The pipeline that makes the artifacts of this release is in another project, or could not be read.',
          actor: 'service-owner',
          action: 'Look there for security tests.',
        });
    }
  }
  // What is missing could only add tests.
  return missing && tests.length === 0 ? missing : known(tests, own.evidence);
}

const EVENTS =
  /^(build\.complete|ms\.vss-pipelines\.(run|stage|job)-state-changed-event|ms\.vss-release\.(deployment-completed|deployment-approval-pending)-event)$/;

/** Service hooks that hear of this pipeline's runs. */
export function alertsFact(
  draft: PipelineDraft,
  resources: Resources,
): Fact<Alert[]> {
  const { hooks, project } = resources.state;
  return mapFact(hooks, all =>
    all
      .filter(({ eventType, publisherInputs }) => {
        if (!eventType || !EVENTS.test(eventType)) return false;
        const release = eventType.startsWith('ms.vss-release');
        if (release !== (draft.kind === 'azure-classic-release')) return false;
        const inProject =
          !publisherInputs?.projectId ||
          publisherInputs.projectId === project.id;
        const definition =
          publisherInputs?.definitionName || publisherInputs?.pipelineId || '';
        return (
          inProject &&
          (definition === '' ||
            definition === draft.name ||
            definition === String(draft.definitionId))
        );
      })
      .map(({ eventType = '', status }) => ({
        name: `service hook on ${eventType}`,
        on: eventType.includes('approval')
          ? ['approval-needed' as const]
          : ['any-state' as const],
        effective: status === 'enabled',
      })),
  );
}

/** After this many days without a run, permissions that are still there were not reviewed. */
const STALE_DAYS = 180;

/** What is recorded of the pipeline and its runs. */
export function auditFact(
  draft: PipelineDraft,
  resources: Resources,
  now: Date,
): Fact<AuditTrail> {
  const { auditStreams, settings, access } = resources.state;
  const authorised = [...access.values()].some(
    each =>
      each.known &&
      draft.definitionId !== undefined &&
      each.value.pipelines.includes(draft.definitionId),
  );
  return known({
    changesRecorded: mapFact(auditStreams, all =>
      all.some(
        ({ status }) => status === 'enabled' || status === 'backfilling',
      ),
    ),
    buildStateEmitted: mapFact(
      settings,
      each => each.publishPipelineMetadata === true,
    ),
    lastRunAt: draft.lastRunAt,
    permissionsReviewed: mapFact(draft.lastRunAt, last => {
      if (last === null) return !authorised;
      const days = (now.getTime() - Date.parse(last)) / 86_400_000;
      return days <= STALE_DAYS || !authorised;
    }),
  });
}
