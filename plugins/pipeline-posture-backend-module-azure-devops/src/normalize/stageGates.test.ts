import { Fact, Gate, known } from 'backstage-plugin-pipeline-posture-common';
import { anApproval, notRead } from 'backstage-plugin-pipeline-posture-node';
import { readYaml } from '../__testUtils__/readYaml';
import { ServiceConnection } from '../client/wire';
import { PipelineDraft } from './PipelineDraft';
import { Resources } from './Resources';
import { gatesOf } from './stageGates';

const template = (on: string) =>
  anApproval({ id: 'template', kind: 'required-template', on });
const ENVIRONMENT = template('environment production');

function gatesWith(
  onConnection: Fact<Gate[]>,
  {
    onEnvironment = [ENVIRONMENT],
    type = 'azurerm',
    onOther = undefined as Gate[] | undefined,
  } = {},
) {
  const code = readYaml('stages: [{ stage: production, jobs: [] }]');
  const gates = gatesOf(
    code.stages[0],
    {
      kind: 'azure-yaml',
      code: known(code),
      ownGates: new Map([['production', onEnvironment]]),
    } as unknown as PipelineDraft,
    { names: [], unresolved: [] },
    [
      known({ id: 'c', name: 'prod', type } as ServiceConnection),
      ...(onOther
        ? [known({ id: 'o', name: 'other', type } as ServiceConnection)]
        : []),
    ],
    {
      state: { broadGroups: new Set() },
      connectionUrl: () => 'https://example.com',
      gates: ({ id }: { id: string }) =>
        id === 'o' ? known(onOther) : onConnection,
    } as unknown as Resources,
  );
  return gates.known ? gates.value : undefined;
}

describe('a check of an environment that requires a template', () => {
  it('is gone around with a connection that requires none', () => {
    const [gate] = gatesWith(known([])) ?? [];
    expect(gate.canBeSkipped).toMatchObject({
      value: true,
      evidence: [{ observed: expect.stringMatching(/prod requires no temp/) }],
    });
  });

  it('is gone around with a connection that somebody must approve: nobody sees what runs', () => {
    const approval = anApproval({ on: 'service connection prod' });
    const [gate] = gatesWith(known([approval])) ?? [];
    expect(gate.canBeSkipped).toMatchObject({ value: true });
  });

  it('holds where the connection requires one itself, or deploys nothing', () => {
    const own = template('service connection prod');
    for (const gate of gatesWith(known([own])) ?? [])
      expect(gate.canBeSkipped).toMatchObject({ value: false });
    const [gate] = gatesWith(known([]), { type: 'github' }) ?? [];
    expect(gate.canBeSkipped).toMatchObject({ value: false });
  });

  it('holds nowhere while one of several connections requires none', () => {
    const own = known([template('service connection prod')]);
    for (const gate of gatesWith(own, { onOther: [] }) ?? []) {
      expect(gate.canBeSkipped).toMatchObject({
        value: true,
        evidence: [{ observed: expect.stringMatching(/connection other/) }],
      });
    }
  });

  it('holds no step that waits for a person where it is gone around itself', () => {
    const step = anApproval({ id: 'manual-step', on: 'job a' });
    const canBeSkipped = (onConnection: Gate[]) =>
      gatesWith(known(onConnection), {
        onEnvironment: [ENVIRONMENT, step],
      })?.find(({ id }) => id === step.id)?.canBeSkipped;
    const approval = anApproval({ on: 'service connection prod' });
    expect(canBeSkipped([approval])).toMatchObject({ value: true });
    expect(canBeSkipped([template('service connection prod')])).toMatchObject({
      value: false,
    });
  });

  it('is not known to hold anything where the checks of a connection are not read', () => {
    expect(gatesWith(notRead())).toBeUndefined();
  });
});

describe('an approval of an environment', () => {
  it('is gone around with a connection that nothing guards', () => {
    const options = { onEnvironment: [anApproval()] };
    expect(gatesWith(known([]), options)?.[0].canBeSkipped).toMatchObject({
      value: true,
    });
    const guarded = known([template('service connection prod')]);
    expect(gatesWith(guarded, options)?.[0].canBeSkipped).toMatchObject({
      value: false,
    });
  });
});
