import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import {
  bitString,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  set,
  tagged,
  utcTime,
  utf8,
} from './der';

/** A certificate with its key, both as PEM. */
export interface Certificate {
  certificate: string;
  key: string;
}

const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2';
const COMMON_NAME = '2.5.4.3';
const SUBJECT_ALTERNATIVE_NAME = '2.5.29.17';
const DAY_MS = 86_400_000;

const pem = (label: string, der: Buffer) =>
  `-----BEGIN ${label}-----\n${(
    der.toString('base64').match(/.{1,64}/g) ?? []
  ).join('\n')}\n-----END ${label}-----\n`;

/**
 * A certificate for localhost that signs itself. It is made anew each time, so
 * that no key lies around; whoever talks to the estate trusts this one alone.
 */
export function localhostCertificate(now = new Date()): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
  });
  const name = sequence(
    set(sequence(objectIdentifier(COMMON_NAME), utf8('localhost'))),
  );
  const algorithm = sequence(objectIdentifier(ECDSA_WITH_SHA256));
  const names = sequence(
    tagged(0x82, Buffer.from('localhost', 'ascii')),
    tagged(0x87, Buffer.from([127, 0, 0, 1])),
  );
  const contents = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    algorithm,
    name,
    sequence(
      utcTime(new Date(now.getTime() - DAY_MS)),
      utcTime(new Date(now.getTime() + 365 * DAY_MS)),
    ),
    name,
    publicKey.export({ format: 'der', type: 'spki' }),
    tagged(
      0xa3,
      sequence(
        sequence(
          objectIdentifier(SUBJECT_ALTERNATIVE_NAME),
          octetString(names),
        ),
      ),
    ),
  );
  const signature = sign('sha256', contents, privateKey);
  return {
    certificate: pem(
      'CERTIFICATE',
      sequence(contents, algorithm, bitString(signature)),
    ),
    key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  };
}
