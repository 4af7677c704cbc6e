import { emptyForm, requestOf, wrongIn } from './requestForm';

const now = new Date('2026-11-21T08:00:00Z');
const form = {
  ...emptyForm(now),
  reason: 'The vendor agent cannot use federation yet.',
};

describe('the request for an exemption', () => {
  it('ends after ninety days if nothing else is chosen', () => {
    expect(emptyForm(now).until).toBe('2027-02-19');
  });

  it('can be sent with a reason', () => {
    expect(wrongIn(form, now)).toEqual({});
  });

  it('needs a reason that says something', () => {
    expect(
      wrongIn({ ...form, reason: `   short   ${' '.repeat(20)}` }, now),
    ).toEqual({ reason: true });
  });

  it('needs to say what protects where it is mitigated another way', () => {
    expect(wrongIn({ ...form, type: 'mitigated' }, now)).toEqual({
      mitigation: true,
    });
  });

  it.each(['2026-11-21', '2027-11-22', '', '2027-2-1'])(
    'cannot end on "%s": it is today, more than a year ahead, or no day',
    until => {
      expect(wrongIn({ ...form, until }, now)).toEqual({ until: true });
    },
  );

  it('is for one control on one pipeline', () => {
    expect(requestOf(form, { controlId: 'c', pipelineId: 'p' })).toEqual({
      controlId: 'c',
      pipelineId: 'p',
      type: 'risk-accepted',
      reason: form.reason,
      until: '2027-02-19',
    });
  });
});
