/** How the collection goes. */
export const healthMessages = {
  title: 'Data health',
  overall: {
    ok: 'Everything could be read.',
    incomplete_one:
      'Needs attention: {{count}} source could not be read completely.',
    incomplete_other:
      'Needs attention: {{count}} sources could not be read completely.',
    failing_one: 'Needs attention: {{count}} source is failing.',
    failing_other: 'Needs attention: {{count}} sources are failing.',
  },
  state: {
    scheduled: 'Scheduled',
    running: 'Running',
    ok: 'OK',
    incomplete: 'Incomplete',
    failing: 'Failing',
  },
  scopes: 'Sources',
  empty: {
    title: 'No source has been found yet',
    text: 'Sources are named in the configuration of the backend; what is in them is found by its first run.',
  },
  column: {
    source: 'Source',
    state: 'State',
    lastGood: 'Last good run',
    duration: 'Duration',
    pipelines: 'Pipelines',
    next: 'Next run',
    trigger: 'Started by',
    started: 'Started',
    problems: 'Problems',
  },
  never: 'never',
  progress: '{{done}} of {{total}} pipelines',
  progressUnknown: '{{done}} pipelines so far',
  missing: {
    heading: 'What could not be read',
    none: 'Nothing was refused in the last runs.',
    affects_one: 'Affects {{count}} place:',
    affects_other: 'Affects {{count}} places:',
    permission: 'Missing permission',
    copy: 'Copy permission',
    sources: 'In',
  },
  lastError: 'The last run failed: {{error}}',
  copyDiagnostic: 'Copy diagnostic',
  runs: {
    heading: 'Last runs',
    status: {
      running: 'Running',
      succeeded: 'Succeeded',
      incomplete: 'Incomplete',
      failed: 'Failed',
      abandoned: 'Abandoned',
    },
    trigger: {
      schedule: 'Schedule',
      'check-again': 'Check again',
      event: 'Event',
    },
  },
  unlinked: {
    heading: 'Pipelines without an entity',
    text_one:
      '{{count}} pipeline belongs to no entity of the catalog, so it is in nobody’s score.',
    text_other:
      '{{count}} pipelines belong to no entity of the catalog, so they are in nobody’s score.',
    none: 'Every pipeline belongs to an entity.',
  },
} as const;
