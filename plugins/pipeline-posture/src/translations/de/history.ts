import { InOtherWords } from '../InOtherWords';
import { historyMessages as english } from '../en/history';

/** What changed, and how the score went. */
export const historyMessages: InOtherWords<typeof english> = {
  region: 'Verlauf',
  trend: {
    heading: 'Punkte im Lauf der Zeit',
    label:
      'Punkte der letzten {{days}} Tage, von {{first}} am {{from}} bis {{last}} am {{to}}',
    few: 'Die Punkte werden täglich um 00:00 UTC festgehalten. Ab dem zweiten Tag erscheint eine Linie.',
    note: 'Täglich um 00:00 UTC festgehalten. Tage ohne Prüfung sind Lücken.',
    table: 'Als Tabelle ansehen',
    day: 'Tag',
    score: 'Punkte',
    grade: 'Note',
    failing: 'Durchgefallen',
    unknown: 'Unbekannt',
  },
  changes: {
    heading: 'Was sich geändert hat',
    none: 'Seit der ersten Prüfung hat sich nichts geändert.',
    more_one: '{{count}} frühere Änderung zeigen',
    more_other: '{{count}} frühere Änderungen zeigen',
    score: 'Punkte {{from}} → {{to}}',
    grade: 'Note {{from}} → {{to}}',
    up: '{{points}} mehr',
    down: '{{points}} weniger',
    ruleChange: 'Regeländerung',
    transition: '{{control}}: {{from}} → {{to}}',
    first: 'neu',
    gone: 'entfallen',
  },
  cause: {
    'setting-changed': 'Einstellung geändert',
    'pipeline-added': 'Pipeline hinzugekommen',
    'pipeline-gone': 'Pipeline entfallen',
    'control-added': 'Kontrolle hinzugekommen',
    'control-removed': 'Kontrolle entfallen',
    'control-changed': 'Kontrolle geändert',
    'weight-changed': 'Gewicht geändert',
    'exemption-started': 'Ausnahme begonnen',
    'exemption-ended': 'Ausnahme beendet',
    'could-not-check': 'Nicht mehr prüfbar',
    'could-check-again': 'Wieder prüfbar',
  },
};
