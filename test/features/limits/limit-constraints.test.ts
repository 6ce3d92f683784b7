import { describe, it } from "vitest";
import { NOW, refused, useConstrainedDatabase } from "../../kit/database/constraints.js";
import { name } from "../../kit/world.js";

const database = useConstrainedDatabase();
const team = (row: object) => ({
  id: name("team"),
  organization_id: "acme",
  alias: "Team",
  metadata: {},
  limits: {},
  default_key_limits: {},
  would_refuse: 0,
  status: "ACTIVE",
  created_at: NOW,
  updated_at: NOW,
  ...row,
});

describe("the database takes limits", () => {
  it("whose figures are whole numbers above 0, or absent", async () => {
    const override = { concurrentCalls: 1, until: NOW };
    await database.insert("teams", team({ limits: { requestsPerMinute: 1, isEnforced: false, override } }));
  });

  it.each([
    [{ requestsPerMinute: 0 }],
    [{ tokensPerMinute: 1.5 }],
    [{ concurrentCalls: "2" }],
    [{ requestsPerMinute: null }],
    [{ override: { tokensPerMinute: -1, until: NOW } }],
    [[]],
  ])("and no others: %j", async (limits) => {
    await refused("teams_limits_check", database.insert("teams", team({ limits })));
    await refused("teams_default_key_limits_check", database.insert("teams", team({ default_key_limits: limits })));
  });

  it("and counts that are not negative", () =>
    refused("teams_would_refuse_check", database.insert("teams", team({ would_refuse: -1 }))));
});
