import { ReachesProduction } from '../model';
import { Compliance, Grade, worseCompliance, worseGrade } from './policy';
import { PipelineScore } from './scoreTypes';

/**
 * One pipeline of an entity.
 *
 * @public
 */
export interface EntityPipeline {
  /** Unique among the entity's pipelines; also decides between equals. */
  id: string;
  reachesProduction: ReachesProduction;
  posture: Pick<
    PipelineScore,
    | 'score'
    | 'potential'
    | 'coverage'
    | 'grade'
    | 'gradeIgnoringCoverage'
    | 'compliance'
  >;
}

/**
 * The posture of a catalog entity.
 *
 * @public
 */
export interface EntityScore {
  score: number;
  potential: number;
  coverage: number;
  grade: Grade;
  compliance: Compliance;
  /** True while a pipeline that reaches production, or may, is not graded. */
  provisional: boolean;
  /** Id of the pipeline whose numbers these are. */
  weakestPipelineId: string;
  /** Ids of the pipelines that the headline is taken from. */
  decidingPipelineIds: string[];
}

/**
 * The pipelines that an entity's headline is taken from: those that reach production and those that may.
 * If none is known to reach it, all of them, so that an unreadable stage never narrows the choice.
 */
function decidingPipelines(
  pipelines: readonly EntityPipeline[],
): readonly EntityPipeline[] {
  return pipelines.some(p => p.reachesProduction === 'yes')
    ? pipelines.filter(p => p.reachesProduction !== 'no')
    : pipelines;
}

const isGraded = ({ posture }: EntityPipeline) =>
  posture.grade !== 'not-graded';

/**
 * Whether there is enough to give the entity a grade: one graded production pipeline; where none is known to reach
 * production, every one that may must be graded, so that an unreadable stage never brings a grade.
 */
function canBeGraded(pipelines: readonly EntityPipeline[]): boolean {
  const that = (reaches: ReachesProduction) =>
    pipelines.filter(p => p.reachesProduction === reaches);
  if (that('yes').length > 0) return that('yes').some(isGraded);
  if (that('unknown').length > 0) return that('unknown').every(isGraded);
  return pipelines.some(isGraded);
}

const LETTERS = ['A', 'B', 'C', 'D', 'F'];

/** Weakest first: by score, then by letter, then by id. */
function weakerFirst(a: EntityPipeline, b: EntityPipeline): number {
  const letter = (p: EntityPipeline) =>
    LETTERS.indexOf(p.posture.gradeIgnoringCoverage);
  return (
    a.posture.score - b.posture.score ||
    letter(b) - letter(a) ||
    (a.id < b.id ? -1 : 1)
  );
}

/**
 * Scores an entity by its weakest pipeline that reaches production.
 *
 * A pipeline that is not graded caps the entity at D, and still counts with the grade that its number gives:
 * losing sight of a bad pipeline cannot help the entity.
 *
 * @returns undefined if there are no pipelines
 * @public
 */
export function scoreEntity(
  pipelines: readonly EntityPipeline[],
): EntityScore | undefined {
  if (pipelines.length === 0) return undefined;
  const deciding = [...decidingPipelines(pipelines)].sort(weakerFirst);
  const [weakest] = deciding;
  const provisional = !deciding.every(isGraded);
  const letter = deciding
    .map(p => p.posture.gradeIgnoringCoverage as Grade)
    .reduce(worseGrade);
  let grade: Grade = provisional ? worseGrade(letter, 'D') : letter;
  if (!canBeGraded(pipelines)) grade = 'not-graded';
  return {
    score: weakest.posture.score,
    potential: Math.min(...deciding.map(p => p.posture.potential)),
    coverage: Math.min(...deciding.map(p => p.posture.coverage)),
    grade,
    compliance: deciding.map(p => p.posture.compliance).reduce(worseCompliance),
    provisional,
    weakestPipelineId: weakest.id,
    decidingPipelineIds: deciding.map(p => p.id).sort(),
  };
}
