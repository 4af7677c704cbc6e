import fc from 'fast-check';
import { EventPatternError, EventValue, matchesEvent } from './eventPattern';
import { runFailed } from './sampleEvents';

const event = runFailed({
  name: 'orders-api',
  arn: 'arn:aws:codepipeline:eu-west-1:111122223333:orders-api',
  accountId: '111122223333',
  region: 'eu-west-1',
  stage: 'Production',
  action: 'Deploy',
  project: 'build',
});
const matches = (pattern: unknown, value: EventValue = event) =>
  matchesEvent(JSON.stringify(pattern), value);

describe('matchesEvent', () => {
  it.each<[boolean, string, unknown]>([
    [true, 'the source alone', { source: ['aws.codepipeline'] }],
    [false, 'another source', { source: ['aws.codebuild'] }],
    [
      true,
      'the state among others',
      {
        source: ['aws.codepipeline'],
        detail: { state: ['STARTED', 'FAILED'] },
      },
    ],
    [false, 'another state', { detail: { state: ['SUCCEEDED'] } }],
    [true, 'the pipeline by name', { detail: { pipeline: ['orders-api'] } }],
    [false, 'another pipeline', { detail: { pipeline: ['payments'] } }],
    [
      true,
      'the pipeline by ARN',
      { resources: ['arn:aws:codepipeline:eu-west-1:111122223333:orders-api'] },
    ],
    [true, 'a prefix', { detail: { pipeline: [{ prefix: 'orders-' }] } }],
    [
      true,
      'a prefix in any case',
      {
        detail: { pipeline: [{ prefix: { 'equals-ignore-case': 'ORDERS' } }] },
      },
    ],
    [
      false,
      'another prefix',
      { detail: { pipeline: [{ prefix: 'payments-' }] } },
    ],
    [true, 'a suffix', { detail: { pipeline: [{ suffix: '-api' }] } }],
    [
      true,
      'anything but others',
      { detail: { pipeline: [{ 'anything-but': ['payments'] }] } },
    ],
    [
      false,
      'anything but this one',
      { detail: { pipeline: [{ 'anything-but': 'orders-api' }] } },
    ],
    [
      false,
      'anything but this prefix',
      { detail: { pipeline: [{ 'anything-but': { prefix: 'orders' } }] } },
    ],
    [true, 'a wildcard', { detail: { pipeline: [{ wildcard: 'o*-a*i' }] } }],
    [
      false,
      'a question mark, which is no wildcard here',
      { detail: { pipeline: [{ wildcard: 'orders?api' }] } },
    ],
    [
      true,
      'in any case',
      { detail: { state: [{ 'equals-ignore-case': 'failed' }] } },
    ],
    [true, 'a number', { detail: { version: [1] } }],
    [
      true,
      'a range of numbers',
      { detail: { version: [{ numeric: ['>', 0, '<=', 1] }] } },
    ],
    [false, 'another range', { detail: { version: [{ numeric: ['>', 1] }] } }],
    [true, 'a field that exists', { detail: { state: [{ exists: true }] } }],
    [
      true,
      'a field that does not exist',
      { detail: { nothing: [{ exists: false }] } },
    ],
    [
      false,
      'the absence of a field that exists',
      { detail: { state: [{ exists: false }] } },
    ],
    [
      true,
      'one of two',
      {
        $or: [{ source: ['aws.codebuild'] }, { detail: { state: ['FAILED'] } }],
      },
    ],
    [false, 'a field that is missing', { detail: { nothing: ['x'] } }],
    [true, 'no condition at all', {}],
  ])('%s for %s', (expected, _what, pattern) => {
    expect(matches(pattern)).toBe(expected);
  });

  it('compares addresses with ranges', () => {
    const pattern = { detail: { ip: [{ cidr: '10.0.0.0/24' }] } };
    expect(matches(pattern, { detail: { ip: '10.0.0.9' } })).toBe(true);
    expect(matches(pattern, { detail: { ip: '10.0.1.9' } })).toBe(false);
  });

  it.each([
    '',
    '[]',
    'no json',
    '{"source":"aws.codepipeline"}',
    '{"source":[{"regex":"a"}]}',
  ])('refuses %s, which EventBridge would not take', pattern => {
    expect(() => matchesEvent(pattern, event)).toThrow(EventPatternError);
  });

  it('answers or refuses any pattern, and never fails in another way', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), pattern => {
        let outcome: unknown;
        try {
          outcome = matchesEvent(pattern, event);
        } catch (error) {
          outcome = error;
        }
        expect(
          typeof outcome === 'boolean' || outcome instanceof EventPatternError,
        ).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
