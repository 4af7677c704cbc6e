import fc from 'fast-check';
import { parsePolicy, PolicyFormatError } from './policyDocument';

const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const text = (document: unknown) => JSON.stringify(document);

describe('parsePolicy', () => {
  it('reads one statement or several, one action or several', () => {
    expect(parsePolicy(text({ Statement: statement }))).toHaveLength(1);
    const [first] = parsePolicy(
      text({
        Version: '2012-10-17',
        Statement: [{ ...statement, Action: ['a:B', 'c:D'] }],
      }),
    );
    expect(first).toMatchObject({
      actions: ['a:B', 'c:D'],
      notAction: false,
      position: 1,
    });
  });

  it('reads documents as IAM encodes them', () => {
    const encoded = encodeURIComponent(text({ Statement: statement }));
    expect(parsePolicy(encoded)).toEqual(
      parsePolicy(text({ Statement: statement })),
    );
  });

  it('takes every way to write "everything" for *', () => {
    for (const Resource of [
      '*',
      '**',
      'arn:*',
      'arn:aws:*',
      'arn:aws:*:*:*:*',
    ]) {
      expect(
        parsePolicy(text({ Statement: { ...statement, Resource } }))[0]
          .resources,
      ).toEqual(['*']);
    }
    const some = 'arn:aws:s3:::*';
    expect(
      parsePolicy(text({ Statement: { ...statement, Resource: some } }))[0]
        .resources,
    ).toEqual([some]);
  });

  it.each([
    ['text that is not JSON', 'Statement: no', /not JSON/],
    ['a list', '[]', /not an object/],
    [
      'an unknown version',
      text({ Version: '2099-01-01', Statement: statement }),
      /Version/,
    ],
    ['no statement', '{}', /no Statement/],
    [
      'an effect that AWS does not have',
      text({ Statement: { ...statement, Effect: 'allow' } }),
      /Effect/,
    ],
    [
      'no action',
      text({ Statement: { Effect: 'Allow', Resource: '*' } }),
      /no Action/,
    ],
    [
      'both Action and NotAction',
      text({ Statement: { ...statement, NotAction: 'x' } }),
      /both/,
    ],
    [
      'no resource',
      text({ Statement: { Effect: 'Allow', Action: '*' } }),
      /no Resource/,
    ],
    [
      'an action that is a number',
      text({ Statement: { ...statement, Action: 4 } }),
      /Action/,
    ],
    [
      'a condition that is text',
      text({ Statement: { ...statement, Condition: 'no' } }),
      /Condition/,
    ],
    ['more text than a policy can have', 'x'.repeat(600_000), /longer/],
  ])(
    'refuses %s rather than reading it as empty',
    (_what, document, message) => {
      expect(() => parsePolicy(document)).toThrow(PolicyFormatError);
      expect(() => parsePolicy(document)).toThrow(message);
    },
  );

  it('answers or refuses any input, and never fails in another way', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .record({
          Version: fc.constant('2012-10-17'),
          Statement: fc.jsonValue(),
        })
        .map(text),
    );
    fc.assert(
      fc.property(anything, document => {
        let outcome: unknown;
        try {
          outcome = parsePolicy(document);
        } catch (error) {
          outcome = error;
        }
        expect(
          Array.isArray(outcome) || outcome instanceof PolicyFormatError,
        ).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
