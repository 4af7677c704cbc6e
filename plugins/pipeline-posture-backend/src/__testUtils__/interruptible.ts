import { AddressInfo, connect, createServer, Socket } from 'node:net';

/** The way to a server, which a test can break. */
export interface Interruptible {
  port: number;
  /** Ends every connection, and refuses new ones for a time, as the restart of a server does. */
  interrupt(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** Passes connections on to a server. */
export async function interruptible(to: {
  host: string;
  port: number;
}): Promise<Interruptible> {
  const sockets = new Set<Socket>();
  const server = createServer(client => {
    const upstream = connect(to);
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ]) {
      sockets.add(one);
      one.pipe(other);
      one.on('error', () => {});
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  const listen = (port: number) =>
    new Promise<void>(done => server.listen(port, '127.0.0.1', done));
  const stop = () =>
    new Promise<void>(done => {
      server.close(() => done());
      sockets.forEach(socket => socket.destroy());
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    async interrupt(ms) {
      await stop();
      await new Promise(done => setTimeout(done, ms));
      await listen(port);
    },
    close: stop,
  };
}
