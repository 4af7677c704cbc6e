import { useApi } from '@backstage/core-plugin-api';
import {
  PipelineFilter,
  pipelinePostureFindingReadPermission,
  PipelineTrend,
} from 'backstage-plugin-pipeline-posture-common';
import { pipelinePostureApiRef } from '../../api';
import { useAnswer } from '../../hooks/useAnswer';
import { useLocale } from '../../hooks/useLocale';
import { Text, useText } from '../../hooks/useText';
import { dayOf } from '../marks';
import { Waiting } from '../parts';
import { Failure } from '../states';
import { ComplianceTrend } from './ComplianceTrend';

const SHAPE = [180];

/** Which pipelines the line is about: those of now, or of the day that is shown, on all days. */
function captionOf(
  { pipelines, asOf }: PipelineTrend,
  of: { filtered: boolean; locale: string; t: Text },
): string {
  const { filtered, locale, t } = of;
  if (asOf)
    return t('fleet.trend.pipelines.then', {
      count: pipelines,
      date: dayOf(asOf, locale),
    });
  return filtered
    ? t('fleet.trend.pipelines.matching', { count: pipelines })
    : t('fleet.trend.pipelines.all', { count: pipelines });
}

/** How large a share of the pipelines that the filters let through complied over time. Ends with the tile's number. */
export function PipelinesTrend(props: {
  filter: PipelineFilter;
  /** Whether any filter is set. */
  filtered: boolean;
}) {
  const t = useText();
  const locale = useLocale();
  const api = useApi(pipelinePostureApiRef);
  const { filter, filtered } = props;
  const { value, error, reload } = useAnswer(
    JSON.stringify(filter),
    signal => api.getPipelineTrend(filter, { signal }),
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
  return (
    <ComplianceTrend
      heading={t('fleet.trend.pipelines.heading')}
      labelOf={ends => t('fleet.trend.pipelines.label', ends)}
      caption={captionOf(value, { filtered, locale, t })}
      days={value.points.map(({ pipelines, ...point }) => ({
        ...point,
        all: pipelines,
      }))}
      rubricChanges={value.rubricChanges}
    />
  );
}
