/** Widgets on the home page. */
export const homeMessages = {
  mine: {
    title: 'My services’ pipelines',
    description: 'How secure the pipelines are of what you own',
    none: 'Nothing that you own is linked to a pipeline.',
    compliant: '{{compliant}} of {{all}} pipelines comply ({{percent}}).',
    all_one: 'Show {{count}} pipeline',
    all_other: 'Show all {{count}} pipelines',
  },
  fixes: {
    title: 'Fix these first',
    description: 'What brings most to the pipelines of what you own',
    none: 'Nothing fails in the pipelines of what you own.',
    pipelines_one: 'fails in {{count}} pipeline',
    pipelines_other: 'fails in {{count}} pipelines',
  },
} as const;
