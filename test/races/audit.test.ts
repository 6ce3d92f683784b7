import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { REVOKE, SUSPEND } from "../kit/credentials.js";
import { hasPostgres } from "../kit/database/database.js";
import { usePostgres } from "../kit/database/use-postgres.js";
import { ADMIN_KEY, type Gateway, startGateway, useTwoGateways } from "../kit/gateway/gateway.js";
import { buildGateway, type GatewayProcess, startGatewayProcess } from "../kit/gateway/gateway-process.js";
import { name } from "../kit/world.js";

const CHECK = "{ auditCheck { isSound isComplete lastSequence fault { sequence kind } } }";
const UPDATE_TEAM = "mutation ($input: UpdateTeamInput!) { updateTeam(input: $input) { id } }";
const ADD = "mutation ($input: AddCreditsInput!) { addCredits(input: $input) { id } }";
const RESUME = "mutation ($id: ID!) { resumeTeam(id: $id) { id } }";
const TRANSFER = "mutation ($input: TransferCreditsInput!) { transferCredits(input: $input) { toTeam { id } } }";
const CREATE = `mutation ($id: ID!) { createOrganization(input: { id: $id, name: "Raced" }) { id } }`;
const SET_PRICE = "mutation ($input: SetModelPriceInput!) { setModelPrice(input: $input) { model } }";
const CREATE_KEY = "mutation ($input: CreateVirtualKeyInput!) { createVirtualKey(input: $input) { key { id } } }";
const UPDATE_KEY = "mutation ($input: UpdateVirtualKeyInput!) { updateVirtualKey(input: $input) { id } }";

describe.runIf(hasPostgres())("acts of two processes at once", { timeout: 120_000 }, () => {
  const { one, other } = useTwoGateways();

  it("leave one line each, in one chain, and never wait for each other in a ring", async () => {
    const organization = await one.world.organization();
    const [team, second] = [await organization.team({ credits: 100 }), await organization.team({ credits: 100 })];
    const { db } = one.database;
    const before = await db.auditEntry.count();
    const sides = [one.admin, other.admin];
    const ROUNDS = 15;
    const acts = Array.from({ length: ROUNDS }, (_, round) =>
      sides.flatMap((client, side) => {
        const [from, to] = side === 0 ? [team, second] : [second, team];
        const transfer = { fromTeamId: from.id, toTeamId: to.id, credits: 1, reason: "Race" };
        return [
          client.data(CREATE, { id: name("org") }),
          client.data(UPDATE_TEAM, {
            input: { id: from.id, alias: `${side} ${round}`, metadata: { [`${side}`]: round } },
          }),
          client.data(ADD, { input: { teamId: to.id, credits: 1 } }),
          client.data(TRANSFER, { input: transfer }),
        ];
      }),
    ).flat();
    await Promise.all(acts);
    expect(await db.auditEntry.count()).toBe(before + acts.length);
    expect((await one.admin.data(CHECK)).auditCheck).toMatchObject({
      isSound: true,
      lastSequence: before + acts.length,
    });
    const [{ deadlocks } = { deadlocks: -1 }] = await db.$queryRaw<{ deadlocks: number }[]>`
      SELECT deadlocks::integer FROM pg_stat_database WHERE datname = current_database()`;
    expect(deadlocks).toBe(0);
    // Each line starts from what the one before it has left.
    const lines = await db.auditEntry.findMany({
      where: { subjectId: team.id, operation: "updateTeam" },
      orderBy: { sequence: "asc" },
    });
    const alias = (text: string | null) => JSON.parse(text ?? "{}").alias;
    for (const [index, line] of lines.slice(1).entries())
      expect(alias(line.before)).toBe(alias(lines[index]?.after ?? null));
  });

  it("say what they have changed themselves: of a new price one, and of a key that is revoked meanwhile no more", async () => {
    const team = await one.world.team();
    const { db } = one.database;
    const linesOf = (subjectId: string, operation: string) =>
      db.auditEntry.findMany({ where: { subjectId, operation }, orderBy: { sequence: "asc" } });
    for (let round = 0; round < 5; round++) {
      const model = name("model");
      const prices = [1, 2, 3, 4, 5, 6].map((usd) => ({
        model,
        inputUsdPerMillionTokens: `${usd}`,
        outputUsdPerMillionTokens: "1",
      }));
      const { key } = (await one.admin.data(CREATE_KEY, { input: { teamId: team.id } })).createVirtualKey;
      await Promise.all([
        ...prices.map((input, index) => (index % 2 ? one : other).admin.data(SET_PRICE, { input })),
        one.admin.data(UPDATE_KEY, { input: { id: key.id, name: "first" } }),
        other.admin.data(REVOKE, { id: key.id }),
        other.admin.data(UPDATE_KEY, { input: { id: key.id, name: "second" } }),
      ]);
      const priced = await linesOf(model, "setModelPrice");
      expect(priced.map(({ before }) => before)).toEqual([null, ...priced.slice(0, -1).map(() => expect.any(String))]);
      const updates = await linesOf(key.id, "updateVirtualKey");
      expect(updates.map(({ after }) => Object.keys(JSON.parse(after ?? "")))).toEqual([["name"], ["name"]]);
    }
  });

  it("do a thing once: of the same act at both, one is done and has a line", async () => {
    const team = await one.world.team();
    const { db } = one.database;
    const twice = (query: string, variables: Record<string, unknown>) =>
      Promise.all([one, other, one, other].map(({ admin }) => admin.data(query, variables)));
    await twice(SUSPEND, { id: team.id });
    await twice(RESUME, { id: team.id });
    await twice(REVOKE, { id: team.keyId });
    await twice(ADD, { input: { teamId: team.id, credits: 3, idempotencyKey: name("key") } });
    const lines = await db.auditEntry.findMany({
      where: { subjectId: { in: [team.id, team.keyId] }, operation: { not: "createTeam" } },
      orderBy: { sequence: "asc" },
    });
    expect(lines.map(({ operation }) => operation)).toEqual([
      "suspendTeam",
      "resumeTeam",
      "revokeVirtualKey",
      "addCredits",
    ]);
  });
});

describe.runIf(hasPostgres())("a process that is killed at any moment", { timeout: 180_000 }, () => {
  const postgres = usePostgres();
  let witness: Gateway;
  beforeAll(async () => {
    buildGateway();
    witness = await startGateway({ databaseUrl: postgres.url });
  }, 180_000);
  afterAll(() => witness?.close());

  it("leaves exactly one line for each act that is done, and none for one that is not", async () => {
    const acknowledged = new Set<string>();
    for (let kills = 0; kills < 3; kills++) {
      const killed = await startGatewayProcess({ DATABASE_URL: postgres.url, ADMIN_KEY });
      await untilKilled(killed, acknowledged, 20 + 15 * kills);
    }
    const { db } = witness.database;
    const organizations = (await db.organization.findMany({ where: { name: "Raced" } })).map(({ id }) => id);
    const lines = await db.auditEntry.findMany({ where: { operation: "createOrganization" } });
    expect(lines.map(({ subjectId }) => subjectId).sort()).toEqual(organizations.sort());
    expect(acknowledged.size).toBeGreaterThan(0);
    for (const id of acknowledged) expect(organizations).toContain(id);
    expect((await witness.admin.data(CHECK)).auditCheck).toMatchObject({ isSound: true, lastSequence: lines.length });
  });
});

/** Four clients act through a process, which is killed when it has answered so often. */
async function untilKilled(process: GatewayProcess, acknowledged: Set<string>, answers: number): Promise<void> {
  const until = acknowledged.size + answers;
  let isKilled = false;
  const client = process.client(ADMIN_KEY);
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      while (!isKilled) {
        const id = name("org");
        try {
          await client.data(CREATE, { id });
          acknowledged.add(id);
        } catch {
          return;
        }
        if (acknowledged.size < until || isKilled) continue;
        isKilled = true;
        await process.kill();
      }
    }),
  );
}
