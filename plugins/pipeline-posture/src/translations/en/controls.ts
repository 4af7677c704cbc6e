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
  permissions: 'Permissions needed',
  wrongResults: 'Reported as wrong',
  population_one: 'Evaluated on {{count}} pipeline',
  population_other: 'Evaluated on {{count}} pipelines',
  preview_one:
    'Not scored yet: it would fail in {{count}} of {{all}} pipelines',
  preview_other:
    'Not scored yet: it would fail in {{count}} of {{all}} pipelines',
  previewUnknown_one: 'In {{count}} it could not be checked.',
  previewUnknown_other: 'In {{count}} it could not be checked.',
  mappings: 'Maps to',
  noMappings: 'No public framework asks for the same.',
  framework: 'Framework',
  clauses: 'Clauses',
  changes: {
    heading: 'History of this control',
    none: 'Its rule has not changed since the first check.',
    added: '{{day}}: added',
    changed: '{{day}}: rule, severity or dimension changed',
    removed: '{{day}}: removed',
  },
  answers: 'Statements of the requirement',
  activeFrom: 'Counts from {{date}}.',
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
