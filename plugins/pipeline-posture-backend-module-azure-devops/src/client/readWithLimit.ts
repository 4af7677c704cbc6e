import { IncomingMessage } from 'node:http';

/** The body is larger than it may be. */
export class BodyTooLargeError extends Error {
  constructor(readonly limit: number) {
    super(`The body is larger than ${limit} bytes`);
    this.name = 'BodyTooLargeError';
  }
}

/**
 * Reads a whole body, and stops as soon as it is larger than allowed.
 *
 * @throws BodyTooLargeError
 * @throws Error if the connection ends before the body does
 */
export async function readWithLimit(
  message: IncomingMessage,
  limit: number,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    size += (chunk as Buffer).length;
    if (size > limit) {
      message.destroy();
      throw new BodyTooLargeError(limit);
    }
    chunks.push(chunk as Buffer);
  }
  if (!message.complete) throw new Error('the answer was cut short');
  return Buffer.concat(chunks);
}
