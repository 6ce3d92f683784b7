import { describe, expect, it } from "vitest";
import { useGateway } from "../../kit/gateway/gateway.js";
import { name } from "../../kit/world.js";

const ADD = "mutation ($input: AddCreditsInput!) { addCredits(input: $input) { credits { allocated available } } }";
const ADJUST =
  "mutation ($input: AdjustCreditsInput!) { adjustCredits(input: $input) { credits { allocated available } } }";

describe("the same idempotency key", () => {
  const gateway = useGateway();

  describe("of credits", () => {
    it("grants once and adjusts once, because each mutation has its own keys", async () => {
      const team = await gateway.world.team({ credits: 10 });
      const input = { teamId: team.id, credits: 5, reason: "paid", idempotencyKey: name("key") };
      const results = await Promise.all(Array.from({ length: 10 }, () => gateway.admin.data(ADD, { input })));
      for (const { addCredits } of results) expect(addCredits.credits).toEqual({ allocated: 15, available: 15 });
      await Promise.all(Array.from({ length: 10 }, () => gateway.admin.data(ADJUST, { input })));
      expect(await team.credits()).toMatchObject({ allocated: 20, available: 20 });
      await gateway.admin.data(ADD, { input: { ...input, idempotencyKey: null } });
      expect(await team.credits()).toMatchObject({ allocated: 25 });
    });

    it.each([
      ["addCredits", ADD],
      ["adjustCredits", ADJUST],
    ])("is refused by %s with another input, whichever field differs", async (_, mutation) => {
      const team = await gateway.world.team({ credits: 10 });
      const other = await gateway.world.team({ credits: 10 });
      const input = { teamId: team.id, credits: 5, reason: "paid", idempotencyKey: name("key") };
      await gateway.admin.data(mutation, { input });
      for (const change of [{ credits: 6 }, { reason: "gift" }, { teamId: other.id }])
        await gateway.admin.refusal("IDEMPOTENCY_CONFLICT", mutation, { input: { ...input, ...change } });
      expect(await team.credits()).toMatchObject({ allocated: 15 });
      expect(await other.credits()).toMatchObject({ allocated: 10 });
    });

    it("may be tried again after an adjustment that was refused", async () => {
      const team = await gateway.world.team({ credits: 1 });
      const input = { teamId: team.id, credits: -2, reason: "wrong", idempotencyKey: name("key") };
      await gateway.admin.refusal("INSUFFICIENT_CREDITS", ADJUST, { input });
      await gateway.admin.data(ADD, { input: { teamId: team.id, credits: 5 } });
      await gateway.admin.data(ADJUST, { input });
      await gateway.admin.data(ADJUST, { input });
      expect(await team.credits()).toMatchObject({ allocated: 4 });
    });
  });
});
