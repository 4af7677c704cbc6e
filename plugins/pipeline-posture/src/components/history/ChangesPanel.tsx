import { Button } from '@backstage/ui';
import {
  ChangeView,
  ControlMetadata,
  Grade,
  ResultStatus,
  Transition,
} from 'backstage-plugin-pipeline-posture-common';
import { useState } from 'react';
import { useText } from '../../hooks/useText';
import { When } from '../marks';
import { Panel } from '../parts';
import styles from './history.module.css';

const SHOWN_AT_FIRST = 5;
const TRANSITIONS_SHOWN = 6;

function Effect({ before, after }: Pick<ChangeView, 'before' | 'after'>) {
  const t = useText();
  if (!before || !after) return null;
  const delta = after.score - before.score;
  const grade = (one: Grade) =>
    one === 'not-graded' ? t('grade.not-graded') : one;
  if (delta === 0 && before.grade === after.grade) return null;
  return (
    <span>
      {delta !== 0 && (
        <>
          {t('history.changes.score', {
            from: String(before.score),
            to: String(after.score),
          })}{' '}
          (
          {delta > 0
            ? t('history.changes.up', { points: String(delta) })
            : t('history.changes.down', { points: String(-delta) })}
          )
        </>
      )}
      {delta !== 0 && before.grade !== after.grade && ', '}
      {before.grade !== after.grade &&
        t('history.changes.grade', {
          from: grade(before.grade),
          to: grade(after.grade),
        })}
    </span>
  );
}

function Transitions(props: {
  transitions: readonly Transition[];
  titles: ReadonlyMap<string, string>;
}) {
  const t = useText();
  const { transitions, titles } = props;
  const word = (status: ResultStatus | undefined, missing: string) =>
    status ? t(`status.${status}`) : missing;
  const shown = transitions.slice(0, TRANSITIONS_SHOWN);
  if (shown.length === 0) return null;
  return (
    <ul className={styles.transitions}>
      {shown.map(({ controlId, from, to }) => (
        <li key={controlId}>
          {t('history.changes.transition', {
            control: titles.get(controlId) ?? controlId,
            from: word(from, t('history.changes.first')),
            to: word(to, t('history.changes.gone')),
          })}
        </li>
      ))}
      {shown.length < transitions.length && (
        <li>
          {t('finding.more', { count: transitions.length - shown.length })}
        </li>
      )}
    </ul>
  );
}

/** The ledger: what changed, when, and whether it was the pipeline or the rules. */
export function ChangesPanel(props: {
  changes: readonly ChangeView[];
  controls: readonly ControlMetadata[];
}) {
  const t = useText();
  const [all, setAll] = useState(false);
  const { changes, controls } = props;
  const titles = new Map(controls.map(({ id, title }) => [id, title]));
  const shown = all ? changes : changes.slice(0, SHOWN_AT_FIRST);
  return (
    <Panel heading={t('history.changes.heading')}>
      {changes.length === 0 && <p>{t('history.changes.none')}</p>}
      <ol className={styles.changes}>
        {shown.map(change => (
          <li key={change.id}>
            <p className={styles.change}>
              <strong>{t(`history.cause.${change.cause}`)}</strong>
              {change.ruleChange && (
                <span>{t('history.changes.ruleChange')}</span>
              )}
              <span>{change.pipelineName}</span>
              <Effect before={change.before} after={change.after} />
              <When at={change.at} />
            </p>
            <Transitions transitions={change.transitions} titles={titles} />
          </li>
        ))}
      </ol>
      {shown.length < changes.length && (
        <Button size="small" variant="secondary" onPress={() => setAll(true)}>
          {t('history.changes.more', { count: changes.length - shown.length })}
        </Button>
      )}
    </Panel>
  );
}
