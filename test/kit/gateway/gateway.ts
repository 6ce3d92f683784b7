import { afterAll, beforeAll, expect } from "vitest";
import { type App, createApp, type Overrides } from "../../../src/app.js";
import { readConfig } from "../../../src/config/config.js";
import type { Logger } from "../../../src/lib/log.js";
import { createLog } from "../../../src/lib/log.js";
import { type Server, startServer } from "../../../src/server.js";
import { GraphqlClient } from "../clients/graphql.js";
import { RestClient } from "../clients/rest.js";
import { SocketClient } from "../clients/ws.js";
import {
  createDatabase,
  createPostgresUrl,
  type Engine,
  openTestDatabase,
  type TestDatabase,
} from "../database/database.js";
import { expectSoundLedger } from "../database/ledger.js";
import { expectOwnedWork } from "../database/owned-work.js";
import { type ScriptedUpstream, startUpstream } from "../upstream/upstream.js";
import { World } from "../world.js";
import type { FakeClock } from "./clock.js";
import { orSimulated } from "./or-simulated.js";

export const ADMIN_KEY = "sk-admin-key-change-me";

export interface GatewayOptions {
  readonly engine?: Engine;
  /** An empty database on a PostgreSQL of the test's own. */
  readonly databaseUrl?: string;
  readonly env?: Record<string, string>;
  /** Answers from a scripted upstream instead of the simulated model. */
  readonly upstream?: "scripted";
  /** Time stands still until the test moves it. */
  readonly clock?: FakeClock;
  readonly log?: Logger;
  /** How the names of webhooks' hosts are looked up. */
  readonly resolve?: Overrides["resolve"];
  /** Draws which model of a group is asked first. */
  readonly random?: Overrides["random"];
  /** For tests that take the database away. */
  readonly mayEndUnsound?: boolean;
}

/** A real gateway on a free port, with a database of its own. */
export interface Gateway {
  readonly app: App;
  readonly server: Server;
  readonly url: string;
  readonly database: TestDatabase;
  readonly upstream: ScriptedUpstream;
  readonly admin: GraphqlClient;
  readonly anonymous: GraphqlClient;
  readonly world: World;
  client(credential: string): GraphqlClient;
  /** Over REST. Without an argument it sends no credential. */
  rest(credential?: string): RestClient;
  /** A socket of its own, closed with the gateway. */
  socket(credential: string, options?: ConstructorParameters<typeof SocketClient>[2]): SocketClient;
  close(): Promise<void>;
}

export async function startGateway(options: GatewayOptions = {}): Promise<Gateway> {
  const { databaseUrl, engine = "embedded" } = options;
  const opening = databaseUrl ? openTestDatabase(databaseUrl, options.log) : createDatabase(engine);
  const [database, upstream] = await Promise.all([opening, startUpstream()]);
  await options.clock?.rule(database);
  const env = {
    PORT: "0",
    SIMULATED_TOKEN_MS: "0",
    // Nobody waits for calls that a test has left running.
    SHUTDOWN_GRACE_MS: "0",
    ...(options.upstream && { UPSTREAM_URL: upstream.url, UPSTREAM_API_KEY: "sk-upstream" }),
    ...options.env,
  };
  const log = options.log ?? createLog("silent");
  const app = await createApp(readConfig(orSimulated(env)), {
    database,
    log,
    ...(options.clock && { clock: options.clock }),
    ...(options.resolve && { resolve: options.resolve }),
    ...(options.random && { random: options.random }),
  });
  const server = await startServer(app);
  const client = (credential: string) => new GraphqlClient(server.url, { authorization: `Bearer ${credential}` });
  const admin = client(ADMIN_KEY);
  const sockets: SocketClient[] = [];
  return {
    app,
    server,
    url: server.url,
    database,
    upstream,
    admin,
    anonymous: new GraphqlClient(server.url, {}),
    world: new World(admin, client),
    client,
    rest: (credential) =>
      new RestClient(server.url, credential === undefined ? {} : { authorization: `Bearer ${credential}` }),
    socket: (credential, socketOptions) => {
      const socket = new SocketClient(server.url, { Authorization: `Bearer ${credential}` }, socketOptions);
      sockets.push(socket);
      return socket;
    },
    close: async () => {
      for (const socket of sockets) socket.close();
      // After every test file: whatever it did, the credits must add up, and all work be somebody's.
      if (!options.mayEndUnsound) {
        await expectSoundLedger(database.db);
        await expectOwnedWork(database.db);
      }
      await server.close();
      await upstream.close();
    },
  };
}

/** A gateway for all tests of a `describe` or a file. */
export function useGateway(options: GatewayOptions = {}): Gateway {
  let started: Gateway | undefined;
  beforeAll(async () => {
    started = await startGateway(options);
  });
  afterAll(() => started?.close());
  return insideTests(() => started);
}

/** Two gateways for all tests of a file, which share nothing but a PostgreSQL database, just as two processes do. */
export function useTwoGateways(options: Pick<GatewayOptions, "log"> = {}): {
  readonly one: Gateway;
  readonly other: Gateway;
} {
  let one: Gateway | undefined;
  let other: Gateway | undefined;
  beforeAll(async () => {
    const databaseUrl = await createPostgresUrl();
    one = await startGateway({ ...options, databaseUrl, upstream: "scripted" });
    other = await startGateway({ ...options, databaseUrl, env: { UPSTREAM_URL: one.upstream.url } });
  });
  afterAll(async () => {
    await other?.close();
    await one?.close();
  });
  return { one: insideTests(() => one), other: insideTests(() => other) };
}

/** What is started later, before the first test, such as a gateway. */
export function insideTests<Started extends object>(find: () => Started | undefined): Started {
  return new Proxy({} as Started, {
    get: (_, name) => {
      const started = find();
      if (!started) throw new Error("It is there only inside tests.");
      return started[name as keyof Started];
    },
  });
}

/** Closes the rest of a gateway whose database the test has closed already. */
export async function closeWithoutDatabase(gateway: Gateway): Promise<void> {
  await gateway.close().catch((error: unknown) => expect(String(error)).toMatch(/closed/i));
}
