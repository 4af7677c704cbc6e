import { Dimension, DIMENSIONS, ResultStatus, Severity } from '../model';
import {
  Compliance,
  DEFAULT_SCORING_POLICY,
  Grade,
  gradeOfScore,
  ScoringPolicy,
  SEVERITY_WEIGHTS,
  worseGrade,
} from './policy';
import { floorPercent } from './percent';
import {
  Contribution,
  ControlResult,
  GradeCap,
  PipelineScore,
  Score,
} from './scoreTypes';

type Counted = ControlResult & { weight: number };

interface Tally {
  passed: number;
  unknown: number;
  total: number;
}

const tallyOf = (controls: readonly Counted[]): Tally => {
  const tally = { passed: 0, unknown: 0, total: 0 };
  for (const { status, weight } of controls) {
    tally.total += weight;
    if (status === 'pass') tally.passed += weight;
    if (status === 'unknown') tally.unknown += weight;
  }
  return tally;
};

const exactScore = ({ passed, unknown, total }: Tally) => ({
  score: (100 * passed) / total,
  potential: (100 * (passed + unknown)) / total,
  coverage: (100 * (total - unknown)) / total,
});

const rounded = (exact: Score): Score => ({
  score: floorPercent(exact.score),
  potential: floorPercent(exact.potential),
  coverage: floorPercent(exact.coverage),
});

const isExempt = ({ exempt, status }: ControlResult) =>
  Boolean(exempt) && (status === 'fail' || status === 'unknown');

const applies = (result: ControlResult) =>
  result.status !== 'not-applicable' && !result.preview && !result.disabled;

function capOf(controls: readonly Counted[]): GradeCap | undefined {
  const open = controls
    .filter(({ status }) => status !== 'pass')
    .sort((a, b) => (a.controlId < b.controlId ? -1 : 1));
  // A known failure explains a cap better than something unknown.
  const named = (severity: Severity) =>
    open.find(c => c.severity === severity && c.status === 'fail') ??
    open.find(c => c.severity === severity);
  const critical = named('critical');
  if (critical) return { grade: 'D', controlId: critical.controlId };
  const high = named('high');
  return high && { grade: 'B', controlId: high.controlId };
}

function complianceOf(
  controls: readonly Counted[],
  graded: boolean,
  policy: ScoringPolicy,
): Compliance {
  const barred = controls.filter(c =>
    policy.complianceBar.includes(c.severity),
  );
  const failing = barred.some(
    c =>
      c.status === 'fail' ||
      (c.status === 'unknown' && c.lastDecided === 'fail'),
  );
  if (failing) return 'non-compliant';
  const open = !graded || barred.some(c => c.status === 'unknown');
  return open ? 'unknown' : 'compliant';
}

interface Total extends Score {
  grade: Grade;
  gradeIgnoringCoverage: Exclude<Grade, 'not-graded'>;
  cap?: GradeCap;
  compliance: Compliance;
  byDimension: Array<{ dimension: Dimension; weight: number; tally: Tally }>;
  totalWeight: number;
}

function totalOf(controls: readonly Counted[], policy: ScoringPolicy): Total {
  const byDimension = DIMENSIONS.map(dimension => ({
    dimension,
    weight: policy.dimensionWeights[dimension],
    tally: tallyOf(controls.filter(c => c.dimension === dimension)),
  })).filter(({ tally, weight }) => tally.total > 0 && weight > 0);
  const totalWeight = byDimension.reduce((sum, d) => sum + d.weight, 0);
  const mean = (part: keyof Score) =>
    totalWeight === 0
      ? 0
      : byDimension.reduce(
          (sum, d) => sum + d.weight * exactScore(d.tally)[part],
          0,
        ) / totalWeight;
  const score = rounded({
    score: mean('score'),
    potential: mean('potential'),
    coverage: mean('coverage'),
  });
  const byNumber = gradeOfScore(score.score);
  const cap = capOf(controls);
  const gradeIgnoringCoverage = (
    cap ? worseGrade(byNumber, cap.grade) : byNumber
  ) as Exclude<Grade, 'not-graded'>;
  const graded = totalWeight > 0 && score.coverage >= policy.minimumCoverage;
  return {
    ...score,
    grade: graded ? gradeIgnoringCoverage : 'not-graded',
    gradeIgnoringCoverage,
    ...(cap && gradeIgnoringCoverage !== byNumber && { cap }),
    compliance: complianceOf(controls, graded, policy),
    byDimension,
    totalWeight,
  };
}

function contributionsOf(
  results: readonly ControlResult[],
  counted: readonly Counted[],
  total: Total,
): Contribution[] {
  const exactTotal = total.byDimension.reduce(
    (sum, d) =>
      sum + (d.weight * exactScore(d.tally).score) / total.totalWeight,
    0,
  );
  const countedIds = new Map(counted.map(c => [c.controlId, c]));
  return results.map(result => {
    const control = countedIds.get(result.controlId);
    const place = total.byDimension.find(d => d.dimension === result.dimension);
    if (!control || !place) {
      const { controlId, dimension } = result;
      return {
        controlId,
        dimension,
        weight: 0,
        earned: 0,
        lost: 0,
        gainIfFixed: 0,
      };
    }
    const points =
      (100 * place.weight * control.weight) /
      (total.totalWeight * place.tally.total);
    const passes = control.status === 'pass';
    const caps = {
      critical: 'D',
      high: 'B',
      medium: undefined,
      low: undefined,
    } as const;
    const cap = passes ? undefined : caps[control.severity];
    return {
      controlId: control.controlId,
      dimension: control.dimension,
      weight: control.weight,
      earned: passes ? points : 0,
      lost: passes ? 0 : points,
      gainIfFixed: passes
        ? 0
        : floorPercent(exactTotal + points) - floorPercent(exactTotal),
      ...(cap && { cap }),
    };
  });
}

/**
 * Scores a pipeline from the results of its controls. The only place where a score is computed.
 *
 * Unknown earns nothing and stays in the denominator, so that losing sight can never raise a number.
 *
 * @param results - one result for each control, in any order
 * @public
 */
export function scorePipeline(
  results: readonly ControlResult[],
  policy: ScoringPolicy = DEFAULT_SCORING_POLICY,
): PipelineScore {
  const applicable = results.filter(applies).map(result => ({
    ...result,
    weight: SEVERITY_WEIGHTS[result.severity],
  }));
  const counted = applicable.filter(result => !isExempt(result));
  const total = totalOf(counted, policy);
  const bare = totalOf(applicable, policy);
  const contributions = contributionsOf(results, counted, total);
  const failing = new Set(
    counted.filter(c => c.status === 'fail').map(c => c.controlId),
  );
  const scored = results.filter(r => !r.preview && !r.disabled && !isExempt(r));
  const count = (status: ResultStatus) =>
    scored.filter(result => result.status === status).length;
  return {
    score: total.score,
    potential: total.potential,
    coverage: total.coverage,
    grade: total.grade,
    gradeIgnoringCoverage: total.gradeIgnoringCoverage,
    ...(total.cap && { cap: total.cap }),
    compliance: total.compliance,
    counts: {
      pass: count('pass'),
      fail: count('fail'),
      unknown: count('unknown'),
      'not-applicable': count('not-applicable'),
      exempt: applicable.length - counted.length,
      preview: results.filter(r => r.preview && !r.disabled).length,
    },
    dimensions: Object.fromEntries(
      total.byDimension.map(({ dimension, tally }) => [
        dimension,
        rounded(exactScore(tally)),
      ]),
    ),
    contributions,
    fixFirst: contributions
      .filter(c => failing.has(c.controlId))
      .sort(
        (a, b) =>
          b.gainIfFixed - a.gainIfFixed ||
          b.lost - a.lost ||
          (a.controlId < b.controlId ? -1 : 1),
      )
      .slice(0, 3)
      .map(c => c.controlId),
    withoutExemptions: {
      score: bare.score,
      potential: bare.potential,
      coverage: bare.coverage,
      grade: bare.grade,
      compliance: bare.compliance,
    },
  };
}
