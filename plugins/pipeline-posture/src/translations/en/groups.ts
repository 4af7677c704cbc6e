/** Posture by owner, system and domain. */
export const groupsMessages = {
  title: 'Teams and systems',
  by: 'By',
  owner: 'Owner',
  system: 'System',
  domain: 'Domain',
  none: 'None',
  column: {
    compliant: 'Compliant',
    picture: 'Picture',
    unknown: 'Unknown',
    nonCompliant: 'Not compliant',
    mean: 'Mean score',
    firstFix: 'Fix first',
    pipelines: 'Pipelines',
  },
  showPipelines: 'Show pipelines',
  share: '{{compliant}} of {{all}} ({{percent}})',
  fix: '{{control}} (fails in {{pipelines}})',
  note: 'Entities are counted once. An owner has the entities of the groups below it too.',
  empty: 'No entity with a pipeline has been found yet.',
} as const;
