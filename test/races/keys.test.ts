import { describe, expect, it } from "vitest";
import { hasPostgres } from "../kit/database/database.js";
import { useTwoGateways } from "../kit/gateway/gateway.js";

const KEYS_MAX = 100;
const CREATE_KEY = "mutation ($id: ID!) { createVirtualKey(input: { teamId: $id }) { key { id } } }";
const CREATE_ORGANIZATION_KEY =
  "mutation ($id: ID!) { createOrganizationKey(input: { organizationId: $id }) { key { id } } }";

describe.runIf(hasPostgres())("keys that are created at once by two processes", { timeout: 120_000 }, () => {
  const gateways = useTwoGateways();

  /** How many of 20 more are created for a holder that may have two more. */
  async function createdOf(mutation: string, id: string, present: number): Promise<number> {
    const { one, other } = gateways;
    for (let count = present; count < KEYS_MAX - 2; count++) await one.admin.data(mutation, { id });
    const sent = Array.from({ length: 20 }, (_, index) => (index % 2 ? one : other).admin.send(mutation, { id }));
    const answers = await Promise.all(sent);
    const codes = answers.map(({ errors }) => errors?.[0]?.extensions.code ?? "ok");
    expect(new Set(codes)).toEqual(new Set(["ok", "INVALID_STATE"]));
    return codes.filter((code) => code === "ok").length;
  }

  it("are no more than a team may have", async () => {
    const team = await gateways.one.world.team();
    expect(await createdOf(CREATE_KEY, team.id, 1)).toBe(2);
  });

  it("are no more than an organization may have", async () => {
    const organization = await gateways.one.world.organization();
    expect(await createdOf(CREATE_ORGANIZATION_KEY, organization.id, 0)).toBe(2);
  });
});
