import { describe, expect, it } from "vitest";
import { useGateway } from "../../kit/gateway/gateway.js";

const TOTALS = "{ ledgerTotals { issued available held earned lapsed unsoundAccounts isBalanced } }";
const GRANT_POOL =
  "mutation ($input: GrantOrganizationCreditsInput!) { grantOrganizationCredits(input: $input) { id } }";

describe("ledgerTotals", () => {
  const gateway = useGateway();
  const totals = async () => (await gateway.admin.data(TOTALS)).ledgerTotals;
  const setLeft = (accountId: string, remaining: number) =>
    gateway.database.db.creditGrant.updateMany({ where: { accountId }, data: { remaining } });

  it("counts the teams and pools whose grants do not fit their credits", async () => {
    const organization = await gateway.world.organization();
    const team = await organization.team({ credits: 10 });
    await gateway.admin.data(GRANT_POOL, { input: { organizationId: organization.id, credits: 5 } });
    const pool = `organization/${organization.id}`;
    const used = await team.job();
    await team.job();
    await used.complete();
    const figures = { issued: 15, available: 13, held: 1, earned: 1, lapsed: 0 };
    expect(await totals()).toEqual({ ...figures, unsoundAccounts: 0, isBalanced: true });
    await setLeft(team.id, 9);
    expect(await totals()).toEqual({ ...figures, unsoundAccounts: 1, isBalanced: false });
    await setLeft(team.id, 10);
    expect(await totals()).toMatchObject({ unsoundAccounts: 0, isBalanced: true });
    await setLeft(pool, 0);
    expect(await totals()).toEqual({ ...figures, unsoundAccounts: 1, isBalanced: false });
    await setLeft(pool, 5);
  });
});
