import { createServer, RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { AddressInfo } from 'node:net';
import { Certificate } from './certificate';

/** A server of the estate that is listening on loopback. */
export interface Listening {
  /** `http://localhost:<port>`, or with `https` if it has a certificate. */
  url: string;
  port: number;
  close(): Promise<void>;
}

/**
 * Listens on loopback only.
 *
 * @param port - the port, or 0 for any that is free
 * @param certificate - what it proves itself with over TLS; without it, plain HTTP
 * @throws the error of `listen`, EADDRINUSE among them, with the port in its message
 */
export async function listen(
  handler: RequestListener,
  port = 0,
  certificate?: Certificate,
): Promise<Listening> {
  const server = certificate
    ? createSecureServer(
        { cert: certificate.certificate, key: certificate.key },
        handler,
      )
    : createServer(handler);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const actual = (server.address() as AddressInfo).port;
  return {
    url: `${certificate ? 'https' : 'http'}://localhost:${actual}`,
    port: actual,
    close: () =>
      new Promise<void>((resolve, reject) => {
        server.closeAllConnections();
        server.close(error => (error ? reject(error) : resolve()));
      }),
  };
}
