import { InOtherWords } from '../InOtherWords';
import { entityMessages as english } from '../en/entity';

/** The tab and the card of an entity. */
export const entityMessages: InOtherWords<typeof english> = {
  summary: {
    heading: 'Sicherheit der Pipelines',
    upTo: 'Bis zu {{potential}}, wenn alles Unbekannte besteht',
    coverage: '{{checked}} von {{all}} Prüfungen gemacht',
    weakest: 'Es gilt die schwächste Pipeline der Produktion, {{name}}.',
    weakestAny:
      'Es gilt die schwächste Pipeline, {{name}}. Von keiner ist bekannt, dass sie die Produktion erreicht.',
    onlyPipeline: 'Pipeline {{name}}.',
    checked: 'Geprüft {{when}}',
    next: 'nächste Prüfung {{when}}',
    checkAgain: 'Erneut prüfen',
    checking: 'Wird geprüft…',
    withoutExemptions: '{{score}} ohne Ausnahmen',
    provisional: 'Vorläufig',
    provisionalText_one:
      '{{count}} Prüfung war nicht möglich. Besteht sie, sind es {{potential}} Punkte.',
    provisionalText_other:
      '{{count}} Prüfungen waren nicht möglich. Bestehen sie, sind es {{potential}} Punkte.',
    notGradedText:
      'Nur {{checked}} von {{all}} Kontrollen konnten geprüft werden; mindestens {{minimum}} % sind nötig.',
    notGradedShare: 'Nach Gewicht sind es {{percent}}.',
    capped: {
      D: 'Nach Punkten wäre es {{byNumber}}. Höchstens D, weil eine kritische Kontrolle durchfällt oder nicht geprüft werden konnte.',
      B: 'Nach Punkten wäre es {{byNumber}}. Höchstens B, weil eine Kontrolle von hohem Schweregrad durchfällt oder nicht geprüft werden konnte.',
    },
    cappedBy: 'Es ist „{{control}}“.',
    heldByUngraded:
      'Nicht besser als D, solange eine Pipeline ohne Note ist, die die Produktion erreicht oder erreichen könnte.',
  },
  fixFirst: {
    heading: 'Zuerst beheben',
    gain_one: '+{{count}} Punkt',
    gain_other: '+{{count}} Punkte',
    none: 'Nichts fällt durch. Es bleiben Prüfungen, die nicht möglich waren.',
    nothing: 'Nichts zu beheben.',
  },
  unchecked: {
    heading: 'Nicht geprüft werden konnte',
    checks_one: '{{count}} Prüfung',
    checks_other: '{{count}} Prüfungen',
    show: 'Unbekannte zeigen',
  },
  dimensions: {
    heading: 'Wo die Punkte liegen',
    of: 'Von der Pipeline {{name}}.',
    dimension: 'Dimension',
    bar: 'Bild',
    score: 'Punkte',
    potential: 'Bis zu',
    results: 'Kontrollen',
    without: 'Keine Kontrolle trifft zu',
    legend: 'Voll: erreicht. Schraffiert: unbekannt, noch erreichbar.',
  },
  pipelines: {
    heading_one: '{{count}} Pipeline',
    heading_other: '{{count}} Pipelines',
  },
  shared: {
    heading: 'Gemeinsame Pipelines',
    text_one: '{{name}} gehört auch zu {{count}} anderen Entität:',
    text_other: '{{name}} gehört auch zu {{count}} anderen Entitäten:',
  },
  findings: {
    heading: 'Kontrollen',
    search: 'Kontrollen suchen',
    pipeline: 'Pipeline',
    allPipelines: 'Alle Pipelines',
    status: 'Status',
    severity: 'Schweregrad',
    anySeverity: 'Jeder Schweregrad',
    anyStatus: 'Jeder Status',
    clear: 'Filter zurücksetzen',
    mine: 'Von mir zu beheben',
    shown_one: '{{count}} Ergebnis von {{all}}',
    shown_other: '{{count}} Ergebnisse von {{all}}',
    showOthers_one: '{{count}} weiteres zeigen',
    showOthers_other: '{{count}} weitere zeigen',
    hideOthers: 'Nur passende zeigen',
    groupCount: '{{status}}: {{number}}',
  },
  rollUp: {
    heading: 'Pipelines von {{name}}',
  },
  card: {
    viewFailing_one: '{{count}} durchgefallene Kontrolle ansehen',
    viewFailing_other: '{{count}} durchgefallene Kontrollen ansehen',
    viewUnknown_one: '{{count}} unbekannte Kontrolle ansehen',
    viewUnknown_other: '{{count}} unbekannte Kontrollen ansehen',
    viewAll: 'Alle Kontrollen ansehen',
    firstFix: 'Zuerst beheben: {{title}}',
    failingBySeverity_one: '{{count}} durchgefallen: {{severities}}',
    failingBySeverity_other: '{{count}} durchgefallen: {{severities}}',
    open: 'Pipeline-Sicherheit öffnen',
  },
  recheck: {
    passing: 'Erneut geprüft: besteht jetzt',
    failing: 'Erneut geprüft: fällt weiter durch',
    unknown: 'Erneut geprüft: weiter unbekannt',
    done: 'Erneut geprüft',
    text: '{{control}} in {{pipeline}}',
    failed: 'Die Prüfung war nicht möglich',
    pipelineText: '{{pipeline}} wurde neu gelesen.',
  },
};
