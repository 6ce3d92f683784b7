import { describe, expect, it } from "vitest";
import type { GraphqlClient } from "../../kit/clients/graphql.js";
import { FakeClock } from "../../kit/gateway/clock.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { runTasks } from "../../kit/gateway/tasks.js";
import { CREATE_JOB, name } from "../../kit/world.js";

const HOUR = 3_600_000;

describe("the same idempotency key", () => {
  const clock = new FakeClock();
  const gateway = useGateway({ clock });
  const createJob = async ({ client }: { client: GraphqlClient }, input: object) =>
    (await client.data(CREATE_JOB, { input: { jobType: "test", ...input } })).createJob;

  describe("of createJob", () => {
    it("opens one job, and answers with its present state", async () => {
      const team = await gateway.world.team();
      const input = { jobType: "report", metadata: { a: 1, b: 2 }, idempotencyKey: name("key") };
      const first = await createJob(team, input);
      expect(await createJob(team, { ...input, metadata: { b: 2, a: 1 } })).toEqual(first);
      await team.client.data("mutation ($id: ID!) { completeJob(input: { jobId: $id }) { job { id } } }", {
        id: first.id,
      });
      expect(await createJob(team, input)).toMatchObject({ id: first.id, status: "COMPLETED" });
      expect(await team.credits()).toMatchObject({ used: 1, held: 0, available: 9 });
    });

    it("sent 20 times at once opens one job", async () => {
      const team = await gateway.world.team();
      const idempotencyKey = name("key");
      const jobs = await Promise.all(Array.from({ length: 20 }, () => createJob(team, { idempotencyKey })));
      expect(new Set(jobs.map(({ id }) => id)).size).toBe(1);
      expect(await team.credits()).toMatchObject({ held: 1, available: 9 });
    });

    it("sent 20 times at once by a team without a credit is refused for that each time", async () => {
      const team = await gateway.world.team({ credits: 0 });
      const input = { jobType: "test", idempotencyKey: name("key") };
      const sent = Array.from({ length: 20 }, () => team.client.refusal("INSUFFICIENT_CREDITS", CREATE_JOB, { input }));
      expect(await Promise.all(sent)).toHaveLength(20);
    });

    it("is refused with another input", async () => {
      const team = await gateway.world.team();
      const idempotencyKey = name("key");
      await createJob(team, { idempotencyKey });
      const input = { jobType: "other", idempotencyKey };
      const { extensions, message } = await team.client.refusal("IDEMPOTENCY_CONFLICT", CREATE_JOB, { input });
      expect(extensions).toMatchObject({ status: 409, retryable: false });
      expect(message).toBe("The idempotency key was used before, with another input.");
      expect(await team.credits()).toMatchObject({ held: 1 });
    });

    it("may be tried again after a refusal, which is not remembered", async () => {
      const team = await gateway.world.team({ credits: 1 });
      const first = await createJob(team, {});
      const idempotencyKey = name("key");
      await team.client.refusal("INSUFFICIENT_CREDITS", CREATE_JOB, { input: { jobType: "test", idempotencyKey } });
      await team.client.data(
        "mutation ($id: ID!) { completeJob(input: { jobId: $id, status: FAILED }) { job { id } } }",
        {
          id: first.id,
        },
      );
      const second = await createJob(team, { idempotencyKey });
      expect(second.id).not.toBe(first.id);
    });

    it("differs from the same key of another team", async () => {
      const idempotencyKey = name("key");
      const [one, other] = await Promise.all([gateway.world.team(), gateway.world.team()]);
      const [first, second] = [await createJob(one, { idempotencyKey }), await createJob(other, { idempotencyKey })];
      expect(second.id).not.toBe(first.id);
      await createJob(other, { idempotencyKey });
      expect(await other.credits()).toMatchObject({ held: 1 });
    });

    it("is kept for 24 hours, and then forgotten", async () => {
      const team = await gateway.world.team();
      const idempotencyKey = name("key");
      const first = await createJob(team, { idempotencyKey });
      await clock.advance(24 * HOUR - 1);
      await runTasks(gateway.app);
      expect((await createJob(team, { idempotencyKey })).id).toBe(first.id);
      await clock.advance(1);
      // The input of each request differs from the one before, which would be a conflict if the key were still known. The
      // first is sent before the background task has removed the key, the second after.
      const second = await createJob(team, { idempotencyKey, jobType: "other" });
      expect(second.id).not.toBe(first.id);
      await clock.advance(24 * HOUR);
      await runTasks(gateway.app);
      expect(await gateway.database.db.idempotencyKey.count({ where: { key: idempotencyKey } })).toBe(0);
      expect((await createJob(team, { idempotencyKey })).id).not.toBe(second.id);
    });

    it.each([
      ["0", ""],
      ["256", "k".repeat(256)],
    ])("must have 1 to 255 characters, not %s", async (_, idempotencyKey) => {
      const team = await gateway.world.team();
      const { extensions } = await team.client.refusal("INVALID_INPUT", CREATE_JOB, {
        input: { jobType: "test", idempotencyKey },
      });
      expect(extensions.field).toBe("input.idempotencyKey");
      await createJob(team, { idempotencyKey: name("k".repeat(246)) });
    });
  });
});
