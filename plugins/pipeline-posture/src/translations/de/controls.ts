import { InOtherWords } from '../InOtherWords';
import { controlsMessages as english } from '../en/controls';

/** The catalogue of controls and the page of one. */
export const controlsMessages: InOtherWords<typeof english> = {
  title: 'Kontrollen',
  all: 'Alle Kontrollen',
  shown_one:
    '{{count}} von {{all}} Kontrollen, geprüft an {{pipelines}} Pipelines',
  shown_other:
    '{{count}} von {{all}} Kontrollen, geprüft an {{pipelines}} Pipelines',
  column: {
    title: 'Kontrolle',
    severity: 'Schweregrad',
    dimension: 'Dimension',
    platforms: 'Plattformen',
    failing: 'Durchgefallen',
    unknown: 'Unbekannt',
  },
  id: 'Kennung',
  permissions: 'Nötige Rechte',
  wrongResults: 'Als falsch gemeldet',
  population_one: 'Geprüft an {{count}} Pipeline',
  population_other: 'Geprüft an {{count}} Pipelines',
  preview_one:
    'Zählt noch nicht: Sie fiele in {{count}} von {{all}} Pipelines durch',
  preview_other:
    'Zählt noch nicht: Sie fiele in {{count}} von {{all}} Pipelines durch',
  previewUnknown_one: 'In {{count}} war sie nicht zu prüfen.',
  previewUnknown_other: 'In {{count}} war sie nicht zu prüfen.',
  mappings: 'Entspricht',
  noMappings: 'Kein öffentliches Regelwerk verlangt dasselbe.',
  framework: 'Regelwerk',
  clauses: 'Abschnitte',
  changes: {
    heading: 'Geschichte dieser Kontrolle',
    none: 'Ihre Regel ist seit der ersten Prüfung gleich geblieben.',
    added: '{{day}}: neu',
    changed: '{{day}}: Regel, Schweregrad oder Dimension geändert',
    removed: '{{day}}: entfernt',
  },
  answers: 'Aussagen der Anforderung',
  activeFrom: 'Zählt ab {{date}}.',
  where: 'Wo sie durchfällt',
  since: 'Seit',
  previous: 'Vorige Seite',
  next: 'Nächste Seite',
  page: 'Seite {{page}} von {{pages}}',
  notFound: {
    title: 'Es gibt keine Kontrolle {{id}}',
    text: 'Sie wurde vielleicht umbenannt oder abgeschaltet.',
  },
};
