import { InOtherWords } from '../InOtherWords';
import { wordMessages as english } from '../en/words';

/** Words that several screens use. */
export const wordMessages: InOtherWords<typeof english> = {
  title: 'Pipeline-Sicherheit',
  required: 'Nötig',
  status: {
    pass: 'Bestanden',
    fail: 'Durchgefallen',
    unknown: 'Unbekannt',
    'not-applicable': 'Nicht anwendbar',
    exempt: 'Ausgenommen',
    preview: 'Zählt noch nicht',
  },
  flag: {
    stale: 'Veraltet',
    lastSeenFailing: 'zuletzt durchgefallen',
  },
  severity: {
    critical: 'Kritisch',
    high: 'Hoch',
    medium: 'Mittel',
    low: 'Niedrig',
  },
  grade: {
    A: 'Stark',
    B: 'Gut',
    C: 'Ausbaufähig',
    D: 'Schwach',
    F: 'Kritische Lücken',
    'not-graded': 'Ohne Note',
  },
  gradeLine: 'Note {{letter}} · {{word}}',
  gradeShort: '{{letter}} {{word}}',
  scoreOf: '{{score}} von 100',
  gauge: {
    graded: '{{score}} von 100 Punkten, Note {{letter}}, {{word}}',
    provisional:
      '{{score}} von 100 Punkten, Note {{letter}}, {{word}}, vorläufig',
    ungraded: '{{score}} von 100 Punkten, ohne Note',
    upTo: '{{label}}, bis zu {{potential}}, wenn alles Unbekannte besteht',
    outOf: 'von 100',
  },
  compliance: {
    compliant: 'Konform',
    unknown: 'Konformität unbekannt',
    'non-compliant': 'Nicht konform',
  },
  dimension: {
    'least-privilege': 'Geringste Rechte',
    'credential-type': 'Art der Zugangsdaten',
    'identity-separation': 'Trennung der Identitäten',
    'branch-protection': 'Schutz der Branches',
    'approval-gates': 'Freigaben',
    'tamper-resistance': 'Schutz vor Manipulation',
    'input-validation': 'Prüfung von Eingaben',
    monitoring: 'Überwachung',
  },
  actor: {
    'service-owner': 'Das Team des Dienstes',
    'platform-team': 'Das Plattform-Team',
    'security-team': 'Das Sicherheits-Team',
    'cloud-administrator': 'Die Cloud-Administration',
  },
  provider: {
    'azure-devops': 'Azure Pipelines',
    'aws-codepipeline': 'AWS CodePipeline',
  },
  kind: {
    'azure-yaml': 'YAML-Pipeline',
    'azure-classic-build': 'Klassische Build-Pipeline',
    'azure-classic-release': 'Klassische Release-Pipeline',
    'codepipeline-v1': 'CodePipeline Typ V1',
    'codepipeline-v2': 'CodePipeline Typ V2',
  },
  source: {
    'azure-devops': 'Azure DevOps',
    'aws-codepipeline': 'der AWS-Konsole',
  },
  reaches: {
    yes: 'Liefert in die Produktion',
    no: 'Erreicht die Produktion nicht',
    unknown: 'Erreicht vielleicht die Produktion',
  },
  reachesShort: {
    yes: 'Produktion',
    no: 'Keine Produktion',
    unknown: 'Unbekannt',
  },
  failing_one: '{{count}} durchgefallen',
  failing_other: '{{count}} durchgefallen',
  unknown_one: '{{count}} unbekannt',
  unknown_other: '{{count}} unbekannt',
  exempt_one: '{{count}} ausgenommen',
  exempt_other: '{{count}} ausgenommen',
  scoreChange: {
    up_one: '{{count}} Punkt mehr seit {{since}}',
    up_other: '{{count}} Punkte mehr seit {{since}}',
    down_one: '{{count}} Punkt weniger seit {{since}}',
    down_other: '{{count}} Punkte weniger seit {{since}}',
    none: 'Punkte unverändert seit {{since}}',
  },
  severityCount: '{{number}} {{severity}}',
  copy: 'Kopieren',
  copied: 'Kopiert',
  none: '–',
  table: 'Tabelle: {{name}}',
  newTab: 'öffnet einen neuen Tab',
  chart: {
    gap: 'Schraffiert: Es wurde nichts gelesen.',
    marker: 'Gestrichelt, {{day}}: {{label}}',
  },
  asOf: {
    label: 'Stand vom',
    title: 'Sie sehen den Stand vom {{date}}',
    text: 'Spätere Änderungen sind nicht zu sehen. Aktionen sind abgeschaltet.',
    today: 'Diese Ansicht zeigt immer den heutigen Stand',
    todayText:
      'Die anderen Ansichten zeigen den {{date}}. Aktionen sind abgeschaltet.',
    back: 'Zurück zu heute',
  },
};
