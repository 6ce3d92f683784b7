import { describe, expect, it } from "vitest";
import { FakeClock } from "../../kit/gateway/clock.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { runTasks } from "../../kit/gateway/tasks.js";
import type { TestTeam } from "../../kit/world.js";

const DAY_MS = 86_400_000;
const ADD = "mutation ($input: AddCreditsInput!) { addCredits(input: $input) { id } }";
const ADJUST = "mutation ($input: AdjustCreditsInput!) { adjustCredits(input: $input) { id } }";
const GRANTS = `query ($id: ID!) { team(id: $id) { creditGrants(first: 100) { totalCount
  nodes { entryId credits remaining category expiresAt reference createdAt } } } }`;
const ENTRIES = `query ($id: ID!, $filter: CreditEntryFilter) { team(id: $id) { creditEntries(filter: $filter, first: 100) {
  totalCount nodes { id kind credits heldCredits availableAfter heldAfter aboutEntryId transferId actor reason } } } }`;
const AT = `query ($id: ID!, $at: DateTime!) { team(id: $id) { creditsAt(at: $at) { allocated used held remaining available } } }`;

describe("grants of credits", () => {
  const clock = new FakeClock();
  const gateway = useGateway({ clock });

  const inDays = (days: number) => new Date(clock.now().getTime() + days * DAY_MS).toISOString();
  const add = (team: TestTeam, input: object) => gateway.admin.data(ADD, { input: { teamId: team.id, ...input } });

  async function use(team: TestTeam, credits: number): Promise<void> {
    for (let count = 0; count < credits; count++) await (await team.job()).complete();
  }

  /** What is left of each grant, by its reference. */
  async function leftOf(team: TestTeam): Promise<Record<string, number>> {
    const { nodes } = (await team.client.data(GRANTS, { id: team.id })).team.creditGrants;
    return Object.fromEntries(nodes.map((grant: Grant) => [grant.reference ?? "", grant.remaining]));
  }

  async function entriesOf(team: TestTeam, filter: object | null = null) {
    return (await team.client.data(ENTRIES, { id: team.id, filter })).team.creditEntries;
  }

  it("are used by expiry, then promotional ones first, then the oldest first", async () => {
    const team = await gateway.world.team({ credits: 0 });
    await add(team, { credits: 2, reference: "paid" });
    await add(team, { credits: 2, reference: "late", expiresAt: inDays(20) });
    await add(team, { credits: 2, reference: "present", category: "PROMOTIONAL" });
    await add(team, { credits: 2, reference: "soon", expiresAt: inDays(10) });
    await add(team, { credits: 2, reference: "soon, present", expiresAt: inDays(10), category: "PROMOTIONAL" });
    await clock.advance(1);
    await add(team, { credits: 2, reference: "paid later" });
    const order = ["soon, present", "soon", "late", "present", "paid", "paid later"];
    const left = Object.fromEntries(order.map((reference) => [reference, 2]));
    for (const reference of order) {
      await use(team, 1);
      expect(await leftOf(team), `one of ${reference}`).toEqual({ ...left, [reference]: 1 });
      await use(team, 1);
      left[reference] = 0;
      expect(await leftOf(team), `all of ${reference}`).toEqual(left);
    }
  });

  it("say what they are: their entry, category, expiry and reference", async () => {
    const team = await gateway.world.team({ credits: 3 });
    const expiresAt = inDays(30);
    await clock.advance(1);
    await add(team, { credits: 5, category: "PROMOTIONAL", expiresAt, reference: "Campaign 7" });
    const { creditGrants } = (await team.client.data(GRANTS, { id: team.id })).team;
    const [last, first] = (await entriesOf(team)).nodes;
    expect(creditGrants).toEqual({
      totalCount: 2,
      nodes: [
        {
          entryId: last.id,
          credits: 5,
          remaining: 5,
          category: "PROMOTIONAL",
          expiresAt,
          reference: "Campaign 7",
          createdAt: clock.now().toISOString(),
        },
        expect.objectContaining({ entryId: first.id, credits: 3, category: "PAID", expiresAt: null, reference: null }),
      ],
    });
  });

  it("are not touched by what was used before they came", async () => {
    const team = await gateway.world.team({ credits: 0 });
    await add(team, { credits: 5, reference: "old" });
    await use(team, 3);
    await add(team, { credits: 5, reference: "new", expiresAt: inDays(1) });
    expect(await leftOf(team)).toEqual({ old: 2, new: 5 });
    await use(team, 1);
    expect(await leftOf(team)).toEqual({ old: 2, new: 4 });
  });

  it("end when they expire, by an entry of their own, and only what is neither used nor held", async () => {
    const team = await gateway.world.team({ credits: 0 });
    await add(team, { credits: 10, reference: "for ever" });
    await add(team, { credits: 5, reference: "an hour", expiresAt: inDays(1 / 24) });
    const grant = (await entriesOf(team)).nodes[0];
    await use(team, 1);
    const held = [await team.job(), await team.job()];
    await clock.advance(DAY_MS / 24 - 1);
    await runTasks(gateway.app);
    expect(await team.credits()).toMatchObject({ allocated: 15, available: 12, held: 2 });
    await clock.advance(1);
    await runTasks(gateway.app);
    expect(await team.credits()).toEqual({ allocated: 13, used: 1, held: 2, remaining: 12, available: 10 });
    expect((await entriesOf(team, { kind: ["LAPSE"] })).nodes).toEqual([
      expect.objectContaining({ kind: "LAPSE", credits: -2, heldCredits: 0, aboutEntryId: grant.id, actor: "gateway" }),
    ]);
    expect(await leftOf(team)).toEqual({ "for ever": 10, "an hour": 2 });

    // One of the held ones is used, as if the grant had not expired. The other is given back, and then it lapses.
    await held[0]?.complete();
    await held[1]?.complete({ status: "FAILED" });
    await runTasks(gateway.app);
    expect(await team.credits()).toEqual({ allocated: 12, used: 2, held: 0, remaining: 10, available: 10 });
    expect(await leftOf(team)).toEqual({ "for ever": 10, "an hour": 0 });
    await runTasks(gateway.app);
    expect((await entriesOf(team, { kind: ["LAPSE"] })).totalCount).toBe(2);
  });

  it("that were corrected lose what is taken of themselves first, and the entry says which it corrects", async () => {
    const team = await gateway.world.team({ credits: 0 });
    await add(team, { credits: 5, reference: "first" });
    await add(team, { credits: 5, reference: "wrong" });
    const wrong = (await entriesOf(team)).nodes[0].id;
    const input = { teamId: team.id, credits: -7, reason: "Sold twice", correctsEntryId: wrong };
    await gateway.admin.data(ADJUST, { input });
    expect(await leftOf(team)).toEqual({ first: 3, wrong: 0 });
    expect((await entriesOf(team)).nodes[0]).toMatchObject({ kind: "ADJUST", credits: -7, aboutEntryId: wrong });

    const other = await gateway.world.team({ credits: 5 });
    for (const correctsEntryId of [(await entriesOf(other)).nodes[0].id, "x", "00000000-0000-4000-8000-000000000000"])
      await gateway.admin.refusal("NOT_FOUND", ADJUST, { input: { ...input, credits: -1, correctsEntryId } });
    expect(await team.credits()).toMatchObject({ available: 3 });
  });

  it("that expire in the past, or have no reference but blanks, are refused before anything is written", async () => {
    const team = await gateway.world.team({ credits: 1 });
    const wrong: [string, object][] = [
      ["input.expiresAt", { expiresAt: clock.now().toISOString() }],
      ["input.expiresAt", { expiresAt: inDays(-1) }],
      ["input.reference", { reference: " " }],
      ["input.reference", { reference: "x".repeat(201) }],
    ];
    for (const [field, input] of wrong) {
      const refusal = await gateway.admin.refusal("INVALID_INPUT", ADD, {
        input: { teamId: team.id, credits: 1, ...input },
      });
      expect(refusal.extensions.field).toBe(field);
    }
    expect((await entriesOf(team)).totalCount).toBe(1);
  });

  it("without a category are PAID: the same request with PAID is the same", async () => {
    const team = await gateway.world.team({ credits: 0 });
    const input = { credits: 4, idempotencyKey: "once" };
    await add(team, input);
    await add(team, { ...input, category: "PAID" });
    expect(await team.credits()).toMatchObject({ available: 4 });
    const different = { input: { teamId: team.id, ...input, category: "PROMOTIONAL" } };
    await gateway.admin.refusal("IDEMPOTENCY_CONFLICT", ADD, different);
  });

  it("leave a trail that says where the credits stood at any time, and can be read by time and kind", async () => {
    const team = await gateway.world.team({ credits: 5 });
    const start = clock.now();
    await clock.advance(1_000);
    const job = await team.job();
    const opened = clock.now();
    await clock.advance(1_000);
    await job.complete();
    const completed = clock.now();
    const at = async (time: Date) =>
      (await team.client.data(AT, { id: team.id, at: time.toISOString() })).team.creditsAt;
    expect(await at(new Date(start.getTime() - 1))).toEqual({
      allocated: 0,
      used: 0,
      held: 0,
      remaining: 0,
      available: 0,
    });
    expect(await at(start)).toEqual({ allocated: 5, used: 0, held: 0, remaining: 5, available: 5 });
    expect(await at(new Date(opened.getTime() - 1))).toMatchObject({ available: 5 });
    expect(await at(opened)).toEqual({ allocated: 5, used: 0, held: 1, remaining: 5, available: 4 });
    expect(await at(completed)).toEqual({ allocated: 5, used: 1, held: 0, remaining: 4, available: 4 });
    expect(await at(new Date(completed.getTime() + DAY_MS))).toMatchObject({ used: 1 });
    await team.client.refusal("INVALID_INPUT", AT, { id: team.id, at: "0000-01-01T00:00:00.000Z" });

    const kinds = async (filter: object) => {
      const { totalCount, nodes } = await entriesOf(team, filter);
      expect(totalCount).toBe(nodes.length);
      return nodes.map(({ kind }: { kind: string }) => kind);
    };
    expect(await kinds({})).toEqual(["POST", "HOLD", "GRANT"]);
    expect(await kinds({ kind: ["GRANT", "POST"] })).toEqual(["POST", "GRANT"]);
    expect(await kinds({ kind: [] })).toEqual([]);
    expect(await kinds({ createdAfter: opened.toISOString() })).toEqual(["POST", "HOLD"]);
    expect(await kinds({ createdBefore: opened.toISOString() })).toEqual(["GRANT"]);
    expect(await kinds({ createdAfter: opened.toISOString(), createdBefore: completed.toISOString() })).toEqual([
      "HOLD",
    ]);
  });
});

interface Grant {
  readonly reference: string | null;
  readonly remaining: number;
}
