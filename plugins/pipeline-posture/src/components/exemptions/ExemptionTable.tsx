import { EntityRefLink } from '@backstage/plugin-catalog-react';
import {
  ExemptionQueue,
  ExemptionView,
} from 'backstage-plugin-pipeline-posture-common';
import { KeyboardEvent } from 'react';
import { useText } from '../../hooks/useText';
import { When } from '../marks';
import { Scroll } from '../parts';
import { entityName } from '../pipelines/filterFields';
import { isMeant } from '../pipelines/PipelineRow';
import table from '../pipelines/table.module.css';
import { ExemptionMark } from './ExemptionMark';
import { Span, TimeLeft } from './ExemptionTime';
import { ScoreEffect } from './ScoreEffect';
import styles from './exemptions.module.css';

const OPEN: readonly ExemptionQueue[] = ['waiting', 'active', 'ending-soon'];

/** What an exemption applies to, in words. */
export function useTargetName() {
  const t = useText();
  return ({ pipelineName, pipelineId, entityRef = '' }: ExemptionView) =>
    pipelineName ??
    pipelineId ??
    t('exemptions.wholeEntity', { name: entityName(entityRef) });
}

function Person(props: { entityRef?: string; at?: string }) {
  const t = useText();
  const { entityRef, at } = props;
  if (!entityRef) return <>{t('none')}</>;
  return (
    <span className={styles.lines}>
      <EntityRefLink entityRef={entityRef} className={table.entity} hideIcon />
      {at && (
        <span className={table.second}>
          <When at={at} />
        </span>
      )}
    </span>
  );
}

/** Who approved it, where it ended by itself; else who decided. */
function deciderOf({ state, events, decidedBy, decidedAt }: ExemptionView) {
  const approval = events.find(({ what }) => what === 'approved');
  return state === 'expired' || state === 'lapsed'
    ? { entityRef: approval?.by, at: approval?.at }
    : { entityRef: decidedBy, at: decidedAt };
}

/** In the queue that holds both: whether it expired or lapsed, and when. */
function EndedAs({ exemption }: { exemption: ExemptionView }) {
  const ended = exemption.events.at(-1)?.at;
  return (
    <span className={styles.head}>
      <ExemptionMark exemption={exemption} />
      {ended && <When at={ended} />}
    </span>
  );
}

function Row(props: {
  exemption: ExemptionView;
  queue: ExemptionQueue;
  title: string;
  onOpen: () => void;
}) {
  const t = useText();
  const targetName = useTargetName();
  const { exemption, queue, onOpen } = props;
  const { id, owners = [] } = exemption;
  // The row itself has the focus after what it opened was closed.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && event.target === event.currentTarget) onOpen();
  };
  return (
    <tr
      data-key={id}
      tabIndex={-1}
      onClick={event => isMeant(event) && onOpen()}
      onKeyDown={onKeyDown}
    >
      <th scope="row">
        <span className={styles.lines}>
          <button
            type="button"
            className={table.open}
            aria-haspopup="dialog"
            lang="en"
          >
            {props.title}
          </button>
          <span className={table.second}>
            {t(`exemptions.type.${exemption.type}`)}
          </span>
        </span>
      </th>
      <td className={styles.target}>{targetName(exemption)}</td>
      <td>{owners.map(entityName).join(', ') || t('exemptions.noOwner')}</td>
      <td>
        <Person entityRef={exemption.requestedBy} at={exemption.requestedAt} />
      </td>
      {queue !== 'waiting' && (
        <td>
          <Person {...deciderOf(exemption)} />
        </td>
      )}
      <td>
        <span className={styles.lines}>
          <span className={styles.span}>
            <Span exemption={exemption} />
          </span>
          <span className={table.second}>
            {queue === 'expired' ? (
              <EndedAs exemption={exemption} />
            ) : (
              <TimeLeft exemption={exemption} />
            )}
          </span>
        </span>
      </td>
      {OPEN.includes(queue) && (
        <td>
          <ScoreEffect exemption={exemption} />
        </td>
      )}
    </tr>
  );
}

/** The exemptions of one queue. */
export function ExemptionTable(props: {
  exemptions: readonly ExemptionView[];
  queue: ExemptionQueue;
  /** True while newer rows are awaited. */
  stale: boolean;
  titleOf: (controlId: string) => string;
  onOpen: (exemption: ExemptionView) => void;
}) {
  const t = useText();
  const { queue } = props;
  return (
    <Scroll label={t('table', { name: t('exemptions.title') })}>
      <table
        className={`${table.table} ${styles.table}`}
        aria-busy={props.stale || undefined}
      >
        <thead>
          <tr>
            <th scope="col">{t('exemptions.column.control')}</th>
            <th scope="col">{t('exemptions.column.target')}</th>
            <th scope="col">{t('exemptions.column.owner')}</th>
            <th scope="col">{t('exemptions.column.requested')}</th>
            {queue !== 'waiting' && (
              <th scope="col">{t(`exemptions.column.decided.${queue}`)}</th>
            )}
            <th scope="col">{t('exemptions.column.span')}</th>
            {OPEN.includes(queue) && (
              <th scope="col">{t('exemptions.column.effect')}</th>
            )}
          </tr>
        </thead>
        <tbody>
          {props.exemptions.map(exemption => (
            <Row
              key={exemption.id}
              exemption={exemption}
              queue={queue}
              title={props.titleOf(exemption.controlId)}
              onOpen={() => props.onOpen(exemption)}
            />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
