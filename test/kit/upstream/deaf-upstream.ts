import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as after } from "node:timers/promises";

/** Prints its port, and then stops itself, so that nobody takes its connections. */
const PROGRAM = `const server = require("node:net").createServer();
  server.listen({ host: "127.0.0.1", port: 0, backlog: 1 }, () => {
    process.stdout.write(server.address().port + "\\n", () => process.kill(process.pid, "SIGSTOP"));
  });`;
/** On loopback a connection that is taken is there at once. */
const NOT_TAKEN_MS = 300;

/** A host that answers no attempt to connect, as one does that is down or behind a firewall. */
export async function deafUpstream(): Promise<{ readonly url: string; close(): void }> {
  const child = spawn(process.execPath, ["-e", PROGRAM], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(child.stdout, "data");
  const port = Number(String(line).trim());
  const sockets: Socket[] = [];
  // The system itself takes connections until its queue is full.
  for (let isTaken = true; isTaken; ) {
    const socket = connect(port, "127.0.0.1").on("error", () => undefined);
    sockets.push(socket);
    isTaken = await Promise.race([once(socket, "connect").then(() => true), after(NOT_TAKEN_MS, false)]);
  }
  return {
    url: `http://127.0.0.1:${port}/v1`,
    close: () => {
      for (const socket of sockets) socket.destroy();
      child.kill("SIGKILL");
    },
  };
}
