import { InOtherWords } from '../InOtherWords';
import { groupsMessages as english } from '../en/groups';

/** Posture by owner, system and domain. */
export const groupsMessages: InOtherWords<typeof english> = {
  title: 'Teams und Systeme',
  by: 'Nach',
  owner: 'Eigentümer',
  system: 'System',
  domain: 'Domäne',
  none: 'Keine',
  column: {
    compliant: 'Konform',
    picture: 'Bild',
    unknown: 'Unbekannt',
    nonCompliant: 'Nicht konform',
    mean: 'Mittlere Punkte',
    firstFix: 'Zuerst beheben',
    pipelines: 'Pipelines',
  },
  showPipelines: 'Pipelines zeigen',
  share: '{{compliant}} von {{all}} ({{percent}})',
  fix: '{{control}} (fällt in {{pipelines}} durch)',
  note: 'Jede Entität zählt einmal. Ein Eigentümer hat auch die Entitäten der Gruppen unter ihm.',
  empty: 'Noch keine Entität mit einer Pipeline gefunden.',
  heat: {
    title: 'Heatmap',
    note: 'Welcher Anteil der Prüfungen besteht und in wie vielen Pipelines etwas durchfällt. Die schwächsten stehen zuerst.',
    failing_one: '{{count}} Pipeline fällt durch',
    failing_other: '{{count}} Pipelines fallen durch',
    noneFailing: 'nichts fällt durch',
  },
  posture: {
    heading: 'Wie die Dienste dastehen',
    comply: 'Dienste konform',
    mean: 'Mittlere Punkte {{score}}',
    unknown_one: 'Konformität von {{count}} unbekannt',
    unknown_other: 'Konformität von {{count}} unbekannt',
    exempt_one: '{{count}} Ergebnis ausgenommen',
    exempt_other: '{{count}} Ergebnisse ausgenommen',
  },
  members: {
    heading: 'Dienste, schwächste zuerst',
    name: 'Dienst',
  },
  topFixes: {
    heading: 'Die drei wichtigsten Korrekturen',
    pipelines_one: 'Behebt {{count}} Pipeline',
    pipelines_other: 'Behebt {{count}} Pipelines',
    gain_one: 'im Mittel +{{count}} Punkt',
    gain_other: 'im Mittel +{{count}} Punkte',
  },
};
