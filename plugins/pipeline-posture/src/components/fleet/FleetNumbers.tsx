import { useApi } from '@backstage/core-plugin-api';
import {
  COMPLIANCES,
  FleetSummary,
  GRADES,
  pipelinePostureFindingReadPermission,
  PipelineQuery,
} from 'backstage-plugin-pipeline-posture-common';
import { pipelinePostureApiRef } from '../../api';
import { useAnswer } from '../../hooks/useAnswer';
import { useLocale } from '../../hooks/useLocale';
import { useText } from '../../hooks/useText';
import { UrlState } from '../../hooks/useUrlState';
import { ComplianceMark, GradeMark } from '../marks';
import { Panel, Waiting } from '../parts';
import { ListState } from '../pipelines/listState';
import { Failure } from '../states';
import { BarList } from './BarList';
import { FailingControls } from './FailingControls';
import styles from './fleet.module.css';
import { percentOf } from './percent';
import { withoutPaging } from './withoutPaging';

const SHAPE = [200];

function Compliances(props: {
  summary: FleetSummary;
  url: UrlState<ListState>;
}) {
  const t = useText();
  const { summary, url } = props;
  return (
    <Panel heading={t('fleet.compliance')}>
      <BarList
        label={t('fleet.compliance')}
        total={summary.pipelines}
        bars={COMPLIANCES.map(compliance => ({
          key: compliance,
          mark: <ComplianceMark compliance={compliance} />,
          number: summary.byCompliance[compliance],
          chosen: url.state.compliance.includes(compliance),
          onChoose: () => url.update({ compliance: [compliance], page: 1 }),
        }))}
      />
    </Panel>
  );
}

function Grades(props: { summary: FleetSummary; url: UrlState<ListState> }) {
  const t = useText();
  const { summary, url } = props;
  return (
    <Panel heading={t('fleet.grades')}>
      <BarList
        label={t('fleet.grades')}
        total={summary.pipelines}
        bars={GRADES.map(grade => ({
          key: grade,
          mark: <GradeMark grade={grade} />,
          number: summary.byGrade[grade],
          chosen: url.state.grade.includes(grade),
          onChoose: () => url.update({ grade: [grade], page: 1 }),
        }))}
      />
    </Panel>
  );
}

/** Numbers over all pipelines that the filters let through. Each leads to exactly the pipelines that it counts. */
export function FleetNumbers(props: {
  query: PipelineQuery;
  url: UrlState<ListState>;
}) {
  const t = useText();
  const locale = useLocale();
  const api = useApi(pipelinePostureApiRef);
  const query = withoutPaging(props.query);
  const { value, error, reload } = useAnswer(
    JSON.stringify(query),
    signal => api.getSummary(query, { signal }),
    { keep: true },
  );
  if (error && !value) {
    return (
      <Failure
        part
        error={error}
        permission={pipelinePostureFindingReadPermission.name}
        onRetry={reload}
      />
    );
  }
  if (!value) return <Waiting heights={SHAPE} />;
  if (value.pipelines === 0) return null;
  return (
    <>
      <p className={styles.line}>
        {t('fleet.numbers', {
          compliant: String(value.byCompliance.compliant),
          all: String(value.pipelines),
          percent: percentOf(
            value.byCompliance.compliant,
            value.pipelines,
            locale,
          ),
          critical: String(value.failingBySeverity.critical),
          linked: String(value.linked),
        })}
      </p>
      <div className={styles.numbers}>
        <Compliances summary={value} url={props.url} />
        <Grades summary={value} url={props.url} />
        <FailingControls summary={value} url={props.url} />
      </div>
    </>
  );
}
