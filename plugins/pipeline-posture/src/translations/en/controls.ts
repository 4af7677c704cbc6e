/** The catalogue of controls and the page of one. */
export const controlsMessages = {
  title: 'Controls',
  all: 'All controls',
  shown_one: '{{count}} control of {{all}}, checked on {{pipelines}} pipelines',
  shown_other:
    '{{count}} controls of {{all}}, checked on {{pipelines}} pipelines',
  column: {
    title: 'Control',
    severity: 'Severity',
    dimension: 'Dimension',
    platforms: 'Platforms',
    failing: 'Failing',
    unknown: 'Unknown',
  },
  id: 'Identifier',
  answers: 'Statements of the requirement',
  activeFrom: 'Counts from {{date}}.',
  fixOn: 'How to fix it on {{platform}}',
  where: 'Where it fails',
  since: 'Since',
  previous: 'Previous page',
  next: 'Next page',
  page: 'Page {{page}} of {{pages}}',
  notFound: {
    title: 'There is no control {{id}}',
    text: 'It may have been renamed or switched off.',
  },
} as const;
