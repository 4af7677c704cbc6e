import {
  DefaultEntityFilters,
  EntityAutocompletePicker,
} from '@backstage/plugin-catalog-react';
import {
  COMPLIANCE_LABEL,
  Compliance,
  COMPLIANCES,
  Grade,
  GRADE_LABEL,
  GRADES,
} from 'backstage-plugin-pipeline-posture-common';
import { useText } from '../hooks/useText';
import {
  EntityPipelineComplianceFilter,
  EntityPipelineGradeFilter,
} from './filters';

type PostureFilters = DefaultEntityFilters & {
  pipelineCompliance?: EntityPipelineComplianceFilter;
  pipelineGrade?: EntityPipelineGradeFilter;
};

const isCompliance = (value: string): value is Compliance =>
  COMPLIANCES.some(compliance => compliance === value);
const isGrade = (value: string): value is Grade =>
  GRADES.some(grade => grade === value);

/**
 * Lets people filter the catalog's list by compliance. Shown only where some entity has the label.
 *
 * @public
 */
export function EntityPipelineCompliancePicker() {
  const t = useText();
  return (
    <EntityAutocompletePicker<PostureFilters, 'pipelineCompliance'>
      label={t('catalog.compliance')}
      name="pipelineCompliance"
      path={`metadata.labels.${COMPLIANCE_LABEL}`}
      Filter={EntityPipelineComplianceFilter}
      getOptionLabel={value =>
        isCompliance(value) ? t(`compliance.${value}`) : value
      }
      renderOption={value =>
        isCompliance(value) ? t(`compliance.${value}`) : value
      }
    />
  );
}

/**
 * Lets people filter the catalog's list by grade. Shown only where some entity has the label.
 *
 * @public
 */
export function EntityPipelineGradePicker() {
  const t = useText();
  const label = (value: string) => {
    if (value === 'not-graded') return t('grade.not-graded');
    return isGrade(value)
      ? t('gradeShort', { letter: value, word: t(`grade.${value}`) })
      : value;
  };
  return (
    <EntityAutocompletePicker<PostureFilters, 'pipelineGrade'>
      label={t('catalog.grade')}
      name="pipelineGrade"
      path={`metadata.labels.${GRADE_LABEL}`}
      Filter={EntityPipelineGradeFilter}
      getOptionLabel={label}
      renderOption={label}
    />
  );
}
