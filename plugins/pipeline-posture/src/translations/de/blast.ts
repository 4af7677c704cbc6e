import { blastMessages as english } from '../en/blast';
import { InOtherWords } from '../InOtherWords';

/** What identities endanger. */
export const blastMessages: InOtherWords<typeof english> = {
  title: 'Reichweite',
  list: 'Gefährlichste Identitäten',
  question:
    'Wenn jemand Zugangsdaten oder eine Pipeline-Datei übernimmt: Was kann er ändern? Zuerst stehen die, die am meisten von der Produktion erreichen.',
  search: 'Identitäten suchen',
  found_one: '{{count}} Identität',
  found_other: '{{count}} Identitäten',
  noMatch: 'Keine Identität passt zu dieser Suche',
  empty: {
    title: 'Noch keine Identitäten bekannt',
    text: 'Sie erscheinen, sobald Pipelines gelesen wurden, deren Identitäten sichtbar sind.',
  },
  column: {
    identity: 'Identität',
    pipelines: 'Pipelines',
    teams: 'Teams',
    production: 'Erreichen Produktion',
    breadth: 'Weitestes Recht',
    changers: 'Wer sie ändern kann',
    credential: 'Zugangsdaten',
  },
  breadth: {
    administrator: 'Administrator',
    wide: 'Weit',
    narrow: 'Eng',
    none: 'Harmlos',
    unknown: 'Unbekannt',
  },
  days_one: '{{count}} Tag alt',
  days_other: '{{count}} Tage alt',
  atLeast: 'mindestens {{number}}',
  notKnown: 'nicht bekannt',
  of: 'Was {{name}} gefährdet',
  view: 'Darstellung',
  asGraph: 'Graph',
  asTable: 'Tabelle',
  graph: 'Wer was ändern kann',
  keys: 'Von links nach rechts. Ein gewählter Knoten zeigt, was zu ihm führt. Pfeiltasten gehen zu Nachbarn.',
  head: {
    changer: 'Wer sie ändern kann',
    pipeline: 'Pipeline',
    identity: 'Identität',
    target: 'Kann ändern',
  },
  rest: {
    changer_one: '+ {{count}} weitere',
    changer_other: '+ {{count}} weitere',
    pipeline_one: '+ {{count}} weitere Pipeline',
    pipeline_other: '+ {{count}} weitere Pipelines',
    identity_one: '+ {{count}} weitere Identität',
    identity_other: '+ {{count}} weitere Identitäten',
    target_one: '+ {{count}} weiteres Ziel',
    target_other: '+ {{count}} weitere Ziele',
  },
  broad: 'fast alle, die bauen',
  edge: {
    'can-change': '{{from}} kann {{to}} ändern',
    'acts-as': '{{from}} handelt als {{to}}',
    reaches: '{{from}} erreicht {{to}}',
  },
  openPipeline: 'Diese Pipeline öffnen',
  inTable: 'Die Tabelle führt jede einzeln auf.',
  shownPipelines_one: '{{count}} Pipeline von {{all}} ist zu sehen.',
  shownPipelines_other: '{{count}} Pipelines von {{all}} sind zu sehen.',
  summary: {
    shared_one:
      '{{name}} wird von {{count}} Pipeline aus {{teams}} Team(s) benutzt.',
    shared_other:
      '{{name}} wird von {{count}} Pipelines aus {{teams}} Team(s) geteilt.',
    reaches_one: 'Sie erreicht {{count}} Ziel der Produktion: {{targets}}.',
    reaches_other: 'Sie erreicht {{count}} Ziele der Produktion: {{targets}}.',
    reachesNothing: 'Es ist kein Ziel der Produktion von ihr bekannt.',
    breadth: {
      administrator: 'Sie darf dort alles.',
      wide: 'Sie darf dort mehr, als eine Pipeline braucht.',
      narrow: 'Ihre Rechte sind eng.',
      none: 'Ihre Rechte sind bekanntermaßen harmlos.',
      unknown: 'Was sie dort darf, war nicht zu lesen.',
    },
    changers_one: '{{count}} Person oder Gruppe kann ändern, was sie ausführt.',
    changers_other:
      '{{count}} Personen und Gruppen können ändern, was sie ausführt.',
    changersMore_one:
      'Mindestens {{count}} Person oder Gruppe kann ändern, was sie ausführt; nicht alle waren zu lesen.',
    changersMore_other:
      'Mindestens {{count}} Personen und Gruppen können ändern, was sie ausführt; nicht alle waren zu lesen.',
  },
  cut: {
    heading: 'Günstigster Schnitt',
    'take-right': '{{label}} das Recht nehmen, ihre Pipelines zu ändern:',
    'stop-use': '{{label}} eine eigene Identität geben:',
    'separate-target': 'Für {{label}} eine eigene Identität verwenden:',
    removes_one: 'nimmt {{count}} von {{of}} Wegen in die Produktion.',
    removes_other: 'nimmt {{count}} von {{of}} Wegen in die Produktion.',
    noPath: 'Durch sie führt nichts in die Produktion.',
    none: 'Keine einzelne Änderung nimmt einen Weg in die Produktion.',
  },
};
