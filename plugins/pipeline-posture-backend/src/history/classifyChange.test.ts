import { ResultStatus } from 'backstage-plugin-pipeline-posture-common';
import { ResultRecord } from '../evaluation/assessment';
import { classifyChange, Known } from './classifyChange';

const since = '2026-11-01T00:00:00.000Z';
const result = (
  controlId: string,
  status: ResultStatus,
  part: Partial<ResultRecord> = {},
): ResultRecord => ({
  controlId,
  status,
  since,
  ...part,
});
const known = (
  results: readonly ResultRecord[],
  part: Partial<Known> = {},
): Known => ({
  results,
  rubric: 'r1',
  score: 50,
  grade: 3,
  compliance: 2,
  ...part,
});
const causes = (before: Known | undefined, after: Known) => [
  ...classifyChange(before, after).keys(),
];

describe('classifyChange', () => {
  const passing = known([result('a', 'pass')]);

  it.each<[string, Known | undefined, Known, string[]]>([
    ['a new pipeline', undefined, passing, ['pipeline-added']],
    ['nothing', passing, known([result('a', 'pass', { since: 'x' })]), []],
    ['a setting', passing, known([result('a', 'fail')]), ['setting-changed']],
    [
      'lost sight',
      passing,
      known([result('a', 'unknown')]),
      ['could-not-check'],
    ],
    [
      'sight regained',
      known([result('a', 'unknown')]),
      passing,
      ['could-check-again'],
    ],
    [
      'a new control',
      passing,
      known([...passing.results, result('b', 'fail')], { rubric: 'r2' }),
      ['control-added'],
    ],
    [
      'a control that is gone',
      passing,
      known([], { rubric: 'r2' }),
      ['control-removed'],
    ],
    [
      'another rule',
      passing,
      known([result('a', 'fail')], { rubric: 'r2' }),
      ['control-changed'],
    ],
    [
      'other weights',
      passing,
      known(passing.results, { rubric: 'r2', score: 60 }),
      ['weight-changed'],
    ],
    [
      'an exemption',
      known([result('a', 'fail')]),
      known([result('a', 'fail', { exempt: true })]),
      ['exemption-started'],
    ],
    [
      'the end of an exemption',
      known([result('a', 'fail', { exempt: true })]),
      known([result('a', 'fail')]),
      ['exemption-ended'],
    ],
    [
      'the end of a preview',
      known([result('a', 'fail', { preview: true })]),
      known([result('a', 'fail')]),
      ['control-changed'],
    ],
  ])('sees %s', (_, before, after, expected) => {
    expect(causes(before, after)).toEqual(expected);
  });

  it('keeps several causes of one moment apart', () => {
    const before = known([result('a', 'pass'), result('b', 'pass')]);
    const after = known([result('a', 'fail'), result('b', 'unknown')]);
    expect(Object.fromEntries(classifyChange(before, after))).toEqual({
      'setting-changed': [{ controlId: 'a', from: 'pass', to: 'fail' }],
      'could-not-check': [{ controlId: 'b', from: 'pass', to: 'unknown' }],
    });
  });
});
