import { describe, expect, it } from "vitest";
import { FakeClock } from "../../kit/gateway/clock.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import type { TestTeam } from "../../kit/world.js";

const GRANT = `mutation ($input: GrantOrganizationCreditsInput!) { grantOrganizationCredits(input: $input) {
  id credits { granted passedOn available } } }`;
const TRANSFER = `mutation ($input: TransferCreditsInput!) { transferCredits(input: $input) {
  fromTeam { id credits { available allocated } } toTeam { id credits { available allocated } }
  fromOrganization { credits { granted passedOn available } } toOrganization { credits { granted passedOn available } } } }`;
const POOL = "query ($id: ID!) { organization(id: $id) { credits { granted passedOn available } } }";
const TOTALS = "{ ledgerTotals { issued available held earned lapsed isBalanced } }";
const ENTRIES = `query ($id: ID!) { team(id: $id) { creditEntries { nodes { kind credits transferId reason actor } }
  creditGrants { nodes { credits remaining category expiresAt reference } } } }`;
const AUDIT = "query ($id: ID!) { ledgerAudit(teamId: $id) { isSound differences { figure recorded recomputed } } }";

describe("credits of an organization and its teams", () => {
  const clock = new FakeClock();
  const gateway = useGateway({ clock });

  const pool = async (id: string) => (await gateway.admin.data(POOL, { id })).organization.credits;
  const fill = (organizationId: string, credits: number, more: object = {}) =>
    gateway.admin.data(GRANT, { input: { organizationId, credits, ...more } });
  const transfer = async (input: object) =>
    (await gateway.admin.data(TRANSFER, { input: { reason: "Test", ...input } })).transferCredits;

  async function twoTeams(credits = 10): Promise<[TestTeam, TestTeam]> {
    const organization = await gateway.world.organization();
    return [await organization.team({ credits }), await organization.team({ credits })];
  }

  it("are granted to the organization's pool by the admin, once for each key", async () => {
    const { id } = await gateway.world.organization();
    expect(await pool(id)).toEqual({ granted: 0, passedOn: 0, available: 0 });
    await fill(id, 100, { reason: "Invoice 3", idempotencyKey: "a" });
    await fill(id, 100, { reason: "Invoice 3", idempotencyKey: "a" });
    expect(await pool(id)).toEqual({ granted: 100, passedOn: 0, available: 100 });
    await gateway.admin.refusal("IDEMPOTENCY_CONFLICT", GRANT, {
      input: { organizationId: id, credits: 101, idempotencyKey: "a" },
    });
    for (const unknown of ["nobody", "no id", ""])
      await gateway.admin.refusal("NOT_FOUND", GRANT, { input: { organizationId: unknown, credits: 1 } });
    await gateway.admin.refusal("INVALID_INPUT", GRANT, { input: { organizationId: id, credits: 0 } });
    expect(await pool(id)).toMatchObject({ granted: 100 });
  });

  it("go from the pool to a team, to another team and back to the pool: both sides each time", async () => {
    const [one, two] = await twoTeams();
    const organizationId = one.organizationId;
    await fill(organizationId, 50);
    expect(await transfer({ fromOrganizationId: organizationId, toTeamId: one.id, credits: 30 })).toEqual({
      fromTeam: null,
      fromOrganization: { credits: { granted: 50, passedOn: 30, available: 20 } },
      toTeam: { id: one.id, credits: { available: 40, allocated: 40 } },
      toOrganization: null,
    });
    expect(await transfer({ fromTeamId: one.id, toTeamId: two.id, credits: 25 })).toMatchObject({
      fromTeam: { credits: { available: 15, allocated: 15 } },
      toTeam: { credits: { available: 35, allocated: 35 } },
    });
    await transfer({ fromTeamId: two.id, toOrganizationId: organizationId, credits: 35 });
    expect(await pool(organizationId)).toEqual({ granted: 50, passedOn: -5, available: 55 });

    const { team } = await one.client.data(ENTRIES, { id: one.id });
    const [out, into] = team.creditEntries.nodes;
    expect(out).toMatchObject({ kind: "TRANSFER_OUT", credits: -25, reason: "Test", actor: "admin" });
    expect(into).toMatchObject({ kind: "TRANSFER_IN", credits: 30, transferId: expect.any(String) });
    const other = (await two.client.data(ENTRIES, { id: two.id })).team.creditEntries.nodes;
    expect(other[1]).toMatchObject({ kind: "TRANSFER_IN", credits: 25, transferId: out.transferId });
    for (const { id } of [one, two])
      expect((await gateway.admin.data(AUDIT, { id })).ledgerAudit).toEqual({ isSound: true, differences: [] });
    expect((await gateway.admin.data(TOTALS)).ledgerTotals).toMatchObject({ isBalanced: true });
  });

  it("keep their expiry, their category and their reference on the way", async () => {
    const [one, two] = await twoTeams(0);
    const expiresAt = new Date(clock.now().getTime() + 60_000).toISOString();
    const add = "mutation ($input: AddCreditsInput!) { addCredits(input: $input) { id } }";
    const input = { teamId: one.id, credits: 5, category: "PROMOTIONAL", expiresAt, reference: "Spring" };
    await gateway.admin.data(add, { input: { teamId: one.id, credits: 5, reference: "Paid" } });
    await gateway.admin.data(add, { input });
    await transfer({ fromTeamId: one.id, toTeamId: two.id, credits: 7 });
    const { nodes } = (await two.client.data(ENTRIES, { id: two.id })).team.creditGrants;
    expect(nodes).toHaveLength(2);
    expect(nodes).toEqual(
      expect.arrayContaining([
        { credits: 5, remaining: 5, category: "PROMOTIONAL", expiresAt, reference: "Spring" },
        { credits: 2, remaining: 2, category: "PAID", expiresAt: null, reference: "Paid" },
      ]),
    );
  });

  it("cannot be moved if they are not there, or are held", async () => {
    const [one, two] = await twoTeams(2);
    await one.job();
    const input = { fromTeamId: one.id, toTeamId: two.id, credits: 2, reason: "Test" };
    const refusal = await gateway.admin.refusal("INSUFFICIENT_CREDITS", TRANSFER, { input });
    expect(refusal).toMatchObject({
      message: "The team has 1 credits available; 2 cannot be taken.",
      extensions: { teamId: one.id, needed: 2, available: 1 },
    });
    const empty = { ...input, fromTeamId: null, fromOrganizationId: one.organizationId };
    const ofPool = await gateway.admin.refusal("INSUFFICIENT_CREDITS", TRANSFER, { input: empty });
    expect(ofPool.message).toBe("The pool of the organization has 0 credits available; 2 cannot be taken.");
    expect(await two.credits()).toMatchObject({ available: 2 });
    expect((await two.client.data(ENTRIES, { id: two.id })).team.creditEntries.nodes).toHaveLength(1);
  });

  it("do not leave their organization", async () => {
    const [one, other] = [await gateway.world.team(), await gateway.world.team()];
    for (const to of [{ toTeamId: other.id }, { toOrganizationId: other.organizationId }]) {
      const input = { fromTeamId: one.id, credits: 1, reason: "Test", ...to };
      const refusal = await gateway.admin.refusal("INVALID_INPUT", TRANSFER, { input });
      expect(refusal.extensions.field).toBe(`input.${Object.keys(to)[0]}`);
    }
  });

  it("go from exactly one giver to exactly one other", async () => {
    const [one, two] = await twoTeams();
    const organizationId = one.organizationId;
    const wrong: [string, object][] = [
      ["input.fromTeamId", { toTeamId: two.id }],
      ["input.fromTeamId", { fromTeamId: one.id, fromOrganizationId: organizationId, toTeamId: two.id }],
      ["input.toTeamId", { fromTeamId: one.id }],
      ["input.toTeamId", { fromTeamId: one.id, toTeamId: two.id, toOrganizationId: organizationId }],
      ["input.toTeamId", { fromTeamId: one.id, toTeamId: one.id }],
      ["input.toOrganizationId", { fromOrganizationId: organizationId, toOrganizationId: organizationId }],
    ];
    for (const [field, sides] of wrong) {
      const input = { credits: 1, reason: "Test", ...sides };
      const refusal = await gateway.admin.refusal("INVALID_INPUT", TRANSFER, { input });
      expect(refusal.extensions.field, JSON.stringify(sides)).toBe(field);
    }
    const unknown = [
      { fromTeamId: "nobody", toTeamId: one.id },
      { fromTeamId: one.id, toTeamId: "nobody" },
      { fromTeamId: one.id, toOrganizationId: "nobody" },
      // The account of the pool is not a team's.
      { fromTeamId: `organization/${organizationId}`, toTeamId: one.id },
    ];
    for (const sides of unknown)
      await gateway.admin.refusal("NOT_FOUND", TRANSFER, { input: { credits: 1, reason: "Test", ...sides } });
    expect(await one.credits()).toMatchObject({ available: 10 });
  });

  it("are moved once for each key", async () => {
    const [one, two] = await twoTeams();
    const input = { fromTeamId: one.id, toTeamId: two.id, credits: 3, idempotencyKey: "move" };
    const first = await transfer(input);
    expect(await transfer(input)).toEqual(first);
    expect(await two.credits()).toMatchObject({ available: 13 });
  });

  it("add up over the whole gateway, whatever was done, and only the admin may ask", async () => {
    const before = (await gateway.admin.data(TOTALS)).ledgerTotals;
    const [one] = await twoTeams();
    await (await one.job()).complete();
    await one.job();
    const { ledgerTotals } = await gateway.admin.data(TOTALS);
    expect(ledgerTotals).toMatchObject({
      issued: before.issued + 20,
      earned: before.earned + 1,
      held: before.held + 1,
      available: before.available + 18,
      isBalanced: true,
    });
    await one.client.refusal("FORBIDDEN", TOTALS);
    await one.client.refusal("FORBIDDEN", TRANSFER, { input: { credits: 1, reason: "x", fromTeamId: one.id } });
    await one.client.refusal("FORBIDDEN", GRANT, { input: { organizationId: one.organizationId, credits: 1 } });
    const { data, errors } = await one.client.send(POOL, { id: one.organizationId });
    expect(data?.organization).toEqual({ credits: null });
    expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  });
});
