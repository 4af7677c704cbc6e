import { ButtonIcon, Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { RiCloseLine } from '@remixicon/react';
import {
  ExemptionDetail,
  ExemptionView,
  pipelinePostureFindingReadPermission,
} from 'backstage-plugin-pipeline-posture-common';
import { useCallback, useEffect } from 'react';
import { pipelinePostureApiRef } from '../../api';
import { useAnswer } from '../../hooks/useAnswer';
import { useAsOf } from '../../hooks/useAsOf';
import { useText } from '../../hooks/useText';
import { Panel, Waiting } from '../parts';
import posture from '../posture/posture.module.css';
import { Failure } from '../states';
import { Decision } from './Decision';
import { ExemptionEvents } from './ExemptionEvents';
import { ExemptionFinding } from './ExemptionFinding';
import { ExemptionMark } from './ExemptionMark';
import { RequestFacts } from './RequestFacts';
import { useTargetName } from './ExemptionTable';
import styles from './exemptions.module.css';

const SHAPE = [60, 240, 160];

function Parts(props: {
  detail: ExemptionDetail;
  title: string;
  onChanged: () => void;
}) {
  const t = useText();
  const { asOf } = useAsOf();
  const { detail } = props;
  return (
    <>
      <Panel heading={t('exemptions.panel.request')} className={styles.facts}>
        <RequestFacts exemption={detail} />
      </Panel>
      <Panel heading={t('exemptions.panel.finding')} className={styles.facts}>
        <ExemptionFinding detail={detail} />
      </Panel>
      {!asOf && (
        <Decision
          exemption={detail}
          title={props.title}
          severity={detail.findings[0]?.severity}
          onDecided={props.onChanged}
        />
      )}
      <Panel heading={t('exemptions.panel.history')}>
        <ExemptionEvents events={detail.events} />
      </Panel>
    </>
  );
}

/** Everything that a decision about one exemption takes, and the decision. */
export function ExemptionPanel(props: {
  id: string;
  headingId: string;
  titleOf: (controlId: string) => string;
  onClose: () => void;
  onOpened: (exemption: ExemptionView) => void;
  onChanged: () => void;
}) {
  const t = useText();
  const api = useApi(pipelinePostureApiRef);
  const targetName = useTargetName();
  const { asOf } = useAsOf();
  const { id, onOpened, onChanged } = props;
  const { value, error, reload } = useAnswer(`${id}:${asOf}`, signal =>
    api.getExemption(id, { signal, asOf }),
  );
  const changed = useCallback(() => {
    reload();
    onChanged();
  }, [onChanged, reload]);
  useEffect(() => {
    if (value) onOpened(value);
  }, [onOpened, value]);
  const title = value && props.titleOf(value.controlId);
  return (
    <>
      <div className={posture.drawerHead}>
        <div>
          <Text
            as="h2"
            variant="title-small"
            id={props.headingId}
            lang={title && 'en'}
          >
            {title ?? t('exemptions.panel.loading')}
          </Text>
          {value && (
            <>
              <Text as="p" variant="body-medium">
                {targetName(value)}
              </Text>
              <ExemptionMark exemption={value} />
            </>
          )}
        </div>
        <ButtonIcon
          icon={<RiCloseLine />}
          variant="tertiary"
          aria-label={t('exemptions.panel.close')}
          onPress={props.onClose}
        />
      </div>
      {error && !value && (
        <Failure
          error={error}
          permission={pipelinePostureFindingReadPermission.name}
          part
          onRetry={reload}
        />
      )}
      {!error && !value && <Waiting heights={SHAPE} />}
      {value && (
        <Parts detail={value} title={title ?? ''} onChanged={changed} />
      )}
    </>
  );
}
