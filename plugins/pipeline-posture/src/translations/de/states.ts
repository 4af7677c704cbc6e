import { InOtherWords } from '../InOtherWords';
import { stateMessages as english } from '../en/states';

/** What stands where there is nothing to show, or less than there should be. */
export const stateMessages: InOtherWords<typeof english> = {
  loading: 'Pipeline-Sicherheit wird geladen',
  refreshing: 'Wird aktualisiert…',
  tryAgain: 'Noch einmal versuchen',
  noAnnotation: {
    title: 'Verknüpfen Sie eine Pipeline, um ihre Sicherheit zu sehen',
    text: 'Geben Sie der Entität eine dieser Annotationen, oder fragen Sie Ihr Plattform-Team.',
    example: 'Annotationen, die eine Entität mit Pipelines verknüpfen',
    readMore: 'Mehr dazu',
  },
  notFound: {
    title: 'Wir haben die Pipeline {{name}} nicht gefunden',
    text: 'Die Annotation zeigt auf {{value}}. Der letzte Lauf am {{date}} hat sie nicht gefunden. Sie wurde vielleicht umbenannt, oder dem Sammler fehlt der Zugang.',
    textWithoutRun:
      'Die Annotation zeigt auf {{value}}. Kein Lauf hat sie gefunden. Sie wurde vielleicht umbenannt, oder dem Sammler fehlt der Zugang.',
    malformed: 'Die Annotation {{annotation}} ist nicht lesbar: {{problem}}',
    others_one:
      'Eine weitere Annotation dieser Entität passt zu keiner Pipeline:',
    others_other:
      '{{count}} Annotationen dieser Entität passen zu keiner Pipeline:',
    copy: 'Annotation kopieren',
  },
  scheduled: {
    title: 'Die erste Prüfung ist geplant',
    text: 'Ergebnisse erscheinen nach dem nächsten Lauf, {{when}}.',
    textWithoutTime: 'Ergebnisse erscheinen nach dem nächsten Lauf.',
  },
  checking: {
    title: 'Wird gerade geprüft',
    controls: '{{done}} von {{total}} Kontrollen geprüft.',
    pipelines: '{{done}} von {{total}} Pipelines geprüft.',
  },
  notRecorded: {
    title: 'An diesem Tag wurde nichts festgehalten',
    text: 'Bis dahin war keine Pipeline davon geprüft, oder der Stand ist älter als das, was aufbewahrt wird.',
  },
  noneHere: {
    title: 'Hier gibt es noch keine Pipelines',
    text_one: 'Die Komponente von {{name}} ist mit keiner Pipeline verknüpft.',
    text_other:
      'Keine der {{count}} Komponenten von {{name}} ist mit einer Pipeline verknüpft.',
    textWithoutCount: 'Nichts in {{name}} ist mit einer Pipeline verknüpft.',
  },
  allPassing: {
    title_one: 'Die einzige Kontrolle besteht',
    title_other: 'Alle {{count}} Kontrollen bestehen',
    text: 'Zuletzt geprüft {{when}}. Wir prüfen weiter, alle {{interval}}.',
    textWithoutInterval: 'Zuletzt geprüft {{when}}. Wir prüfen weiter.',
    show: 'Bestandene zeigen',
  },
  noMatch: {
    title: 'Keine Pipeline passt zu diesen Filtern',
    text_one: 'Ohne Filter gibt es {{count}} Pipeline.',
    text_other: 'Ohne Filter gibt es {{count}} Pipelines.',
    clear: 'Filter zurücksetzen',
  },
  noFindings: {
    title: 'Keine Kontrolle passt zu diesen Filtern',
    text_one: 'Ohne Filter gibt es {{count}} Ergebnis.',
    text_other: 'Ohne Filter gibt es {{count}} Ergebnisse.',
  },
  emptyFleet: {
    title: 'Noch keine Pipelines gesammelt',
    text: 'Richten Sie zuerst mindestens eine Quelle ein.',
    health: 'Datenlage öffnen',
  },
  stale: {
    title_one: 'Diese Ergebnisse sind {{count}} Tag alt',
    title_other: 'Diese Ergebnisse sind {{count}} Tage alt',
    titleToday: 'Diese Ergebnisse konnten nicht erneuert werden',
    text: 'Die letzte gelungene Prüfung war {{date}}. Seither kann sich etwas geändert haben.',
  },
  error: {
    title: 'Die Pipeline-Sicherheit konnte nicht geladen werden',
    partTitle: 'Dieser Teil konnte nicht geladen werden',
    partText: 'Der Rest der Seite ist aktuell.',
  },
  noAnswer: {
    title: 'Keine Antwort vom Server',
    text: 'Ihre Filter bleiben erhalten.',
  },
  refused: {
    input: 'Der Server hat die Angaben nicht angenommen.',
    permission: 'Sie haben das Recht dazu nicht.',
    missing: 'Es gibt das nicht mehr, oder Sie haben keinen Zugang.',
    conflict: 'Inzwischen hat sich etwas geändert.',
    other: 'Der Server konnte es nicht ausführen. Versuchen Sie es später.',
  },
  permission: {
    title: 'Sie haben keinen Zugang zu dieser Seite',
    text: 'Sie brauchen {{permission}}. Fragen Sie, wer dieses Backstage betreibt.',
    copy: 'Anfrage kopieren',
    request: 'Bitte geben Sie mir das Recht {{permission}} für {{address}}.',
  },
  hidden: {
    title: 'Nicht gefunden',
    text: 'Es gibt das nicht, oder Sie haben keinen Zugang.',
    catalog: 'Zum Katalog',
  },
  ignored: 'Wir haben einen unbekannten Filter übergangen: {{filters}}.',
  dismiss: 'Ausblenden',
};
