import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface TcpProxy {
  readonly port: number;
  /** From now on nothing gets through, in either direction, and no connection breaks: as when a network loses everything. */
  silence(): void;
  resume(): void;
  close(): Promise<void>;
}

/** Stands between a client and a server on a loopback port. */
export async function startTcpProxy(serverPort: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let isSilent = false;
  const server = createServer((client) => {
    const upstream = connect(serverPort, "127.0.0.1");
    join(client, upstream);
    join(upstream, client);
  });
  function join(from: Socket, to: Socket): void {
    sockets.add(from);
    from.on("data", (chunk) => void to.write(chunk));
    // The other side learns of it by the close.
    from.on("error", () => undefined);
    from.on("close", () => {
      sockets.delete(from);
      to.destroySoon();
    });
    if (isSilent) from.pause();
  }
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    silence: () => {
      isSilent = true;
      for (const socket of sockets) socket.pause();
    },
    resume: () => {
      isSilent = false;
      for (const socket of sockets) socket.resume();
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
