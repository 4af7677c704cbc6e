import { randomBytes } from 'node:crypto';

interface Issued {
  clientId: string;
  audience: string;
  expiresAt: number;
}

/** Issues access tokens and knows them again. */
export class TokenMint {
  readonly #issued = new Map<string, Issued>();

  issue(clientId: string, audience: string, now: Date): string {
    const part = (value: object) =>
      Buffer.from(JSON.stringify(value)).toString('base64url');
    const expiresAt = now.getTime() + 3_599_000;
    const token = [
      part({ typ: 'JWT', alg: 'RS256' }),
      part({
        aud: audience,
        appid: clientId,
        exp: Math.floor(expiresAt / 1000),
      }),
      randomBytes(32).toString('base64url'),
    ].join('.');
    this.#issued.set(token, { clientId, audience, expiresAt });
    return token;
  }

  /** Whom a token was given to, if it is for this audience and still good. */
  holder(
    authorization: string | undefined,
    audience: string,
    now: Date,
  ): string | undefined {
    const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
    const issued = token ? this.#issued.get(token) : undefined;
    return issued &&
      issued.audience === audience &&
      issued.expiresAt > now.getTime()
      ? issued.clientId
      : undefined;
  }
}
