import { ControlDetail } from 'backstage-plugin-pipeline-posture-common';
import { useLocale } from '../../hooks/useLocale';
import { useText } from '../../hooks/useText';
import { dayOf } from '../marks';
import { Panel } from '../parts';

/** When the rule of a control changed. */
export function ControlChanges({ detail }: { detail: ControlDetail }) {
  const t = useText();
  const locale = useLocale();
  const { changes } = detail;
  return (
    <Panel heading={t('controls.changes.heading')}>
      {changes.length === 0 ? (
        <p>{t('controls.changes.none')}</p>
      ) : (
        <ul>
          {changes.map(({ day, what }) => (
            <li key={day}>
              {t(`controls.changes.${what}`, { day: dayOf(day, locale) })}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
