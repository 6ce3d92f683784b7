import { describe, expect, it } from "vitest";
import { VERSION } from "../../../src/lib/observe/version.js";
import { GraphqlClient } from "../../kit/clients/graphql.js";
import { engines } from "../../kit/database/database.js";
import { FakeClock } from "../../kit/gateway/clock.js";
import { closeWithoutDatabase, startGateway, useGateway } from "../../kit/gateway/gateway.js";

const ALL = `{ system { version startedAt uptimeSeconds nodeVersion host processId
  database { kind description fault latencyMs serverVersion appliedMigrations pendingMigrations }
  redis { address isConnected } upstream { kind address hasKey } settings { name value isDefault isSecret } } }`;

describe.each(engines())("system, on %s", (engine) => {
  const clock = new FakeClock();
  const gateway = useGateway({ engine, clock });

  it("tells of the process and of its database", async () => {
    const startedAt = clock.now();
    await clock.advance(90_500);
    const { system } = await gateway.admin.data(ALL);
    expect(system).toMatchObject({
      version: VERSION,
      startedAt: startedAt.toISOString(),
      uptimeSeconds: 90,
      nodeVersion: process.versions.node,
      processId: process.pid,
      database: {
        kind: engine === "embedded" ? "PGLITE" : "POSTGRESQL",
        description: gateway.app.database.description,
        fault: null,
        latencyMs: 0,
        serverVersion: expect.stringMatching(/^\d+\.\d+/),
        appliedMigrations: expect.any(Number),
        pendingMigrations: [],
      },
      redis: null,
      upstream: { kind: "SIMULATED", address: null, hasKey: false },
    });
    expect(system.database.appliedMigrations).toBeGreaterThan(10);
    expect(system.settings).toContainEqual({
      name: "SIMULATED_TOKEN_MS",
      value: "0",
      isDefault: false,
      isSecret: false,
    });
  });

  it("names the migrations that are pending, and counts those of a newer version", async () => {
    const { db } = gateway.database;
    const [newest] = await db.$queryRaw<{ name: string }[]>`
      SELECT max(migration_name) AS name FROM _prisma_migrations`;
    const before = await gateway.admin.data(ALL);
    await db.$executeRaw`UPDATE _prisma_migrations SET migration_name = '99990101000000_of_a_newer_version'
      WHERE migration_name = ${newest?.name}`;
    const { system } = await gateway.admin.data(ALL);
    expect(system.database).toEqual({ ...before.system.database, pendingMigrations: [newest?.name] });
    await db.$executeRaw`UPDATE _prisma_migrations SET rolled_back_at = now()
      WHERE migration_name = '99990101000000_of_a_newer_version'`;
    const { appliedMigrations } = (await gateway.admin.data(ALL)).system.database;
    expect(appliedMigrations).toBe(before.system.database.appliedMigrations - 1);
  });
});

it("system answers the admin while the database does not, and says so.", async () => {
  const gateway = await startGateway({ mayEndUnsound: true });
  try {
    await gateway.app.database.close();
    const { system } = await gateway.admin.data(ALL);
    expect(system.version).toBe(VERSION);
    expect(system.database).toMatchObject({
      kind: "PGLITE",
      fault: "The database does not answer.",
      latencyMs: null,
      serverVersion: null,
      appliedMigrations: null,
      pendingMigrations: null,
    });
  } finally {
    await closeWithoutDatabase(gateway);
  }
});

describe("where secrets are set, system", () => {
  const CANARY = "canary-0123456789-0123456789-0123456789";
  const url = (scheme: string) => `${scheme}://${CANARY}:${CANARY}@127.0.0.1:1/path?key=${CANARY}#${CANARY}`;
  const gateway = useGateway({
    env: {
      ...{ ADMIN_KEY: CANARY, AUDIT_KEY: CANARY, UPSTREAM_API_KEY: CANARY, WEBHOOK_SECRETS_KEY: CANARY },
      // There is a database already, which the test made.
      ...{ DATABASE_URL: url("postgresql"), REDIS_URL: url("redis"), UPSTREAM_URL: url("http") },
      OTEL_EXPORTER_OTLP_ENDPOINT: url("http"),
    },
  });

  it("shows none of them, but that they are set and what else there is", async () => {
    const admin = new GraphqlClient(gateway.url, { authorization: `Bearer ${CANARY}` });
    const { system } = await admin.data(ALL);
    expect(JSON.stringify(system)).not.toContain("canary");
    expect(system.redis).toEqual({ address: "127.0.0.1:1", isConnected: false });
    expect(system.upstream).toEqual({ kind: "OPENAI_COMPATIBLE", address: "http://127.0.0.1:1/path", hasKey: true });
    const changed = system.settings.filter(({ isDefault }: { isDefault: boolean }) => !isDefault);
    expect(changed.map(({ name, value }: { name: string; value: string | null }) => [name, value])).toEqual([
      ["PORT", "0"],
      ["ADMIN_KEY", null],
      ["AUDIT_KEY", null],
      ["DATABASE_URL", "postgresql://127.0.0.1:1/path"],
      ["REDIS_URL", "redis://127.0.0.1:1/path"],
      ["UPSTREAM_URL", "http://127.0.0.1:1/path"],
      ["UPSTREAM_API_KEY", null],
      ["SIMULATED_TOKEN_MS", "0"],
      ["SHUTDOWN_GRACE_MS", "0"],
      ["WEBHOOK_SECRETS_KEY", null],
      ["OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1/path"],
    ]);
  });
});
