import { known } from 'backstage-plugin-pipeline-posture-common';
import {
  aReason,
  aSnapshot,
  aStage,
  Control,
  defineControl,
  evaluateControl,
  evaluateControls,
  fail,
  judge,
  notApplicable,
  notRead,
  pass,
  Verdict,
} from '.';

function controlThat(evaluate: () => Verdict, part: Partial<Control> = {}) {
  return {
    ...defineControl({
      id: 'example-rule',
      title: 'The rule holds',
      dimension: 'approval-gates',
      severity: 'high',
      lifecycle: 'active',
      answers: ['GOV-7'],
      why: 'Because.',
      measure: 'By looking.',
      actor: 'service-owner',
      remediation: {
        'azure-devops': {
          docsUrl: 'https://learn.microsoft.com/',
          steps: ['Do.'],
        },
      },
      needs: ['stages'],
      evaluate,
    }),
    ...part,
  };
}

const seen = { subject: 'stage A', observed: 'Seen.', expected: 'Wanted.' };
const statusOf = (verdict: Verdict) =>
  evaluateControl(
    controlThat(() => verdict),
    aSnapshot(),
  )?.status;

describe('evaluateControl', () => {
  it('is unknown, with the reason of the fact, before the control runs without what it needs', () => {
    const evaluate = jest.fn();
    const finding = evaluateControl(
      controlThat(evaluate),
      aSnapshot({ stages: notRead() }),
    );
    expect(evaluate).not.toHaveBeenCalled();
    expect(finding).toMatchObject({
      status: 'unknown',
      actor: aReason.actor,
      instances: [{ status: 'unknown', reason: aReason }],
    });
  });

  it('is unknown when a provider does not give a fact that the control needs', () => {
    const control = controlThat(() => [pass(seen)], { needsOfProvider: ['x'] });
    expect(evaluateControl(control, aSnapshot())?.status).toBe('unknown');
  });

  it('fails when one instance fails, even if another is unknown', () => {
    const unknownOne = judge(notRead(), 'stage B', 'Wanted.', () => undefined);
    expect(statusOf([pass(seen), ...unknownOne, fail(seen)])).toBe('fail');
  });

  it('needs every instance known to pass', () => {
    const unknownOne = judge(notRead(), 'stage B', 'Wanted.', () => undefined);
    expect(statusOf([pass(seen), ...unknownOne])).toBe('unknown');
    expect(statusOf([pass(seen), pass(seen)])).toBe('pass');
  });

  it('lists the worst instance first', () => {
    const finding = evaluateControl(
      controlThat(() => [pass(seen), fail({ ...seen, subject: 'stage B' })]),
      aSnapshot(),
    );
    expect(finding?.instances.map(i => i.subject)).toEqual([
      'stage B',
      'stage A',
    ]);
  });

  it('says why it does not apply', () => {
    const finding = evaluateControl(
      controlThat(() => notApplicable('It does not deploy.')),
      aSnapshot(),
    );
    expect(finding).toMatchObject({
      status: 'not-applicable',
      instances: [{ observed: 'It does not deploy.' }],
    });
  });

  it.each([
    ['answers nothing', () => []],
    [
      'throws',
      () => {
        throw new Error('password=hunter2');
      },
    ],
  ])('is unknown, and tells no detail, when the control %s', (_, evaluate) => {
    const finding = evaluateControl(controlThat(evaluate), aSnapshot());
    expect(finding?.status).toBe('unknown');
    expect(JSON.stringify(finding)).not.toContain('hunter2');
  });

  it('does not exist for providers that its remediation does not name', () => {
    const snapshot = aSnapshot({
      ref: { provider: 'aws-codepipeline', scope: 'a/b', id: 'c' },
    });
    expect(
      evaluateControls([controlThat(() => [pass(seen)])], snapshot),
    ).toEqual([]);
  });

  it('gives the control the facts that it asked for', () => {
    const { evaluate: _, needs: __, ...metadata } = controlThat(() => []);
    const control = defineControl({
      ...metadata,
      needs: ['stages'],
      evaluate: ({ stages }) =>
        stages.map(stage => pass({ ...seen, subject: stage.name })),
    });
    const finding = evaluateControl(
      control,
      aSnapshot({ stages: known([aStage({ name: 'Live' })]) }),
    );
    expect(finding?.instances[0].subject).toBe('Live');
  });
});

describe('defineControl', () => {
  it.each([
    [{ id: 'Not Kebab' }, /kebab case/],
    [{ remediation: {} }, /at least one provider/],
    [
      { remediation: { x: { docsUrl: 'http://example.com', steps: ['Do.'] } } },
      /remediation\.x\.docsUrl/,
    ],
    [
      { remediation: { x: { docsUrl: 'https://example.com', steps: [] } } },
      /remediation\.x\.steps/,
    ],
  ])('refuses %j', (part, message) => {
    const base = controlThat(() => []);
    expect(() => defineControl({ ...base, needs: [], ...part })).toThrow(
      message,
    );
  });
});
