import { percentOf } from './percent';

describe('a share in words', () => {
  it.each([
    [0, 0, '0%'],
    [0, 312, '0%'],
    [1, 312, '<1%'],
    [48, 312, '15%'],
    [34, 41, '82%'],
    [29, 100, '29%'],
    [311, 312, '99%'],
    [312, 312, '100%'],
  ])('says %d of %d as %s', (number, of, words) => {
    expect(percentOf(number, of, 'en')).toBe(words);
  });
});
