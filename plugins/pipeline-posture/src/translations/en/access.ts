/** Who can see what. */
export const accessMessages = {
  open: 'Who can see this?',
  enforced:
    'Visible to people who may read the entity and the posture of its pipelines.',
  everybody:
    'Visible to everybody who is signed in: this Backstage does not enforce permissions.',
  part: {
    posture: 'Posture',
    evidence: 'Raw evidence',
    exemptions: 'Decisions on exemptions',
    collector: 'Data health',
  },
  ask: 'Questions: {{who}}',
} as const;
