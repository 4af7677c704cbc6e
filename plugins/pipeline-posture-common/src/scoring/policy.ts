import { Dimension, Severity } from '../model';

/**
 * A grade; `not-graded` sorts below F.
 *
 * @public
 */
export type Grade = 'A' | 'B' | 'C' | 'D' | 'F' | 'not-graded';

/**
 * All grades, best first.
 *
 * @public
 */
export const GRADES: readonly Grade[] = ['A', 'B', 'C', 'D', 'F', 'not-graded'];

/**
 * Whether the controls that matter pass.
 *
 * @public
 */
export type Compliance = 'compliant' | 'unknown' | 'non-compliant';

/**
 * All values of compliance, best first.
 *
 * @public
 */
export const COMPLIANCES: readonly Compliance[] = [
  'compliant',
  'unknown',
  'non-compliant',
];

/**
 * The numbers that an organisation may choose.
 *
 * @public
 */
export interface ScoringPolicy {
  /** Positive weight of each dimension; only their ratios matter. */
  dimensionWeights: Record<Dimension, number>;
  /** A failing or unknown control of these severities decides compliance. */
  complianceBar: readonly Severity[];
  /** Per cent of the applicable weight that must be decided before a grade is given. */
  minimumCoverage: number;
}

/**
 * Weight of a control within its dimension, by severity. The same for every organisation, so that grades compare.
 *
 * @public
 */
export const SEVERITY_WEIGHTS: Readonly<Record<Severity, number>> = {
  critical: 10,
  high: 6,
  medium: 3,
  low: 1,
};

/**
 * What counts if nothing is configured.
 *
 * @public
 */
export const DEFAULT_SCORING_POLICY: ScoringPolicy = {
  dimensionWeights: {
    'least-privilege': 20,
    'credential-type': 20,
    'identity-separation': 15,
    'approval-gates': 15,
    'branch-protection': 10,
    'tamper-resistance': 10,
    'input-validation': 5,
    monitoring: 5,
  },
  complianceBar: ['critical', 'high'],
  minimumCoverage: 70,
};

/**
 * Version of the scoring rules and weights; stored with every result. Changes whenever the same findings could give other numbers.
 *
 * @public
 */
export const SCORING_VERSION = '1';

const BANDS: Array<{ from: number; grade: Grade }> = [
  { from: 90, grade: 'A' },
  { from: 80, grade: 'B' },
  { from: 65, grade: 'C' },
  { from: 50, grade: 'D' },
];

/**
 * The grade that a number alone would give.
 *
 * @public
 */
export function gradeOfScore(score: number): Grade {
  return BANDS.find(band => score >= band.from)?.grade ?? 'F';
}

/**
 * The worse of two grades.
 *
 * @public
 */
export function worseGrade(a: Grade, b: Grade): Grade {
  return GRADES.indexOf(a) >= GRADES.indexOf(b) ? a : b;
}

/**
 * The worse of two values of compliance.
 *
 * @public
 */
export function worseCompliance(a: Compliance, b: Compliance): Compliance {
  return COMPLIANCES.indexOf(a) >= COMPLIANCES.indexOf(b) ? a : b;
}
