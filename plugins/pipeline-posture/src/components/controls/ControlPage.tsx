import { ButtonLink } from '@backstage/ui';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { RiArrowLeftLine } from '@remixicon/react';
import {
  ControlMetadata,
  pipelinePostureFindingReadPermission,
} from 'backstage-plugin-pipeline-posture-common';
import { useParams } from 'react-router-dom';
import { pipelinePostureApiRef } from '../../api';
import { useAnswer } from '../../hooks/useAnswer';
import { useLocale } from '../../hooks/useLocale';
import { useNames } from '../../hooks/useNames';
import { useText } from '../../hooks/useText';
import { rootRouteRef } from '../../routes';
import { Remedies } from '../finding/Remedies';
import finding from '../finding/finding.module.css';
import { dateOf, SeverityMark } from '../marks';
import { EmptyPanel, Panel, Waiting } from '../parts';
import { Failure } from '../states';
import { ControlPipelines } from './ControlPipelines';

const SHAPE = [200, 240, 240];

function About({ control }: { control: ControlMetadata }) {
  const t = useText();
  const locale = useLocale();
  const names = useNames();
  return (
    <>
      <Panel
        heading={<span lang="en">{control.title}</span>}
        beside={<SeverityMark severity={control.severity} />}
      >
        <dl className={finding.detail}>
          <dt>{t('controls.id')}</dt>
          <dd>
            <code>{control.id}</code>
          </dd>
          <dt>{t('controls.column.dimension')}</dt>
          <dd>{t(`dimension.${control.dimension}`)}</dd>
          <dt>{t('finding.why')}</dt>
          <dd lang="en">{control.why}</dd>
          <dt>{t('finding.measure')}</dt>
          <dd lang="en">{control.measure}</dd>
          <dt>{t('finding.who')}</dt>
          <dd>{t('finding.mustAct', { who: t(`actor.${control.actor}`) })}</dd>
          {control.lifecycle === 'preview' && (
            <>
              <dt>{t('status.preview')}</dt>
              <dd>
                {control.activeFrom
                  ? t('controls.activeFrom', {
                      date: dateOf(control.activeFrom, locale),
                    })
                  : t('finding.effectPreview')}
              </dd>
            </>
          )}
          <dt>{t('controls.answers')}</dt>
          <dd>{control.answers.join(', ') || t('none')}</dd>
        </dl>
      </Panel>
      {Object.entries(control.remediation).map(([provider, remediation]) => (
        <Panel
          key={provider}
          heading={t('controls.fixOn', { platform: names.platform(provider) })}
        >
          <Remedies remediation={remediation} provider={provider} />
        </Panel>
      ))}
    </>
  );
}

/** One control: why, how it is measured, how to fix it, and where it fails. */
export function ControlPage() {
  const t = useText();
  const api = useApi(pipelinePostureApiRef);
  const root = useRouteRef(rootRouteRef)();
  const { controlId = '' } = useParams();
  const { value, error, reload } = useAnswer('controls', signal =>
    api.listControls({ signal }),
  );
  const back = (
    <div>
      <ButtonLink
        href={`${root}/controls`}
        variant="tertiary"
        iconStart={<RiArrowLeftLine />}
      >
        {t('controls.all')}
      </ButtonLink>
    </div>
  );
  if (error && !value) {
    return (
      <Failure
        error={error}
        permission={pipelinePostureFindingReadPermission.name}
        onRetry={reload}
      />
    );
  }
  if (!value) return <Waiting heights={SHAPE} />;
  const control = value.find(({ id }) => id === controlId);
  if (!control) {
    return (
      <>
        {back}
        <EmptyPanel
          title={t('controls.notFound.title', { id: controlId })}
          text={t('controls.notFound.text')}
        />
      </>
    );
  }
  return (
    <>
      {back}
      <About control={control} />
      <ControlPipelines control={control} />
    </>
  );
}
