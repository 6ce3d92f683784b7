import { describe, expect, it } from "vitest";
import { askDoor, MODEL_DOORS } from "../kit/clients/model-doors.js";
import { hasPostgres } from "../kit/database/database.js";
import { expectSoundLedger } from "../kit/database/ledger.js";
import { waitingForLocks } from "../kit/database/waiting-for-locks.js";
import { useTwoGateways } from "../kit/gateway/gateway.js";
import { answer } from "../kit/upstream/upstream-behaviours.js";
import { name } from "../kit/world.js";

const JOBS = "{ jobs { nodes { id costs { totalCalls } } } }";

describe.runIf(hasPostgres())("the first call of a job's key, in two processes", { timeout: 60_000 }, () => {
  const { one } = useTwoGateways();

  it("whose idempotency key another takes at the same moment leaves the job to the next call", async () => {
    const model = name("model");
    one.upstream.on(model, answer());
    const team = await one.world.team({ models: [model] });
    const [key, jobKey] = [name("key"), name("run")];
    const ask = (headers: Record<string, string>) => {
      const door = MODEL_DOORS.chat;
      if (!door) throw new Error("There is no door of chats.");
      const named = { "x-job-key": jobKey, ...headers };
      return askDoor(one, door, { secret: team.secret, group: team.modelGroup, headers: named });
    };
    const { db } = one.database;
    const refused = await db.$transaction(async (tx) => {
      const taken = { scope: `team:${team.id}`, family: "llm-call", key, inputHash: new Uint8Array(32) };
      await tx.idempotencyKey.create({ data: { ...taken, resultId: crypto.randomUUID(), createdAt: new Date() } });
      const asked = ask({ "idempotency-key": key });
      await expect.poll(() => waitingForLocks(db)).toBe(1);
      return { asked };
    });
    expect((await refused.asked).text).toContain("idempotency_conflict");
    expect(await team.credits()).toMatchObject({ used: 0, held: 1 });
    const [job] = (await team.client.data(JOBS)).jobs.nodes;
    expect(job).toMatchObject({ costs: { totalCalls: 0 } });
    expect((await ask({})).headers.get("x-job-id")).toBe(job.id);
    expect((await team.client.data(JOBS)).jobs.nodes).toMatchObject([{ id: job.id, costs: { totalCalls: 1 } }]);
    expect(await team.credits()).toMatchObject({ used: 0, held: 1 });
    await expectSoundLedger(db);
  });
});
