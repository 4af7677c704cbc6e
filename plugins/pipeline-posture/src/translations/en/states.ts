/** What stands where there is nothing to show, or less than there should be. */
export const stateMessages = {
  loading: 'Loading pipeline posture',
  refreshing: 'Updating…',
  tryAgain: 'Try again',
  noAnnotation: {
    title: 'Link a pipeline to see its security',
    text: 'Add one of these annotations to the entity, or ask your platform team.',
    example: 'Annotations that link an entity to pipelines',
    readMore: 'Read more',
  },
  notFound: {
    title: 'We could not find the pipeline {{name}}',
    text: 'The annotation points to {{value}}. The last run on {{date}} did not find it. It may have been renamed or the collector may lack access.',
    textWithoutRun:
      'The annotation points to {{value}}. No run has found it. It may have been renamed or the collector may lack access.',
    malformed: 'The annotation {{annotation}} cannot be read: {{problem}}',
    others_one: 'One more annotation of this entity matches no pipeline:',
    others_other: '{{count}} annotations of this entity match no pipeline:',
    copy: 'Copy annotation',
  },
  scheduled: {
    title: 'First check is scheduled',
    text: 'Results will appear after the next run, {{when}}.',
    textWithoutTime: 'Results will appear after the next run.',
  },
  checking: {
    title: 'Checking now',
    controls: '{{done}} of {{total}} controls checked.',
    pipelines: '{{done}} of {{total}} pipelines checked.',
  },
  notRecorded: {
    title: 'Nothing was recorded on this day',
    text: 'No pipeline of it had been checked by then, or the record is older than what is kept.',
  },
  noneHere: {
    title: 'No pipelines here yet',
    text_one: 'The component of {{name}} is not linked to a pipeline.',
    text_other:
      'None of the {{count}} components of {{name}} is linked to a pipeline.',
    textWithoutCount: 'Nothing in {{name}} is linked to a pipeline.',
  },
  allPassing: {
    title_one: 'The only control passes',
    title_other: 'All {{count}} controls pass',
    text: 'Last checked {{when}}. We keep checking every {{interval}}.',
    textWithoutInterval: 'Last checked {{when}}. We keep checking.',
    show: 'Show passing',
  },
  noMatch: {
    title: 'No pipelines match these filters',
    text_one: '{{count}} pipeline exists without filters.',
    text_other: '{{count}} pipelines exist without filters.',
    clear: 'Clear filters',
  },
  noFindings: {
    title: 'No controls match these filters',
    text_one: '{{count}} result exists without filters.',
    text_other: '{{count}} results exist without filters.',
  },
  emptyFleet: {
    title: 'No pipelines collected yet',
    text: 'Set up at least one source to begin.',
    health: 'Open Data health',
  },
  stale: {
    title_one: 'These results are {{count}} day old',
    title_other: 'These results are {{count}} days old',
    titleToday: 'These results could not be refreshed',
    text: 'The last successful check was {{date}}. Something may have changed since.',
  },
  error: {
    title: 'Pipeline posture could not be loaded',
    partTitle: 'This part could not be loaded',
    partText: 'The rest of the page is current.',
  },
  noAnswer: {
    title: 'No answer from the server',
    text: 'Your filters are kept.',
  },
  refused: {
    input: 'The server did not accept what was sent.',
    permission: 'You do not have the permission for it.',
    missing: 'It does not exist any more, or you do not have access.',
    conflict: 'Something has changed in the meantime.',
    other: 'The server could not do it. Try again later.',
  },
  permission: {
    title: 'You do not have access to this page',
    text: 'You need {{permission}}. Ask the people who run this Backstage.',
    copy: 'Copy request',
    request: 'Please give me the permission {{permission}} for {{address}}.',
  },
  hidden: {
    title: 'Not found',
    text: 'It does not exist, or you do not have access.',
    catalog: 'Go to catalog',
  },
  ignored: 'We ignored a filter we do not know: {{filters}}.',
  dismiss: 'Dismiss',
} as const;
