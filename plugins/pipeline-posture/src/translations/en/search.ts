/** Results of Backstage's search. */
export const searchMessages = {
  pipeline: 'Pipeline',
  control: 'Control',
  pipelines: 'Pipelines',
  controls: 'Pipeline controls',
} as const;
