import { csvLine } from './csv';

describe('csvLine', () => {
  it.each([
    ['=cmd()', "'=cmd()"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
    ['=a,b', `"'=a,b"`],
  ])(
    'writes %j so that no program takes it for a formula',
    (value, expected) => {
      expect(csvLine([value])).toBe(`${expected}\r\n`);
    },
  );
});
