import { createHash, timingSafeEqual } from 'node:crypto';
import { RequestValidator } from '@backstage/plugin-events-node';
import { IngressSecret } from './readIngressConfig';

/** EventBridge sends at most 1 MiB, service hooks far less. */
const MOST_BYTES = 1024 * 1024;

const hashOf = (text: string) => createHash('sha256').update(text).digest();

/** What a delivery must have in which header. */
function wanted({ basic, header }: IngressSecret): [string, string] {
  if (header) return [header.name, header.value];
  const { username = '', password = '' } = basic ?? {};
  const pair = Buffer.from(`${username}:${password}`, 'utf8');
  return ['authorization', `Basic ${pair.toString('base64')}`];
}

/** Lets deliveries through that carry the secret. How long it takes does not depend on how much of it is right. */
export function validatorOf(secret: IngressSecret): RequestValidator {
  const [name, value] = wanted(secret);
  const expected = hashOf(value);
  return async ({ headers, body, raw }, context) => {
    const given = headers[name];
    const matches = timingSafeEqual(
      hashOf(typeof given === 'string' ? given : ''),
      expected,
    );
    if (!matches || typeof given !== 'string') {
      context.reject({
        status: 401,
        payload: { error: 'The secret is wrong' },
      });
      return;
    }
    if (raw.body.length > MOST_BYTES) {
      context.reject({
        status: 413,
        payload: { error: 'It is larger than 1 MiB' },
      });
      return;
    }
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      context.reject({
        status: 400,
        payload: { error: 'It must be a JSON object' },
      });
    }
  };
}
