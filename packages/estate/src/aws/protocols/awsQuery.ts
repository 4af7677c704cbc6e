import { AwsError } from '../errors';
import { Answer, Wire } from './wire';

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Text that is safe inside an element. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, char => ESCAPES[char]);
}

function element(name: string, value: Wire): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) {
    const members = value.map(item => element('member', item)).join('');
    return `<${name}>${members}</${name}>`;
  }
  if (value instanceof Map) {
    const entries = [...value].map(([key, item]) =>
      element('entry', { key, value: item }),
    );
    return `<${name}>${entries.join('')}</${name}>`;
  }
  return `<${name}>${content(value)}</${name}>`;
}

function content(value: Wire): string {
  if (value instanceof Date) {
    return value.toISOString().replace(/\.\d{3}Z$/, 'Z');
  }
  if (Buffer.isBuffer(value)) return value.toString('base64');
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    return Object.entries(value)
      .map(([key, item]) => element(key, item))
      .join('');
  }
  return escapeXml(String(value));
}

/** An answer of the AWS query protocol: `<OpResponse><OpResult>…`. */
export function queryAnswer(options: {
  operation: string;
  namespace: string;
  output: Wire;
  requestId: string;
}): Answer {
  const { operation, namespace, output, requestId } = options;
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body:
      `<${operation}Response xmlns="${namespace}">` +
      `<${operation}Result>${content(output ?? {})}</${operation}Result>` +
      `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>` +
      `</${operation}Response>`,
  };
}

/** An error of the AWS query protocol. */
export function queryError(
  error: AwsError,
  namespace: string,
  requestId: string,
): Answer {
  return {
    status: error.status,
    headers: { 'content-type': 'text/xml' },
    body:
      `<ErrorResponse xmlns="${namespace}"><Error>` +
      `<Type>${error.status >= 500 ? 'Receiver' : 'Sender'}</Type>` +
      `<Code>${escapeXml(error.xmlCode)}</Code>` +
      `<Message>${escapeXml(error.message)}</Message></Error>` +
      `<RequestId>${requestId}</RequestId></ErrorResponse>`,
  };
}
