import { fileNameOf } from './fileName';

describe('the name of an exported file', () => {
  it('says the day', () => {
    expect(fileNameOf({}, '2026-11-21', 'csv')).toBe(
      'pipeline-posture_2026-11-21.csv',
    );
  });

  it('says the filters', () => {
    expect(
      fileNameOf(
        { owner: ['group:default/payments'], grade: ['D', 'F'], control: '' },
        '2026-11-21',
        'csv',
      ),
    ).toBe('pipeline-posture_2026-11-21_owner-payments_grade-D_grade-F.csv');
  });

  it('holds nothing that a file system takes amiss, and stays short', () => {
    const name = fileNameOf(
      { owner: Array.from({ length: 50 }, (_, i) => `../etc/pass wd${i}`) },
      '2026-11-21',
      'json',
    );
    expect(name).not.toMatch(/[/\\ ]/);
    expect(name.length).toBeLessThan(130);
    expect(name).toMatch(/\.json$/);
  });
});
