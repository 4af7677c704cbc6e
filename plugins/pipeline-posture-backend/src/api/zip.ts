import { Writable } from 'node:stream';
import { crc32, deflateRawSync } from 'node:zlib';

interface Entry {
  name: Buffer;
  crc: number;
  packed: number;
  size: number;
  offset: number;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** Names are UTF-8. */
const FLAGS = 0x0800;
const DEFLATE = 8;
const VERSION = 20;
/** 1 January 1980, the format's zero: the manifest says when it was made. */
const DATE = 0x0021;

/** The largest that the plain format can say; beyond it, readers differ. */
const MOST_BYTES = 0xffffffff;

/**
 * Writes files into a ZIP archive as they come, one after the other (PKWARE APPNOTE 4.3).
 */
export class ZipWriter {
  readonly #out: Writable;
  readonly #entries: Entry[] = [];
  #offset = 0;

  constructor(out: Writable) {
    this.#out = out;
  }

  /** @throws RangeError if the archive grows beyond 4 GiB */
  async add(name: string, content: Buffer): Promise<void> {
    const packed = deflateRawSync(content);
    if (this.#offset + packed.length > MOST_BYTES)
      throw new RangeError('The archive is larger than 4 GiB');
    const entry: Entry = {
      name: Buffer.from(name, 'utf8'),
      crc: crc32(content),
      packed: packed.length,
      size: content.length,
      offset: this.#offset,
    };
    this.#entries.push(entry);
    const header = Buffer.alloc(30);
    header.writeUInt32LE(LOCAL, 0);
    this.#common(header, 4, entry);
    await this.#write(Buffer.concat([header, entry.name, packed]));
  }

  /** The fields that the header before a file and the directory at the end share. */
  #common(header: Buffer, at: number, entry: Entry) {
    header.writeUInt16LE(VERSION, at);
    header.writeUInt16LE(FLAGS, at + 2);
    header.writeUInt16LE(DEFLATE, at + 4);
    header.writeUInt16LE(DATE, at + 8);
    header.writeUInt32LE(entry.crc, at + 10);
    header.writeUInt32LE(entry.packed, at + 14);
    header.writeUInt32LE(entry.size, at + 18);
    header.writeUInt16LE(entry.name.length, at + 22);
  }

  /** Writes the directory; nothing can be added after it. */
  async end(): Promise<void> {
    const start = this.#offset;
    for (const entry of this.#entries) {
      const header = Buffer.alloc(46);
      header.writeUInt32LE(CENTRAL, 0);
      header.writeUInt16LE(VERSION, 4);
      this.#common(header, 6, entry);
      header.writeUInt32LE(entry.offset, 42);
      await this.#write(Buffer.concat([header, entry.name]));
    }
    const end = Buffer.alloc(22);
    end.writeUInt32LE(END, 0);
    end.writeUInt16LE(this.#entries.length, 8);
    end.writeUInt16LE(this.#entries.length, 10);
    end.writeUInt32LE(this.#offset - start, 12);
    end.writeUInt32LE(start, 16);
    await this.#write(end);
  }

  async #write(bytes: Buffer): Promise<void> {
    this.#offset += bytes.length;
    if (!this.#out.write(bytes))
      await new Promise(done => this.#out.once('drain', done));
  }
}
