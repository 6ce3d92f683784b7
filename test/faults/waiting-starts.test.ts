import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { hasPostgres } from "../kit/database/database.js";
import { usePostgres } from "../kit/database/use-postgres.js";
import { buildGateway } from "../kit/gateway/gateway-process.js";
import { runGateway } from "../kit/gateway/program.js";

const WAITS = /takes no connections: .*\. The start waits for it, up to .* s \(START_WAIT_MS\)\.$/;

describe.runIf(hasPostgres())("A start whose PostgreSQL is itself still starting", { timeout: 60_000 }, () => {
  beforeAll(buildGateway, 120_000);
  const postgres = usePostgres();
  const env = (port = new URL(postgres.url).port) => {
    const url = new URL(postgres.url);
    url.port = port;
    return { SIMULATED: "on", LOG_LEVEL: "silent", DATABASE_URL: url.href };
  };

  /** Takes PostgreSQL away for the rest of the test. */
  async function withoutPostgres(): Promise<void> {
    await postgres.stop();
    onTestFinished(() => postgres.start());
  }

  it("says so once, waits, and goes on when PostgreSQL is up", async () => {
    await postgres.stop();
    const gateway = runGateway(env());
    expect(await gateway.says(WAITS)).toContain(
      `The database at ${new URL(postgres.url).host} takes no connections: ECONNREFUSED.`,
    );
    expect(gateway.lines).toHaveLength(1);
    await postgres.start();
    await gateway.says(/Tollgate is listening/);
    expect(gateway.lines.filter((line) => WAITS.test(line))).toHaveLength(1);
    expect(gateway.errors).toEqual([]);
    gateway.signal("SIGTERM");
    expect(await gateway.ended).toBe(0);
  });

  it.each([
    ["says that it is starting up", startingUp(), "the database system is starting up"],
    [
      "takes connections and breaks them",
      (socket: Socket) => void socket.resetAndDestroy(),
      "(ECONNRESET|Connection terminated unexpectedly)",
    ],
  ])("waits for a server that %s", async (_what, refuse, reason) => {
    const port = await startLate(Number(new URL(postgres.url).port), 2, refuse);
    const gateway = runGateway(env(`${port}`));
    expect(await gateway.says(WAITS)).toMatch(new RegExp(`takes no connections: ${reason}\\.`));
    await gateway.says(/Tollgate is listening/);
  });

  it("ends at a SIGTERM", async () => {
    await withoutPostgres();
    // An hour, so that nothing but the signal can end it.
    const gateway = runGateway({ ...env(), START_WAIT_MS: "3600000" });
    await gateway.says(WAITS);
    gateway.signal("SIGTERM");
    expect(await gateway.ended).toBe(0);
    expect(gateway.lines.slice(1)).toEqual(["SIGTERM: stopping; 0 calls are running."]);
  });

  it("is refused with one sentence when the time is over, or at once if it is to wait for no time", async () => {
    await withoutPostgres();
    const { host } = new URL(postgres.url);
    const gateway = runGateway({ ...env(), START_WAIT_MS: "1200" });
    expect(await gateway.ended).toBe(1);
    expect(gateway.errors).toEqual([
      `The database at ${host} takes no connections: ECONNREFUSED. The start has waited 1.2 s for it (START_WAIT_MS).`,
    ]);
    const hasty = runGateway({ ...env(), START_WAIT_MS: "0" });
    expect(await hasty.ended).toBe(1);
    expect(hasty.lines).toEqual([`The database at ${host} takes no connections: ECONNREFUSED.`]);
  });
});

/** What PostgreSQL answers to every connection while it starts up. */
function startingUp(): (socket: Socket) => void {
  const fields = ["SFATAL", "VFATAL", "C57P03", "Mthe database system is starting up"];
  const body = Buffer.from(`${fields.map((field) => `${field}\0`).join("")}\0`);
  const head = Buffer.alloc(5);
  head.write("E");
  head.writeInt32BE(body.length + 4, 1);
  return (socket) => void socket.once("data", () => socket.end(Buffer.concat([head, body])));
}

/** Stands in front of a server, and refuses so many connections before it lets the others through. */
async function startLate(serverPort: number, refused: number, refuse: (socket: Socket) => void): Promise<number> {
  let connections = 0;
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket.on("error", () => undefined));
    connections += 1;
    if (connections <= refused) return refuse(socket);
    const behind = connect(serverPort, "127.0.0.1").on("error", () => undefined);
    sockets.add(behind);
    socket.pipe(behind).pipe(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}
