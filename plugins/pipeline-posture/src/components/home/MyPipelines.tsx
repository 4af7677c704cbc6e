import {
  GRADES,
  pipelinePostureFindingReadPermission,
} from 'backstage-plugin-pipeline-posture-common';
import { Link } from 'react-router-dom';
import { useLocale } from '../../hooks/useLocale';
import { usePage } from '../../hooks/usePage';
import { useText } from '../../hooks/useText';
import { percentOf } from '../fleet/percent';
import { GradeMark } from '../marks';
import { Root, Waiting } from '../parts';
import { Failure } from '../states';
import { OwnSummary, useOwnSummary } from './useOwnSummary';
import styles from './home.module.css';

const SHAPE = [140];

function Numbers({ summary, owners }: OwnSummary) {
  const t = useText();
  const locale = useLocale();
  const page = usePage() ?? '';
  if (!summary?.pipelines) return <p>{t('home.mine.none')}</p>;
  const { pipelines, byGrade, byCompliance } = summary;
  const address = (more: Record<string, string> = {}) => {
    const search = new URLSearchParams(more);
    owners.forEach(owner => search.append('owner', owner));
    return `${page}?${search}`;
  };
  return (
    <>
      <p>
        {t('home.mine.compliant', {
          compliant: String(byCompliance.compliant),
          all: String(pipelines),
          percent: percentOf(byCompliance.compliant, pipelines, locale),
        })}
      </p>
      <ul className={styles.grades}>
        {GRADES.filter(grade => byGrade[grade] > 0).map(grade => (
          <li key={grade}>
            <Link to={address({ grade })} className={styles.grade}>
              <GradeMark grade={grade} /> {byGrade[grade]}
            </Link>
          </li>
        ))}
      </ul>
      <p>
        <Link to={address()}>{t('home.mine.all', { count: pipelines })}</Link>
      </p>
    </>
  );
}

/** Home-page widget: how the pipelines do of what the viewer owns. */
export function MyPipelines() {
  const { value, error, reload } = useOwnSummary();
  return (
    <Root>
      {error && !value && (
        <Failure
          part
          error={error}
          permission={pipelinePostureFindingReadPermission.name}
          onRetry={reload}
        />
      )}
      {!error && !value && <Waiting heights={SHAPE} />}
      {value && <Numbers {...value} />}
    </Root>
  );
}
