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
};
