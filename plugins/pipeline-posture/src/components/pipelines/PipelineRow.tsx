import { PipelineSummary } from 'backstage-plugin-pipeline-posture-common';
import { KeyboardEvent, memo, MouseEvent } from 'react';
import { useNames } from '../../hooks/useNames';
import { useText } from '../../hooks/useText';
import { GradeMark, SeverityCount, StaleFlag, When } from '../marks';
import { AddressOf, EntityLinks } from '../parts';
import { severitiesOf } from '../posture/checks';
import styles from './table.module.css';

const SHOWN_ENTITIES = 2;

function Failing({ pipeline }: { pipeline: PipelineSummary }) {
  const t = useText();
  const severities = severitiesOf(pipeline.failing);
  if (severities.length === 0) return <>{pipeline.counts.fail || t('none')}</>;
  return (
    <span className={styles.severities}>
      {severities.map(({ severity, number }) => (
        <SeverityCount key={severity} severity={severity} number={number} />
      ))}
    </span>
  );
}

/** Somebody who marks text or follows a link in a row does not want to open it. */
export function isMeant({ target }: MouseEvent): boolean {
  if (target instanceof Element && target.closest('a')) return false;
  return (window.getSelection()?.toString() ?? '') === '';
}

function Row(props: {
  pipeline: PipelineSummary;
  /** Place in the whole table, where not all of it is drawn. */
  index?: number;
  /** Says what the platform is instead of what the pipeline belongs to, on an entity's own page. */
  ofEntity?: boolean;
  addressOf: AddressOf;
  onOpen: (pipeline: PipelineSummary) => void;
}) {
  const t = useText();
  const names = useNames();
  const { pipeline, ofEntity, onOpen } = props;
  const { id, name, scope, provider, counts } = pipeline;
  const kind = t(`kind.${pipeline.kind}`);
  const place = ofEntity ? scope : `${kind}, ${scope}`;
  // The row itself has the focus after what it opened was closed.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && event.target === event.currentTarget)
      onOpen(pipeline);
  };
  return (
    <tr
      data-key={id}
      tabIndex={-1}
      aria-rowindex={props.index}
      onClick={event => isMeant(event) && onOpen(pipeline)}
      onKeyDown={onKeyDown}
    >
      <th scope="row">
        <span className={styles.lines}>
          <button type="button" className={styles.open} aria-haspopup="dialog">
            {name}
          </button>
          <span className={styles.second} title={place}>
            {place}
          </span>
        </span>
      </th>
      {ofEntity ? (
        <td>
          <span className={styles.lines}>
            <span>{names.platform(provider)}</span>
            <span className={styles.second}>{kind}</span>
          </span>
        </td>
      ) : (
        <td>
          {pipeline.entityRefs.length === 0 ? (
            t('fleet.noEntity')
          ) : (
            <EntityLinks
              refs={pipeline.entityRefs}
              addressOf={props.addressOf}
              atMost={SHOWN_ENTITIES}
            />
          )}
        </td>
      )}
      <td>{t(`reachesShort.${pipeline.reachesProduction}`)}</td>
      <td>
        <GradeMark grade={pipeline.grade} />
      </td>
      <td className={styles.number}>{pipeline.score}</td>
      <td>
        <Failing pipeline={pipeline} />
      </td>
      <td className={styles.number}>{counts.unknown || t('none')}</td>
      <td>
        <When at={pipeline.collectedAt} /> {pipeline.stale && <StaleFlag />}
      </td>
    </tr>
  );
}

/** One pipeline in a list. Its name is a button; a click counts anywhere in the row. */
export const PipelineRow = memo(Row);
