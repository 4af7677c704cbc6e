import { useApi } from '@backstage/core-plugin-api';
import {
  COMPLIANCES,
  FacetValue,
  FleetFacets,
  FleetSummary,
  GRADES,
  PipelineFilter,
  pipelinePostureFindingReadPermission,
} from 'backstage-plugin-pipeline-posture-common';
import { ReactNode } from 'react';
import { pipelinePostureApiRef } from '../../api';
import { useAnswer } from '../../hooks/useAnswer';
import { useLocale } from '../../hooks/useLocale';
import { useText } from '../../hooks/useText';
import { UrlState } from '../../hooks/useUrlState';
import { ComplianceMark, GradeMark } from '../marks';
import { Panel, Waiting } from '../parts';
import { isAboutResults, isFiltered, ListState } from '../pipelines/listState';
import { Failure } from '../states';
import { BarList } from './BarList';
import { FailingControls } from './FailingControls';
import styles from './fleet.module.css';
import { percentOf } from './percent';
import { PipelinesTrend } from './PipelinesTrend';
import { Tiles } from './Tiles';
import { useFailingFacets } from './useFailingFacets';
import { WeakestGroups } from './WeakestGroups';

const SHAPE = [110, 220, 260];

function Distribution<K extends string>(props: {
  heading: string;
  keys: readonly K[];
  numbers: Record<K, number>;
  all: number;
  chosen: readonly string[];
  mark: (key: K) => ReactNode;
  onChoose: (key: K) => void;
}) {
  const t = useText();
  const locale = useLocale();
  const { heading, keys, numbers, all, chosen, mark, onChoose } = props;
  return (
    <Panel heading={heading}>
      <BarList
        label={heading}
        bars={keys.map(key => ({
          key,
          mark: mark(key),
          share: numbers[key] / (all || 1),
          words: t('fleet.ofAll', {
            number: String(numbers[key]),
            percent: percentOf(numbers[key], all, locale),
          }),
          chosen: chosen.includes(key),
          disabled: numbers[key] === 0,
          onChoose: () => onChoose(key),
        }))}
      />
    </Panel>
  );
}

const countOf = (values: readonly FacetValue[], wanted: string) =>
  values.find(({ value }) => value === wanted)?.count ?? 0;

function Distributions(props: {
  summary: FleetSummary;
  url: UrlState<ListState>;
}) {
  const t = useText();
  const { summary, url } = props;
  const all = summary.pipelines;
  return (
    <>
      <Distribution
        heading={t('fleet.grades')}
        keys={GRADES}
        numbers={summary.byGrade}
        all={all}
        chosen={url.state.grade}
        mark={grade => <GradeMark grade={grade} />}
        onChoose={grade => url.update({ grade: [grade], page: 1 })}
      />
      <Distribution
        heading={t('fleet.field.compliance')}
        keys={COMPLIANCES}
        numbers={summary.byCompliance}
        all={all}
        chosen={url.state.compliance}
        mark={compliance => <ComplianceMark compliance={compliance} />}
        onChoose={compliance =>
          url.update({ compliance: [compliance], page: 1 })
        }
      />
    </>
  );
}

/** Numbers over all pipelines that the filters let through. Each leads to exactly the pipelines that it counts. */
export function FleetNumbers(props: {
  filter: PipelineFilter;
  facets?: FleetFacets;
  titles: ReadonlyMap<string, string>;
  url: UrlState<ListState>;
}) {
  const api = useApi(pipelinePostureApiRef);
  const { filter, facets, titles, url } = props;
  const failing = useFailingFacets(filter, facets);
  const { value, error, reload } = useAnswer(
    JSON.stringify(filter),
    signal => api.getSummary(filter, { signal }),
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
  // The summary counts any result of the pipelines that match; where only certain results are meant, the facets say
  // how many pipelines one step further leads to.
  const aboutResults = isAboutResults(url.state);
  const controls = aboutResults
    ? failing?.control.map(one => ({
        controlId: one.value,
        failing: one.count,
      }))
    : value.controls;
  const critical = aboutResults
    ? failing && countOf(failing.severity, 'critical')
    : value.failingBySeverity.critical;
  return (
    <>
      <Tiles
        summary={value}
        exempt={facets && countOf(facets.status, 'exempt')}
        critical={critical}
        filter={filter}
        url={url}
      />
      <div className={styles.numbers}>
        <Distributions summary={value} url={url} />
        <PipelinesTrend filter={filter} filtered={isFiltered(url.state)} />
        <WeakestGroups filter={filter} url={url} />
      </div>
      {controls && (
        <FailingControls
          controls={controls}
          of={aboutResults ? undefined : value.pipelines}
          titles={titles}
          url={url}
        />
      )}
    </>
  );
}
