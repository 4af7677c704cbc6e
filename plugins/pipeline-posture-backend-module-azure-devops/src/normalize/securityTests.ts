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
import { JobReading, StageReading, StepReading } from '../reading/types';
import { comesBefore, heedsEndOf, Part } from './failures';
import { PipelineDraft } from './PipelineDraft';

/** Stages in the order in which they run, with whose failures they heed. */
const partsOf = (all: AssembledStage[]): Part[] =>
  all.map(({ stage, reading }) => ({
    id: stage.id,
    dependsOn: stage.dependsOn,
    heeds: reading.heeds,
    heedsSkips: reading.heedsSkips,
  }));

/** Whether something holds of every stage that deploys to production, and known at all if it fails only where that is not known. */
function ofProduction(
  all: AssembledStage[],
  holds: (stage: AssembledStage) => boolean,
): Fact<boolean> {
  let undecidedTier: Fact<boolean> | undefined;
  for (const other of all.filter(each => each.stage.deploys)) {
    if (holds(other)) continue;
    if (!other.stage.tier.known) undecidedTier = other.stage.tier;
    else if (other.stage.tier.value === 'production') return known(false);
  }
  return undecidedTier ?? known(true);
}

function runsBeforeProduction(
  { stage }: AssembledStage,
  all: AssembledStage[],
): Fact<boolean> {
  const parts = partsOf(all);
  return ofProduction(all, other => comesBefore(stage.id, other.stage, parts));
}

/** Whether no stage to production runs when a stage failed. */
function stopsProduction(
  { stage }: AssembledStage,
  all: AssembledStage[],
): Fact<boolean> {
  const parts = partsOf(all);
  return ofProduction(all, other => {
    const part = parts.find(({ id }) => id === other.stage.id);
    return (
      !part ||
      !comesBefore(stage.id, part, parts) ||
      heedsEndOf(part, { name: stage.id, end: 'failed' }, parts)
    );
  });
}

/** True if every production stage can only be reached through a required template. */
function templateIsRequired(stages: AssembledStage[]): Fact<boolean> {
  const production = stages.filter(
    ({ stage }) =>
      stage.deploys && (!stage.tier.known || stage.tier.value === 'production'),
  );
  let undecided: Fact<boolean> | undefined;
  for (const { stage } of production) {
    if (!stage.gates.known) return stage.gates;
    const around = stage.gates.value
      .filter(gate => gate.kind === 'required-template' && gate.effective)
      .map(({ canBeSkipped }) => canBeSkipped);
    if (around.some(each => each.known && !each.value)) continue;
    const unread = around.find(each => !each.known);
    if (!unread) return known(false);
    undecided ??= unread;
  }
  return undecided ?? known(production.length > 0);
}

/** What takes the effect from a test that could fail, in the parts around it and after it. */
function lostBecause(
  job: JobReading,
  stage: StageReading,
  stops: Fact<boolean>,
): string | undefined {
  if ([job, stage].some(each => each.sometimes || each.conditional))
    return 'the job or stage around it only runs under a condition';
  if (job.failureIgnored) return 'the failures of its job are ignored';
  return stops.known && !stops.value
    ? 'a stage to production has a condition of its own and runs even if it fails'
    : undefined;
}

/** Whether a test can stop the release. */
function blockingOf(
  { name, security, location }: StepReading,
  lost: string | undefined,
  stops: Fact<boolean>,
): Fact<boolean> {
  const { tool = '', canFail = false, because } = security ?? {};
  if (canFail === 'unknown' && !lost) {
    return unknown({
      code: 'unresolved',
      message: `Whether ${name} can stop the release is not known: ${because}.`,
      actor: 'service-owner',
      action: `Check the settings of ${tool}.`,
    });
  }
  if (canFail && !lost && !stops.known) return stops;
  const observed = canFail && lost ? lost : because;
  return known(canFail === true && !lost, {
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
    const tests = all.flatMap(assembled => {
      // The same for each test of the stage, and found only if it has any.
      let before: Fact<boolean> | undefined;
      let stops: Fact<boolean> | undefined;
      return assembled.reading.jobs.flatMap(job =>
        job.steps.flatMap((step): SecurityTest[] => {
          const { security, location, name } = step;
          if (!security) return [];
          // What own code includes can be left out there, wherever its text stands.
          const inOwnFile = location?.origin === 'builders' || step.chosen;
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
          const { reading } = assembled;
          before ??= runsBeforeProduction(assembled, all);
          stops ??= stopsProduction(assembled, all);
          return [
            {
              name,
              tool: security.tool,
              stageId: assembled.stage.id,
              editableByBuilders: editable,
              blocking: blockingOf(
                step,
                lostBecause(job, reading, stops),
                stops,
              ),
              beforeProduction: before,
              ...(location && { location }),
            },
          ];
        }),
      );
    });
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
