import { InOtherWords } from '../InOtherWords';
import { healthMessages as english } from '../en/health';

/** How the collection goes. */
export const healthMessages: InOtherWords<typeof english> = {
  title: 'Datenlage',
  needsAttention: 'bitte ansehen',
  attentionForAll: 'Datenlage: bitte ansehen',
  collectingNow: 'Wird gerade gelesen',
  nextRun: 'Nächster Lauf',
  collecting: '{{percent}} %, {{done}} von {{total}} Pipelines',
  tenth: '{{percent}} % gelesen',
  run: 'Jetzt lesen',
  runAll: 'Jetzt alles lesen',
  runOne: 'Jetzt lesen: {{scope}}',
  stop: 'Anhalten',
  stopOne: 'Anhalten: {{scope}}',
  started_one: '{{count}} Lauf ist angefordert',
  started_other: '{{count}} Läufe sind angefordert',
  notStarted: 'Nicht jeder Lauf konnte angefordert werden',
  stopped_one: '{{count}} Lauf wird angehalten',
  stopped_other: '{{count}} Läufe werden angehalten',
  notStopped: 'Nicht jeder Lauf konnte angehalten werden',
  sources: 'Organisationen und Konten',
  failingScopes: '{{failing}} von {{all}} schlagen fehl',
  missingLinks: {
    heading: 'Entitäten, deren Pipeline fehlt',
    none: 'Jede Annotation führt zu einer Pipeline.',
    text_one:
      '{{count}} Annotation zeigt auf eine Pipeline, die kein Lauf gefunden hat.',
    text_other:
      '{{count}} Annotationen zeigen auf Pipelines, die kein Lauf gefunden hat.',
    entity: 'Entität',
    annotation: 'Annotation',
  },
  overall: {
    sources_one:
      'Bitte ansehen: {{count}} Organisation kann nicht aufgelistet werden.',
    sources_other:
      'Bitte ansehen: {{count}} Organisationen können nicht aufgelistet werden.',
    ok: 'Alles konnte gelesen werden.',
    incomplete_one:
      'Bitte ansehen: {{count}} Quelle konnte nicht vollständig gelesen werden.',
    incomplete_other:
      'Bitte ansehen: {{count}} Quellen konnten nicht vollständig gelesen werden.',
    failing_one: 'Bitte ansehen: {{count}} Quelle schlägt fehl.',
    failing_other: 'Bitte ansehen: {{count}} Quellen schlagen fehl.',
    notConfigured_one:
      'Bitte ansehen: {{count}} Organisation ist nicht mehr konfiguriert.',
    notConfigured_other:
      'Bitte ansehen: {{count}} Organisationen sind nicht mehr konfiguriert.',
  },
  state: {
    scheduled: 'Geplant',
    running: 'Läuft',
    ok: 'In Ordnung',
    incomplete: 'Unvollständig',
    failing: 'Schlägt fehl',
    'not-configured': 'Nicht konfiguriert',
  },
  scopes: 'Projekte und Konten',
  empty: {
    title: 'Noch keine Quelle gefunden',
    text: 'Quellen stehen in der Konfiguration des Backends; was in ihnen liegt, findet der erste Lauf.',
  },
  column: {
    failingSince: 'Fehlerhaft seit',
    scopes: 'Projekte oder Konten',
    discovered: 'Zuletzt aufgelistet',
    action: 'Aktion',
    source: 'Quelle',
    state: 'Stand',
    lastGood: 'Letzter guter Lauf',
    duration: 'Dauer',
    pipelines: 'Pipelines',
    next: 'Nächster Lauf',
    trigger: 'Ausgelöst durch',
    started: 'Begonnen',
    problems: 'Probleme',
  },
  never: 'nie',
  progress: '{{done}} von {{total}} Pipelines',
  progressUnknown: 'bisher {{done}} Pipelines',
  missing: {
    heading: 'Was nicht gelesen werden konnte',
    none: 'In den letzten Läufen wurde nichts verweigert.',
    affects_one: 'Betrifft {{count}} Stelle:',
    affects_other: 'Betrifft {{count}} Stellen:',
    permission: 'Fehlendes Recht',
    copy: 'Recht kopieren',
    sources: 'In',
  },
  lastError: 'Der letzte Lauf ist fehlgeschlagen: {{error}}',
  copyDiagnostic: 'Diagnose kopieren',
  runs: {
    heading: 'Letzte Läufe',
    status: {
      running: 'Läuft',
      succeeded: 'Gelungen',
      incomplete: 'Unvollständig',
      failed: 'Fehlgeschlagen',
      abandoned: 'Abgebrochen',
    },
    trigger: {
      schedule: 'Zeitplan',
      'check-again': 'Erneut prüfen',
      event: 'Ereignis',
    },
  },
  unlinked: {
    heading: 'Pipelines ohne Entität',
    text_one:
      '{{count}} Pipeline gehört zu keiner Entität des Katalogs; sie steckt in keiner Bewertung.',
    text_other:
      '{{count}} Pipelines gehören zu keiner Entität des Katalogs; sie stecken in keiner Bewertung.',
    none: 'Jede Pipeline gehört zu einer Entität.',
  },
};
