import { AzureTenant } from './state';
import { TokenMint } from './TokenMint';

/** A request to one host of the local Azure. */
export interface AzureRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  authorization?: string;
}

/** What answers are made from. */
export interface AzureContext {
  tenant: AzureTenant;
  mint: TokenMint;
  /** Address of the host that is asked. */
  base: string;
  now: Date;
  /** Entries on a page. */
  pageSize: number;
}

/** Cuts a list into pages; the token for the next one is opaque to clients. */
export function cut<T>(
  entries: T[],
  token: string | null,
  pageSize: number,
): { page: T[]; next?: string } {
  const from = token
    ? Number(Buffer.from(token, 'base64url').toString('utf8'))
    : 0;
  const to = from + pageSize;
  return {
    page: entries.slice(from, to),
    ...(to < entries.length && {
      next: Buffer.from(String(to), 'utf8').toString('base64url'),
    }),
  };
}
