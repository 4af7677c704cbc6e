import { emptyForm, requestOf, RequestTarget, wrongIn } from './requestForm';

const now = new Date('2026-11-21T08:00:00Z');
const limits = {
  maxDays: 365,
  defaultDays: { critical: 30, high: 60, medium: 90, low: 180 },
  reasonMinimum: 20,
};
const target: RequestTarget = {
  controlId: 'c',
  title: 'C',
  severity: 'medium',
  pipelineId: 'p',
  entityRefs: ['component:default/api'],
};
const before = {
  type: 'mitigated' as const,
  reason: 'The vendor agent cannot use federation yet.',
  mitigation: 'The agent runs in a network of its own.',
  until: '2026-12-01',
  state: 'active',
};
const form = {
  ...emptyForm(now, { limits, target }),
  reason: 'The vendor agent cannot use federation yet.',
};

describe('the request for an exemption', () => {
  it.each([
    ['critical', '2026-12-21'],
    ['medium', '2027-02-19'],
    ['low', '2027-05-20'],
  ] as const)(
    'ends the sooner the worse the finding: %s on %s',
    (severity, until) => {
      const asked = { limits, target: { ...target, severity } };
      expect(emptyForm(now, asked).until).toBe(until);
    },
  );

  it('ends no later than is allowed', () => {
    const asked = { limits: { ...limits, maxDays: 10 }, target };
    expect(emptyForm(now, asked).until).toBe('2026-12-01');
  });

  it('can be sent with a reason', () => {
    expect(wrongIn(form, now, { limits })).toEqual({});
  });

  it('needs a reason that says something', () => {
    const short = { ...form, reason: `   short   ${' '.repeat(20)}` };
    expect(wrongIn(short, now, { limits })).toEqual({ reason: true });
  });

  it('needs to say what protects where it is mitigated another way', () => {
    expect(wrongIn({ ...form, type: 'mitigated' }, now, { limits })).toEqual({
      mitigation: true,
    });
  });

  it.each(['2026-11-21', '2027-11-22', '', '2027-2-1'])(
    'cannot end on "%s": it is today, more than a year ahead, or no day',
    until => {
      expect(wrongIn({ ...form, until }, now, { limits })).toEqual({
        until: 'range',
      });
    },
  );

  it('says again what an earlier one said, and must then end later', () => {
    const asked = emptyForm(now, { limits, target, before });
    expect(asked).toMatchObject({
      type: 'mitigated',
      reason: before.reason,
      mitigation: before.mitigation,
      until: '2027-03-01',
    });
    expect(wrongIn(asked, now, { limits, before })).toEqual({});
    expect(
      wrongIn({ ...asked, until: '2026-12-01' }, now, { limits, before }),
    ).toEqual({ until: 'not-later' });
  });

  it('is for one control on one pipeline, or on all of an entity', () => {
    const asked = {
      controlId: 'c',
      pipelineId: 'p',
      type: 'risk-accepted',
      reason: form.reason,
      until: '2027-02-19',
    };
    expect(requestOf(form, target)).toEqual(asked);
    const { pipelineId: _, ...rest } = asked;
    expect(
      requestOf({ ...form, entityRef: 'component:default/api' }, target),
    ).toEqual({ ...rest, entityRef: 'component:default/api' });
  });
});
