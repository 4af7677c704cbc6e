import {
  createAzureDevOpsEstate,
  loadContosoAzure,
} from 'pipeline-posture-estate';
import { collect, providerFor } from './__testUtils__/collecting';

const NOW = new Date('2026-11-21T08:00:00Z');

describe('connections that pipelines keep and do not use', () => {
  const reviewed = async (lastUsed: string | undefined, fault = false) => {
    const state = loadContosoAzure();
    const platform = state.projects.find(({ name }) => name === 'Platform');
    platform?.serviceConnections.push({
      ...platform.serviceConnections[0],
      name: 'forgotten',
      id: '5a1b6a52-7d0e-4a5c-9a51-0f1d6c6f4999',
      creationDate: '2025-01-01T08:00:00Z',
      lastUsed,
      access: { allPipelines: false, pipelines: [401] },
    });
    const estate = await createAzureDevOpsEstate({ state });
    if (fault)
      estate.behaviour.addFault({
        match: { operation: 'serviceendpoint.executionhistory.list' },
        kind: 'deny',
      });
    const { snapshots } = await collect(providerFor(estate), 'Platform', {
      now: NOW,
    });
    const calls = estate.calls.count('serviceendpoint.executionhistory.list');
    await estate.close();
    const audit = snapshots.get('developer-portal')?.audit;
    return { calls, fact: audit?.known && audit.value.permissionsReviewed };
  };

  it('show that nobody reviews permissions, whether they were used long ago or never', async () => {
    for (const last of ['2026-05-01T08:00:00Z', undefined]) {
      expect((await reviewed(last)).fact).toMatchObject({
        known: true,
        value: false,
      });
    }
  });

  it('are no matter while they are used, and cost a call only where no run explains them', async () => {
    const { fact, calls } = await reviewed('2026-11-01T08:00:00Z');
    expect(fact).toMatchObject({ known: true, value: true });
    // The forgotten one, and that of the pipeline that has not run for months.
    expect(calls).toBe(2);
  });

  it('leave it open whether permissions are reviewed if their use is not told', async () => {
    expect((await reviewed('2026-11-01T08:00:00Z', true)).fact).toMatchObject({
      known: false,
      reason: { code: 'permission-missing' },
    });
  });
});
