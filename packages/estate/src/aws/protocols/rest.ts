import { AwsError } from '../errors';
import { toJson } from './awsJson';
import { escapeXml } from './awsQuery';
import { Answer, Wire } from './wire';

/** Dates are ISO 8601 in the REST-JSON services that the estate speaks. */
function withIsoDates(value: Wire): Wire {
  if (value instanceof Date) return value.toISOString();
  if (Buffer.isBuffer(value)) return value;
  if (Array.isArray(value)) return value.map(withIsoDates);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, withIsoDates(item)]),
    );
  }
  return value;
}

/** An answer of REST-JSON. */
export function restJsonAnswer(output: Wire): Answer {
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(toJson(withIsoDates(output ?? {}))),
  };
}

/** An error of REST-JSON: the code stands in a header. */
export function restJsonError(error: AwsError): Answer {
  return {
    status: error.code === 'ThrottlingException' ? 429 : error.status,
    headers: {
      'content-type': 'application/json',
      'x-amzn-errortype': error.code,
    },
    body: JSON.stringify({ message: error.message }),
  };
}

/** An answer of REST-XML whose body the operation has written. */
export function restXmlAnswer(output: Wire): Answer {
  const text = typeof output === 'string' ? output : '';
  const isXml = text.startsWith('<');
  return {
    status: 200,
    headers: { 'content-type': isXml ? 'application/xml' : 'application/json' },
    body: text,
  };
}

/** An error of Amazon S3. */
export function s3Error(error: AwsError, requestId: string): Answer {
  const throttling = error.code === 'ThrottlingException';
  return {
    status: throttling ? 503 : error.status,
    headers: { 'content-type': 'application/xml' },
    body:
      '<?xml version="1.0" encoding="UTF-8"?><Error>' +
      `<Code>${throttling ? 'SlowDown' : escapeXml(error.xmlCode)}</Code>` +
      `<Message>${escapeXml(error.message)}</Message>` +
      `<RequestId>${requestId}</RequestId></Error>`,
  };
}
