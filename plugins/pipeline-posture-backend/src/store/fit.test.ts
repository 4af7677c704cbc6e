import { fit } from './fit';

describe('fit', () => {
  it('leaves a short text alone', () => {
    expect(fit('arn:aws:iam::111122223333:role/deploy')).toBe(
      'arn:aws:iam::111122223333:role/deploy',
    );
    expect(fit('ü'.repeat(350))).toBe('ü'.repeat(350));
  });

  it.each(['x', 'ü', '漢', '😀'])('cuts a long text of %s', letter => {
    const short = fit(letter.repeat(900));
    expect(Buffer.byteLength(short)).toBeLessThanOrEqual(700);
    expect(short.startsWith(letter.repeat(50))).toBe(true);
    expect(short).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
    expect(fit(letter.repeat(900))).toBe(short);
    expect(fit(short)).toBe(short);
  });

  it('keeps two texts apart that begin alike', () => {
    expect(fit(`${'x'.repeat(900)}a`)).not.toBe(fit(`${'x'.repeat(900)}b`));
  });

  it('holds no character that a database refuses', () => {
    expect(fit('a\u0000b')).toBe('a\uFFFDb');
  });
});
