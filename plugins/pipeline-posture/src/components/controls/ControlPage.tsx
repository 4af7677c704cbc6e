import { ButtonLink, Tab, TabList, TabPanel, Tabs } from '@backstage/ui';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { RiArrowLeftLine } from '@remixicon/react';
import {
  ControlDetail,
  pipelinePostureFindingReadPermission,
} from 'backstage-plugin-pipeline-posture-common';
import { useParams } from 'react-router-dom';
import { pipelinePostureApiRef } from '../../api';
import { useAnswer } from '../../hooks/useAnswer';
import { useAsOf } from '../../hooks/useAsOf';
import { useLocale } from '../../hooks/useLocale';
import { useNames } from '../../hooks/useNames';
import { useText } from '../../hooks/useText';
import { rootRouteRef } from '../../routes';
import { Remedies } from '../finding/Remedies';
import finding from '../finding/finding.module.css';
import { dateOf, SeverityMark } from '../marks';
import { EmptyPanel, PageTitle, Panel, Waiting } from '../parts';
import { Failure, nameOfError } from '../states';
import { ControlChanges } from './ControlChanges';
import { ControlCounts } from './ControlCounts';
import { ControlPipelines } from './ControlPipelines';
import { Frameworks } from './Frameworks';
import { Permissions } from './Permissions';

const SHAPE = [200, 240, 240];

function About({ detail }: { detail: ControlDetail }) {
  const t = useText();
  const locale = useLocale();
  const { control, permissions, wrongResults } = detail;
  return (
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
        {permissions.length > 0 && (
          <>
            <dt>{t('controls.permissions')}</dt>
            <dd>
              <Permissions permissions={permissions} />
            </dd>
          </>
        )}
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
        {wrongResults > 0 && (
          <>
            <dt>{t('controls.wrongResults')}</dt>
            <dd>{wrongResults}</dd>
          </>
        )}
      </dl>
    </Panel>
  );
}

function HowToFix({ detail }: { detail: ControlDetail }) {
  const t = useText();
  const names = useNames();
  const platforms = Object.entries(detail.control.remediation);
  return (
    <Panel heading={t('finding.fix')}>
      <Tabs>
        <TabList aria-label={t('controls.column.platforms')}>
          {platforms.map(([provider]) => (
            <Tab key={provider} id={provider}>
              {names.platform(provider)}
            </Tab>
          ))}
        </TabList>
        {platforms.map(([provider, remediation]) => (
          <TabPanel key={provider} id={provider} className={finding.way}>
            <Remedies remediation={remediation} provider={provider} />
          </TabPanel>
        ))}
      </Tabs>
    </Panel>
  );
}

/** One control: why, how it is measured, how to fix it, what it maps to, where it fails, and how it changed. */
export function ControlPage() {
  const t = useText();
  const api = useApi(pipelinePostureApiRef);
  const { asOf, keep } = useAsOf();
  const root = useRouteRef(rootRouteRef)();
  const { controlId = '' } = useParams();
  const { value, error, reload } = useAnswer(`${controlId}:${asOf}`, signal =>
    api.getControl(controlId, { signal, asOf }),
  );
  const back = (
    <div>
      <ButtonLink
        href={keep(`${root}/controls`)}
        variant="tertiary"
        iconStart={<RiArrowLeftLine />}
      >
        {t('controls.all')}
      </ButtonLink>
    </div>
  );
  if (error && !value) {
    if (nameOfError(error) === 'NotFoundError') {
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
        <Failure
          error={error}
          permission={pipelinePostureFindingReadPermission.name}
          onRetry={reload}
        />
      </>
    );
  }
  if (!value) return <Waiting heights={SHAPE} />;
  return (
    <>
      <PageTitle parts={[value.control.title]} />
      {back}
      <About detail={value} />
      <ControlCounts detail={value} />
      <HowToFix detail={value} />
      <Frameworks detail={value} />
      <ControlPipelines control={value.control} />
      <ControlChanges detail={value} />
    </>
  );
}
