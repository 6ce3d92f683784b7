import { beforeAll, describe, expect, it } from "vitest";
import { VIEWER } from "../../kit/credentials.js";
import { FakeClock } from "../../kit/gateway/clock.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import type { TestTeam } from "../../kit/world.js";

const MINUTE_MS = 60_000;

describe("the last use of a key", () => {
  const clock = new FakeClock();
  const gateway = useGateway({ clock });

  // Only the test runs the task.
  beforeAll(() => gateway.server.background.stop());

  const note = () => gateway.app.tasks.find(({ name }) => name === "note uses of keys")?.run();
  const lastUse = async ({ keyId }: TestTeam) =>
    (await gateway.database.db.virtualKey.findUniqueOrThrow({ where: { id: keyId } })).lastUsedAt;

  /** Makes the gateway ask the database about the team's keys at their next use. */
  const forget = ({ id }: TestTeam) =>
    gateway.admin.data("mutation ($id: ID!) { suspendTeam(id: $id) { id } resumeTeam(id: $id) { id } }", { id });

  /** Uses the key. Returns what is sent to the database meanwhile. */
  async function use(team: TestTeam): Promise<string[]> {
    await forget(team);
    const sent = await gateway.database.sentBy(async () =>
      expect(await team.client.data(VIEWER)).toEqual({ viewer: { team: { id: team.id } } }),
    );
    return sent.map(({ text }) => text);
  }

  it("is written by a task, exact to a minute, and never by the request", async () => {
    const team = await gateway.world.team();
    expect(await use(team)).not.toContainEqual(expect.stringMatching(/^\s*(UPDATE|WITH|INSERT)/));
    expect(await lastUse(team)).toBeNull();
    await note();
    const first = clock.now();
    expect(await lastUse(team)).toEqual(first);
    await clock.advance(MINUTE_MS - 1);
    await use(team);
    expect(await gateway.database.sentBy(async () => note())).toEqual([]);
    await clock.advance(1);
    await use(team);
    await note();
    expect(await lastUse(team)).toEqual(new Date(first.getTime() + MINUTE_MS));
  });

  it("is not written if the database takes no changes, and the requests are answered", async () => {
    const team = await gateway.world.team();
    const { db } = gateway.database;
    await forget(team);
    await db.$executeRaw`SET default_transaction_read_only = on`;
    try {
      expect(await team.client.data(VIEWER)).toEqual({ viewer: { team: { id: team.id } } });
      expect(await gateway.database.sentBy(async () => note())).toEqual([]);
    } finally {
      await db.$executeRaw`SET default_transaction_read_only = off`;
    }
    expect(await lastUse(team)).toBeNull();
    await use(team);
    await note();
    expect(await lastUse(team)).toEqual(clock.now());
  });

  it("that cannot be written fails no request, and is written at a later use", async () => {
    const team = await gateway.world.team();
    const { db } = gateway.database;
    await db.$executeRaw`ALTER TABLE virtual_keys ADD CONSTRAINT no_notes CHECK (last_used_at IS NULL) NOT VALID`;
    await use(team);
    await expect(note()).rejects.toThrow("no_notes");
    await db.$executeRaw`ALTER TABLE virtual_keys DROP CONSTRAINT no_notes`;
    expect(await lastUse(team)).toBeNull();
    await use(team);
    await note();
    expect(await lastUse(team)).toEqual(clock.now());
  });
});
