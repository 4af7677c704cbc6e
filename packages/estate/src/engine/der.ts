/** Encodes ASN.1 values by the distinguished encoding rules, as far as a certificate needs them. */

function lengthOf(size: number): Buffer {
  if (size < 128) return Buffer.from([size]);
  const bytes: number[] = [];
  for (let rest = size; rest > 0; rest = Math.floor(rest / 256))
    bytes.unshift(rest % 256);
  return Buffer.from([0x80 + bytes.length, ...bytes]);
}

/** One value with its tag. */
export function tagged(tag: number, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag]), lengthOf(body.length), body]);
}

export const sequence = (...content: Buffer[]) => tagged(0x30, ...content);

export const set = (...content: Buffer[]) => tagged(0x31, ...content);

/** A number without a sign, from its bytes. */
export const integer = (bytes: Buffer) =>
  tagged(0x02, bytes[0] >= 0x80 ? Buffer.from([0]) : Buffer.alloc(0), bytes);

export const bitString = (bytes: Buffer) =>
  tagged(0x03, Buffer.from([0]), bytes);

export const octetString = (bytes: Buffer) => tagged(0x04, bytes);

export const utf8 = (text: string) => tagged(0x0c, Buffer.from(text, 'utf8'));

/** `1.2.840.10045.4.3.2` */
export function objectIdentifier(dotted: string): Buffer {
  const [first, second, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const part of rest) {
    const digits = [part % 128];
    for (
      let left = Math.floor(part / 128);
      left > 0;
      left = Math.floor(left / 128)
    )
      digits.unshift(128 + (left % 128));
    bytes.push(...digits);
  }
  return tagged(0x06, Buffer.from(bytes));
}

/** A moment between 1950 and 2049, to the second. */
export const utcTime = (at: Date) =>
  tagged(
    0x17,
    Buffer.from(
      `${at.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`,
      'ascii',
    ),
  );
