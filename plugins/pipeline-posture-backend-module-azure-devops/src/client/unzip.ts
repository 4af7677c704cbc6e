import { crc32, inflateRawSync } from 'node:zlib';

/** What an archive may unpack to. */
export interface UnzipLimits {
  maxFiles: number;
  maxFileBytes: number;
}

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;

function findEnd(archive: Buffer): number {
  const lowest = Math.max(0, archive.length - 22 - 0xffff);
  for (let at = archive.length - 22; at >= lowest; at -= 1) {
    if (archive.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  }
  throw new Error('The archive has no directory');
}

function contentAt(
  archive: Buffer,
  entry: number,
  limits: UnzipLimits,
): Buffer | 'too-large' {
  const method = archive.readUInt16LE(entry + 10);
  const crc = archive.readUInt32LE(entry + 16);
  const packedSize = archive.readUInt32LE(entry + 20);
  const size = archive.readUInt32LE(entry + 24);
  const local = archive.readUInt32LE(entry + 42);
  if (size > limits.maxFileBytes) return 'too-large';
  if (archive.readUInt32LE(local) !== LOCAL_ENTRY)
    throw new Error('The archive is damaged');
  const start =
    local +
    30 +
    archive.readUInt16LE(local + 26) +
    archive.readUInt16LE(local + 28);
  const packed = archive.subarray(start, start + packedSize);
  if (packed.length !== packedSize) throw new Error('The archive is cut short');
  let content: Buffer;
  if (method === 0) content = packed;
  else if (method === 8) {
    // The declared size may lie: the limit holds while unpacking.
    content = inflateRawSync(packed, { maxOutputLength: limits.maxFileBytes });
  } else throw new Error('The archive is packed in an unknown way');
  if (crc32(content) !== crc) throw new Error('The archive is damaged');
  return content;
}

/**
 * Unpacks a zip archive in memory.
 *
 * @returns content by name; `too-large` for a file beyond the limit
 * @throws Error if the archive is damaged, cut short or holds too many files
 */
export function unzip(
  archive: Buffer,
  limits: UnzipLimits,
): Map<string, Buffer | 'too-large'> {
  const files = new Map<string, Buffer | 'too-large'>();
  if (archive.length < 22) throw new Error('The archive is cut short');
  const end = findEnd(archive);
  const count = archive.readUInt16LE(end + 10);
  if (count > limits.maxFiles)
    throw new Error('The archive holds too many files');
  let entry = archive.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (
      entry + 46 > archive.length ||
      archive.readUInt32LE(entry) !== DIRECTORY_ENTRY
    ) {
      throw new Error('The archive is damaged');
    }
    const nameLength = archive.readUInt16LE(entry + 28);
    const name = archive.toString('utf8', entry + 46, entry + 46 + nameLength);
    if (!name.endsWith('/')) files.set(name, contentAt(archive, entry, limits));
    entry +=
      46 +
      nameLength +
      archive.readUInt16LE(entry + 30) +
      archive.readUInt16LE(entry + 32);
  }
  return files;
}
