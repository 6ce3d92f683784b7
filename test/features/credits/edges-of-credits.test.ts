import { describe, expect, it } from "vitest";
import { FakeClock } from "../../kit/gateway/clock.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { runTasks } from "../../kit/gateway/tasks.js";

const CREDITS_MAX = 2_147_483_647;
const ADD = "mutation ($input: AddCreditsInput!) { addCredits(input: $input) { credits { allocated } } }";
const TRANSFER =
  "mutation ($input: TransferCreditsInput!) { transferCredits(input: $input) { toTeam { credits { available } } toOrganization { credits { available } } } }";
const GRANT_POOL =
  "mutation ($input: GrantOrganizationCreditsInput!) { grantOrganizationCredits(input: $input) { credits { granted passedOn available } } }";
const POOL = "query ($id: ID!) { organization(id: $id) { credits { granted passedOn available } } }";

describe("credits at their edges", () => {
  const clock = new FakeClock();
  const gateway = useGateway({ clock });

  it("that were added answer a repeated request as the first one, also after they have expired", async () => {
    const team = await gateway.world.team({ credits: 0 });
    const expiresAt = new Date(clock.now().getTime() + 60_000).toISOString();
    const input = { teamId: team.id, credits: 3, expiresAt, idempotencyKey: "once" };
    await gateway.admin.data(ADD, { input });
    await clock.advance(60_000);
    await gateway.admin.data(ADD, { input });
    await runTasks(gateway.app);
    expect(await team.credits()).toMatchObject({ allocated: 0, available: 0 });
  });

  it("are not listed by a time that no entry can have", async () => {
    const team = await gateway.world.team();
    const entries =
      "query ($id: ID!, $filter: CreditEntryFilter) { team(id: $id) { creditEntries(filter: $filter) { totalCount } } }";
    for (const [field, time, shown] of [
      ["createdAfter", "0001-01-01T00:00:00+01:00", "0000-12-31T23:00:00.000Z"],
      ["createdBefore", "9999-12-31T23:59:59-10:00", "+010000-01-01T09:59:59.000Z"],
    ] as const) {
      const variables = { id: team.id, filter: { [field]: time } };
      const { message } = await gateway.admin.refusal("INVALID_INPUT", entries, variables);
      expect(message).toBe(`filter.${field} must be within the years 1 to 9999 of UTC, got "${shown}".`);
    }
  });

  it("stay within their organization, and the error says which side is of another one", async () => {
    const [team, foreign] = [await gateway.world.team(), await gateway.world.team()];
    const input = { fromTeamId: team.id, toTeamId: foreign.id, credits: 1, reason: "Wrong" };
    expect((await gateway.admin.refusal("INVALID_INPUT", TRANSFER, { input })).message).toBe(
      `input.toTeamId must be of the same organization as the giver, got "${foreign.id}".`,
    );
  });

  it("of a pool can be read when more than 2^31 have been granted in all", async () => {
    const organization = await gateway.world.organization();
    const team = await organization.team({ credits: 0 });
    const grant = { organizationId: organization.id, credits: CREDITS_MAX };
    await gateway.admin.data(GRANT_POOL, { input: grant });
    const transfer = { fromOrganizationId: organization.id, toTeamId: team.id, credits: CREDITS_MAX, reason: "All" };
    await gateway.admin.data(TRANSFER, { input: transfer });
    const granted = await gateway.admin.send(GRANT_POOL, { input: { ...grant, credits: 1 } });
    expect(granted.errors).toBeUndefined();
    expect((await gateway.admin.data(POOL, { id: organization.id })).organization.credits).toMatchObject({
      available: 1,
    });
  });

  it("of a pool that teams gave more than they got have been passed on less than not at all", async () => {
    const organization = await gateway.world.organization();
    const team = await organization.team({ credits: 5 });
    const transfer = { fromTeamId: team.id, toOrganizationId: organization.id, credits: 5, reason: "Back" };
    await gateway.admin.data(TRANSFER, { input: transfer });
    const { credits } = (await gateway.admin.data(POOL, { id: organization.id })).organization;
    expect(credits).toMatchObject({ granted: 0, passedOn: -5, available: 5 });
  });

  it("of a pool that lapse there were granted less than not at all if a team gave them", async () => {
    const organization = await gateway.world.organization();
    const team = await organization.team({ credits: 0 });
    const expiresAt = new Date(clock.now().getTime() + 60_000).toISOString();
    await gateway.admin.data(ADD, { input: { teamId: team.id, credits: 5, expiresAt } });
    const transfer = { fromTeamId: team.id, toOrganizationId: organization.id, credits: 4, reason: "Back" };
    await gateway.admin.data(TRANSFER, { input: transfer });
    await clock.advance(60_000);
    await runTasks(gateway.app);
    const { credits } = (await gateway.admin.data(POOL, { id: organization.id })).organization;
    expect(credits).toMatchObject({ granted: -4, passedOn: -4, available: 0 });
  });
});
