import { Fact, known, unknown } from 'backstage-plugin-pipeline-posture-common';
import { IncomingMessage } from 'node:http';
import { Operation } from './operations';
import * as refusals from './refusals';

/** An answer before it is believed. */
export interface Received {
  status: number;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

/** Looks at the status of an answer: only one that is whole is an answer. */
export function judge(
  operation: Operation,
  received: Received,
): Fact<Received> {
  const { status, headers } = received;
  if (status === 401 || status === 403)
    return unknown(refusals.permissionMissing(operation, status));
  if (status === 404) return unknown(refusals.notFound(operation));
  if (status === 203) return unknown(refusals.tokenNotAccepted(operation));
  if (status >= 300 && status < 400) {
    const toSignIn = /_signin|login\./i.test(String(headers.location));
    return unknown(
      toSignIn
        ? refusals.tokenNotAccepted(operation)
        : refusals.unreachable(
            operation,
            'it points to another address, which is not followed',
          ),
    );
  }
  if (status !== 200)
    return unknown(refusals.unreachable(operation, `status ${status}`));
  return known(received, { source: refusals.callName(operation) });
}

/** The object that an answer holds. */
export function jsonOf(
  operation: Operation,
  { body, headers }: Received,
): Fact<unknown> {
  if (!/json/i.test(String(headers['content-type']))) {
    return unknown(
      refusals.unreachable(operation, 'a page came where data was expected'),
    );
  }
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (value === null || typeof value !== 'object') {
      return unknown(refusals.malformed(operation, 'it holds no object'));
    }
    return known(value, { source: refusals.callName(operation) });
  } catch {
    return unknown(
      refusals.malformed(operation, 'it ends in the middle or is not JSON'),
    );
  }
}
