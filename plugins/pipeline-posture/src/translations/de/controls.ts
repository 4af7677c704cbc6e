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
  answers: 'Aussagen der Anforderung',
  activeFrom: 'Zählt ab {{date}}.',
  fixOn: 'So beheben Sie es in {{platform}}',
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
