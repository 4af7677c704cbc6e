import { createServer, RequestListener, Server } from 'node:http';
import { AddressInfo } from 'node:net';

/** A server of the estate that is listening on loopback. */
export interface Listening {
  /** `http://localhost:<port>` */
  url: string;
  port: number;
  close(): Promise<void>;
}

/**
 * Listens on loopback only.
 *
 * @param port - the port, or 0 for any that is free
 * @throws the error of `listen`, EADDRINUSE among them, with the port in its message
 */
export async function listen(
  handler: RequestListener,
  port = 0,
): Promise<Listening> {
  const server: Server = createServer(handler);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const actual = (server.address() as AddressInfo).port;
  return {
    url: `http://localhost:${actual}`,
    port: actual,
    close: () =>
      new Promise<void>((resolve, reject) => {
        server.closeAllConnections();
        server.close(error => (error ? reject(error) : resolve()));
      }),
  };
}
