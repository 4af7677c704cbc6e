import {
  chainFact,
  Editor,
  Fact,
  known,
  mapFact,
  Principal,
  SecurityTest,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';
import { Assembled, AssembledStage } from './assemble';
import { gapsOf } from './gaps';
import { reasonOfGap } from './names';
import { StepReading } from '../reading/types';
import { PipelineDraft } from './PipelineDraft';

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

/**
 * Whether a test can stop the release.
 *
 * @param sometimes - set if the job or stage around it does not run each time
 */
function blockingOf(
  { name, security, location }: StepReading,
  sometimes: boolean,
): Fact<boolean> {
  const { tool = '', canFail = false, because } = security ?? {};
  if (canFail === 'unknown') {
    return unknown({
      code: 'unresolved',
      message: `Whether ${name} can stop the release is not known: ${because}.`,
      actor: 'service-owner',
      action: `Check the settings of ${tool}.`,
    });
  }
  const observed =
    canFail && sometimes
      ? 'the job or stage around it only runs under a condition'
      : because;
  return known(canFail && !sometimes, {
    source: location ? 'pipeline code' : 'pipeline definition',
    ...(observed && { observed }),
    ...(location && { location }),
  });
}

/** Steps that look for security problems, and whether builders can take them out. */
export function securityTestsFact(
  { draft, stages }: Assembled,
  editors: Fact<Editor[]>,
): Fact<SecurityTest[]> {
  return chainFact(stages, all => {
    const required = templateIsRequired(all);
    const byEditors = mapFact(editors, each =>
      each.some(({ principal }: { principal: Principal }) => principal.broad),
    );
    const tests = all.flatMap(assembled =>
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
              blocking: blockingOf(
                step,
                [job, assembled.reading].some(
                  each => each.sometimes || each.conditional,
                ),
              ),
              beforeProduction: runsBeforeProduction(assembled, all),
              ...(location && { location }),
            },
          ];
        }),
      ),
    );
    // A part that is not known can only add tests.
    const [gap] = gapsOf({
      gaps: [],
      stages: all.map(({ reading }) => reading),
    });
    return gap && tests.length === 0
      ? unknown(reasonOfGap(gap))
      : known(tests, stages.known ? stages.evidence : []);
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
