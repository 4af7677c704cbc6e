import fc from 'fast-check';
import { crc32, deflateRawSync } from 'node:zlib';
import { unzip } from './unzip';

/** A small archive, made by hand: stored or deflated. */
function archiveOf(
  files: Record<string, string>,
  method: 0 | 8 = 8,
  lie?: number,
): Buffer {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const content = Buffer.from(text);
    const packed = method === 8 ? deflateRawSync(content) : content;
    const path = Buffer.from(name);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(path.length, 26);
    const local = Buffer.concat([head, path, packed]);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(crc32(content), 16);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(lie ?? content.length, 24);
    entry.writeUInt16LE(path.length, 28);
    entry.writeUInt32LE(offset, 42);
    locals.push(local);
    entries.push(Buffer.concat([entry, path]));
    offset += local.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

const LIMITS = { maxFiles: 10, maxFileBytes: 1000 };

/** Sizes of what comes out; nothing if the archive is refused. */
function sizesIn(archive: Buffer): number[] {
  try {
    return [...unzip(archive, LIMITS).values()].map(content =>
      content === 'too-large' ? 0 : content.length,
    );
  } catch {
    return [];
  }
}

describe('unpacking an archive', () => {
  it.each([0, 8] as const)('gives back every file (method %s)', method => {
    const files = unzip(archiveOf({ a: 'first', b: 'second' }, method), LIMITS);
    expect(
      [...files].map(([name, content]) => [name, content.toString()]),
    ).toEqual([
      ['a', 'first'],
      ['b', 'second'],
    ]);
  });

  it('says which file is too large', () => {
    expect(unzip(archiveOf({ a: 'x'.repeat(2000) }), LIMITS).get('a')).toBe(
      'too-large',
    );
  });

  it('refuses a file that unpacks to more than it says', () => {
    expect(() =>
      unzip(archiveOf({ a: 'x'.repeat(100_000) }, 8, 10), LIMITS),
    ).toThrow();
  });

  it('refuses too many files', () => {
    const many = Object.fromEntries(
      Array.from({ length: 11 }, (_, n) => [`f${n}`, 'x']),
    );
    expect(() => unzip(archiveOf(many), LIMITS)).toThrow('too many');
  });

  it('refuses an archive that is cut short', () => {
    const whole = archiveOf({ a: 'first' });
    expect(() => unzip(whole.subarray(0, whole.length - 30), LIMITS)).toThrow();
  });

  it('never gives more than it may, whatever bytes come', () => {
    const whole = archiveOf({ a: 'first', b: 'second' });
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 })),
          { maxLength: 6 },
        ),
        changes => {
          const damaged = Buffer.from(whole);
          for (const [at, value] of changes) damaged[at] = value;
          const sizes = sizesIn(damaged);
          expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(
            LIMITS.maxFileBytes,
          );
        },
      ),
      { numRuns: 2000 },
    );
  });
});
