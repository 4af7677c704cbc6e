import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { AwsError } from '../errors';

/** An HTTP request as it was received. */
export interface ReceivedRequest {
  method: string;
  /** Path as sent, not decoded. */
  path: string;
  /** Query as sent, without the question mark. */
  query: string;
  headers: Record<string, string>;
  body: Buffer;
}

/** What the Authorization header says about a request. */
export interface SignedScope {
  accessKeyId: string;
  /** `yyyymmdd` of the credential scope. */
  date: string;
  region: string;
  service: string;
  signedHeaders: string[];
  signature: string;
}

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

/**
 * Reads a Signature Version 4 Authorization header.
 *
 * @throws AwsError when it is missing or malformed
 */
export function readScope(headers: Record<string, string>): SignedScope {
  const header = headers.authorization;
  if (!header) {
    throw new AwsError(
      'MissingAuthenticationTokenException',
      'Missing Authentication Token',
      { status: 403, xmlCode: 'MissingAuthenticationToken' },
    );
  }
  const match = AUTHORIZATION.exec(header);
  if (!match) {
    throw new AwsError(
      'IncompleteSignatureException',
      'Authorization header requires Credential, SignedHeaders and Signature.',
      { status: 400, xmlCode: 'IncompleteSignature' },
    );
  }
  const [, accessKeyId, date, region, service, signedHeaders, signature] =
    match;
  return {
    accessKeyId,
    date,
    region,
    service,
    signedHeaders: signedHeaders.split(';'),
    signature,
  };
}

const sha256 = (text: string | Buffer) =>
  createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) =>
  createHmac('sha256', key).update(text).digest();

/** RFC 3986 encoding, as the signature wants it. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function canonicalQuery(query: string): string {
  if (!query) return '';
  return query
    .split('&')
    .map(pair => {
      const [key, value = ''] = pair.split('=');
      return [
        encode(decodeURIComponent(key)),
        encode(decodeURIComponent(value)),
      ];
    })
    .sort(([aKey, aValue], [bKey, bValue]) => {
      if (aKey !== bKey) return aKey < bKey ? -1 : 1;
      return aValue < bValue ? -1 : 1;
    })
    .map(([key, value]) => `${key}=${value}`)
    .join('&');
}

/** Every service but S3 signs the path encoded once more than it is sent. */
function canonicalPath(path: string, service: string): string {
  if (service === 's3') return path;
  return path.split('/').map(encode).join('/');
}

function expectedSignature(
  request: ReceivedRequest,
  scope: SignedScope,
  secret: string,
): string {
  const claimed = request.headers['x-amz-content-sha256'];
  const payload =
    claimed === 'UNSIGNED-PAYLOAD' ? claimed : sha256(request.body);
  const canonical = [
    request.method,
    canonicalPath(request.path, scope.service),
    canonicalQuery(request.query),
    ...scope.signedHeaders.map(
      name =>
        `${name}:${(request.headers[name] ?? '').trim().replace(/ +/g, ' ')}`,
    ),
    '',
    scope.signedHeaders.join(';'),
    payload,
  ].join('\n');
  const credentialScope = `${scope.date}/${scope.region}/${scope.service}/aws4_request`;
  const toSign = [
    'AWS4-HMAC-SHA256',
    request.headers['x-amz-date'] ?? '',
    credentialScope,
    sha256(canonical),
  ].join('\n');
  const signingKey = [scope.region, scope.service, 'aws4_request'].reduce(
    (key, part) => hmac(key, part),
    hmac(`AWS4${secret}`, scope.date),
  );
  return hmac(signingKey, toSign).toString('hex');
}

/** AWS refuses requests whose clock is further off than this. */
const CLOCK_SKEW_MS = 15 * 60_000;

function readAmzDate(text: string): number {
  const [, y, mo, d, h, mi, s] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? [];
  return y ? Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`) : NaN;
}

/**
 * Verifies the signature of a request with the secret of its access key.
 *
 * @throws AwsError when the signature or the time of the request is not right
 */
export function verifySignature(
  request: ReceivedRequest,
  scope: SignedScope,
  secret: string,
): void {
  const expected = Buffer.from(expectedSignature(request, scope, secret));
  const given = Buffer.from(scope.signature);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) {
    throw new AwsError(
      'InvalidSignatureException',
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
      { status: 403, xmlCode: 'SignatureDoesNotMatch' },
    );
  }
  const sentAt = readAmzDate(request.headers['x-amz-date'] ?? '');
  if (!(Math.abs(Date.now() - sentAt) <= CLOCK_SKEW_MS)) {
    throw new AwsError(
      'InvalidSignatureException',
      `Signature expired: ${request.headers['x-amz-date']} is too far from the current time`,
      { status: 403, xmlCode: 'RequestExpired' },
    );
  }
}
