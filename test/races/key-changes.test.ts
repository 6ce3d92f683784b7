import { describe, expect, it } from "vitest";
import type { GraphqlAnswer } from "../kit/clients/graphql.js";
import { VIEWER } from "../kit/credentials.js";
import { hasPostgres } from "../kit/database/database.js";
import { useTwoGateways } from "../kit/gateway/gateway.js";
import { CHANGE_KEY, ROTATE } from "../kit/lifecycle.js";
import { answer } from "../kit/upstream/upstream-behaviours.js";
import { answeredWithin, codeOf } from "../kit/within.js";
import { RUN_LLM_CALL } from "../kit/world.js";

describe.runIf(hasPostgres())("keys, in two processes on one database", { timeout: 120_000 }, () => {
  const { one, other } = useTwoGateways();
  const at = (index: number) => (index % 2 === 0 ? one : other);
  const codes = (answers: readonly GraphqlAnswer[]) => answers.map(codeOf);

  describe("a key", () => {
    it("that is rotated by many at once has one newest secret, and at most one before it", async () => {
      for (const graceSeconds of [0, 60]) {
        const team = await one.world.team();
        const answers = await Promise.all(
          Array.from({ length: 20 }, (_, index) => at(index).admin.data(ROTATE, { id: team.keyId, graceSeconds })),
        );
        const secrets = answers.map(({ rotateVirtualKey }) => rotateVirtualKey.virtualKey as string);
        expect(new Set(secrets).size).toBe(20);
        // What a process remembers of a key is over after half a second.
        await expect
          .poll(async () => {
            const seen = await Promise.all(
              [team.secret, ...secrets].map((secret, index) => at(index).client(secret).send(VIEWER)),
            );
            return codes(seen).filter((code) => code === "ok").length;
          })
          .toBe(graceSeconds === 0 ? 1 : 2);
      }
    });

    it("that rotates itself from several clients at once gets one new secret", async () => {
      for (const graceSeconds of [0, 60]) {
        const team = await one.world.team();
        const clients = [team.client, other.client(team.secret)];
        await Promise.all(clients.map((client) => client.data(VIEWER)));
        const answers = await Promise.all(
          Array.from({ length: 10 }, (_, index) => clients[index % 2]?.send(ROTATE, { id: team.keyId, graceSeconds })),
        );
        const done = (answers as GraphqlAnswer[]).filter(({ errors }) => !errors);
        expect(done).toHaveLength(1);
        await one.client(done[0]?.data.rotateVirtualKey.virtualKey).data(VIEWER);
      }
    });

    it("has its old secret refused by the other process within a second, without a grace", async () => {
      const team = await one.world.team();
      const client = other.client(team.secret);
      await client.data(VIEWER);
      const { rotateVirtualKey } = await one.admin.data(ROTATE, { id: team.keyId });
      await answeredWithin(1_000, () => client.send(VIEWER), "UNAUTHENTICATED");
      await other.client(rotateVirtualKey.virtualKey).data(VIEWER);
    });

    it("has its old secret refused, and its streams ended, by the other process when the grace is over", async () => {
      const team = await one.world.team();
      const job = await team.job();
      const updates = other
        .socket(team.secret)
        .events("subscription ($id: ID!) { event: jobUpdated(jobId: $id) { status } }", {
          id: job.id,
        });
      await updates.next();
      const ended = updates.rest().catch((error: unknown) => error);
      await one.admin.data(ROTATE, { id: team.keyId, graceSeconds: 1 });
      await other.client(team.secret).data(VIEWER);
      expect(await ended).toMatchObject({ code: "UNAUTHENTICATED" });
      await answeredWithin(1_000, () => other.client(team.secret).send(VIEWER), "UNAUTHENTICATED");
    });

    it("that is limited to some model groups is so in the other process within a second", async () => {
      const groups = [await one.world.modelGroup(["a"]), await one.world.modelGroup(["b"])];
      one.upstream.on("a", answer());
      one.upstream.on("b", answer());
      const team = await one.world.team({ groups, credits: 1_000 });
      const job = await team.job();
      const client = other.client(team.secret);
      const run = () => client.send(RUN_LLM_CALL, { input: job.callInput({ modelGroup: groups[1] }) });
      expect(codes([await run()])).toEqual(["ok"]);
      await one.admin.data(CHANGE_KEY, { input: { id: team.keyId, modelGroups: [groups[0]] } });
      await answeredWithin(1_000, run, "MODEL_GROUP_NOT_ALLOWED");
      await one.admin.data(CHANGE_KEY, { input: { id: team.keyId, modelGroups: null } });
      await answeredWithin(1_000, run, "ok");
    });
  });
});
