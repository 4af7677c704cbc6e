import { Compliance, Grade } from './scoring';

/**
 * Label that tells whether an entity's pipelines comply.
 * @public
 */
export const COMPLIANCE_LABEL = 'pipeline-posture/compliance';

/**
 * Label that tells the grade of an entity's weakest pipeline.
 * @public
 */
export const GRADE_LABEL = 'pipeline-posture/grade';

/**
 * The values of {@link COMPLIANCE_LABEL}.
 * @public
 */
export const complianceLabelValue = (compliance: Compliance): string =>
  compliance;

/**
 * The values of {@link GRADE_LABEL}: `A` to `F`, or `not-graded`.
 * @public
 */
export const gradeLabelValue = (grade: Grade): string => grade;
