import { AwsError } from '../errors';
import { Answer, Wire } from './wire';

/** Dates become epoch seconds and bytes base64, as AWS JSON wants them. */
export function toJson(value: Wire): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (Buffer.isBuffer(value)) return value.toString('base64');
  if (Array.isArray(value)) return value.map(toJson);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => [key, toJson(item)]),
    );
  }
  return value;
}

/** An answer of AWS JSON 1.0 or 1.1. */
export function jsonAnswer(output: Wire, version: '1.0' | '1.1'): Answer {
  return {
    status: 200,
    headers: { 'content-type': `application/x-amz-json-${version}` },
    body: JSON.stringify(toJson(output ?? {})),
  };
}

/** An error of AWS JSON: the code stands in `__type`, the status is 400 or 5xx. */
export function jsonError(error: AwsError, version: '1.0' | '1.1'): Answer {
  return {
    status: error.status >= 500 ? error.status : 400,
    headers: { 'content-type': `application/x-amz-json-${version}` },
    body: JSON.stringify({ __type: error.code, message: error.message }),
  };
}
