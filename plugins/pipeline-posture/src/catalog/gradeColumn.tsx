import { Entity } from '@backstage/catalog-model';
import { TableColumn } from '@backstage/core-components';
import {
  Grade,
  GRADE_LABEL,
  GRADES,
} from 'backstage-plugin-pipeline-posture-common';
import { useText } from '../hooks/useText';

const gradeOf = ({ entity }: { entity: Entity }): Grade | undefined =>
  GRADES.find(grade => grade === entity.metadata.labels?.[GRADE_LABEL]);

function GradeTitle() {
  const t = useText();
  return <>{t('catalog.grade')}</>;
}

function GradeCell({ grade }: { grade?: Grade }) {
  const t = useText();
  if (!grade) return <>{t('none')}</>;
  if (grade === 'not-graded') return <>{t('grade.not-graded')}</>;
  return <>{t('gradeShort', { letter: grade, word: t(`grade.${grade}`) })}</>;
}

/**
 * A column for the catalog's list with the grade of an entity's pipelines, from its label. It is as old as the label:
 * up to the catalog's own refresh interval.
 *
 * @returns a column for the `columns` of `CatalogIndexPage`
 * @public
 */
export function createPipelineGradeColumn<
  T extends { entity: Entity },
>(): TableColumn<T> {
  const rank = (row: T) => {
    const grade = gradeOf(row);
    return grade ? GRADES.indexOf(grade) : GRADES.length;
  };
  return {
    title: <GradeTitle />,
    field: `entity.metadata.labels.${GRADE_LABEL}`,
    customSort: (a, b) => rank(a) - rank(b),
    render: row => <GradeCell grade={gradeOf(row)} />,
    width: 'auto',
  };
}
