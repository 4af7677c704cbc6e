import {
  ProblemView,
  ScopeView,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { troublesOf } from './problems';

const reason: UnknownReason = {
  code: 'permission-missing',
  message: 'The checks cannot be read.',
  permission: 'Environment (Read)',
  actor: 'cloud-administrator',
  action: 'Give the reader Environment (Read).',
};

const scope = (title: string, problems: ProblemView[]): ScopeView => ({
  id: title,
  provider: 'azure-devops',
  title,
  sourceId: 'contoso',
  state: 'incomplete',
  pipelines: 1,
  nextRunAt: '2026-11-21T12:00:00Z',
  lastRun: {
    id: `run of ${title}`,
    scopeId: title,
    scopeTitle: title,
    status: 'incomplete',
    trigger: 'schedule',
    startedAt: '2026-11-21T06:00:00Z',
    pipelinesDone: 1,
    problems,
  },
});

describe('troubles of the collection', () => {
  it('are one where one grant mends them, whatever the source', () => {
    const found = troublesOf([
      scope('Logistics', [
        { subject: 'environment b', effect: 'Approvals are unknown.', reason },
        { subject: 'environment a', effect: 'Approvals are unknown.', reason },
      ]),
      scope('Payments', [
        { subject: 'environment c', effect: 'Gates are unknown.', reason },
      ]),
    ]);
    expect(found).toEqual([
      expect.objectContaining({
        reason,
        effects: ['Approvals are unknown.', 'Gates are unknown.'],
        subjects: ['environment a', 'environment b', 'environment c'],
        scopes: ['Logistics', 'Payments'],
      }),
    ]);
  });

  it('come with the widest first', () => {
    const other = { ...reason, permission: 'Code (Read)' };
    const found = troublesOf([
      scope('Payments', [
        { subject: 'repository', effect: 'x', reason: other },
        { subject: 'environment a', effect: 'y', reason },
        { subject: 'environment b', effect: 'y', reason },
      ]),
    ]);
    expect(found.map(one => one.reason.permission)).toEqual([
      'Environment (Read)',
      'Code (Read)',
    ]);
  });

  it('are none where nothing was refused', () => {
    expect(troublesOf([scope('Payments', [])])).toEqual([]);
  });
});
