import { describe, expect, it } from "vitest";
import { COUNT_MAX, JOBS, TEAMS, useGrownGateway } from "../kit/database/grown-gateway.js";

/** A page of 20 and one row more, of each of the four statuses. */
const PAGE_ROWS = 4 * 21;

/** So many calls of each of the four statuses are read in order, however many there are. */
const NEAR_ROWS = 4 * 2_000;

/** The calls that have failed: each twentieth of both teams. They are found in an index, and then read. */
const ERRORS = (JOBS + JOBS / 3) / 20;

/** The groups, the teams, and what belongs to the newest call of a group. */
const OF_GROUPS = 20;

describe("the lists of calls of a database that has grown", { timeout: 120_000 }, () => {
  const { gateway, grown, readsAtMost } = useGrownGateway();

  const TWO_DAYS_AGO = new Date(Date.now() - 2 * 86_400_000).toISOString();
  const filters: [string, object][] = [
    ["nothing", {}],
    ["the most common status", { status: ["SUCCEEDED"] }],
    ["a status that no call has", { status: ["RUNNING"] }],
    ["a time and a rare status", { createdAfter: TWO_DAYS_AGO, status: ["FAILED", "CANCELLED"] }],
    ["a common error", { errorCodes: ["UPSTREAM_FAILED"] }],
    ["an error that no call has", { errorCodes: ["CANCELLED", "UPSTREAM_TIMEOUT"] }],
  ];
  /** Nobody knows how many calls have these. So a bounded number is read in order before their index is asked. */
  const searched: [string, object][] = [
    ["words that no error has", { errorText: "absent" }],
    ["metadata that no call has", { metadataContains: { customer: "absent" } }],
  ];

  describe.each(["team", "organization", "admin"] as const)("a %s's list", (who) => {
    const client = () => ({ team: grown.team.client, organization: grown.owner.client, admin: gateway.admin })[who];
    // An organization's is read team by team.
    const teams = who === "organization" ? TEAMS : 1;
    const query = (part: string) =>
      `query ($filter: LlmCallFilter, $orderBy: LlmCallOrder, $after: String) { llmCalls(first: 20, filter: $filter, orderBy: $orderBy, after: $after) { ${part} } }`;

    it.each(filters)(
      "by %s reads about a page of each status, in both orders and from its middle",
      async (_what, filter) => {
        for (const orderBy of ["NEWEST_FIRST", "OLDEST_FIRST"]) {
          const ask = (after: string | null) =>
            client().data(query("nodes { id } pageInfo { endCursor } "), { filter, orderBy, after });
          const { llmCalls } = await ask(null);
          await readsAtMost(teams * (PAGE_ROWS + 1), () => ask(null));
          await readsAtMost(teams * (PAGE_ROWS + 1), () => ask(llmCalls.pageInfo.endCursor));
        }
      },
    );

    it.each(searched)("by %s reads a bounded number of calls, in both orders", async (_what, filter) => {
      for (const orderBy of ["NEWEST_FIRST", "OLDEST_FIRST"])
        await readsAtMost(NEAR_ROWS, () => client().data(query("nodes { id }"), { filter, orderBy }));
    });

    it("by words that each error has reads the errors once, and not again for each status and team", async () => {
      const filter = { errorText: "upstream failed" };
      for (const part of ["nodes { id }", "totalCount"])
        await readsAtMost(2 * (ERRORS + TEAMS), () => client().data(query(part), { filter }));
    });

    it.each([...filters, ...searched])("by %s is counted up to 10,000", async (_what, filter) => {
      await readsAtMost(COUNT_MAX + TEAMS * 4, () => client().data(query("totalCount"), { filter }));
    });
  });

  it.each<[string, object | null]>([
    ["nothing", null],
    ["names that no call has", { models: ["absent"], keyIds: [], jobTypes: ["absent"], modelGroups: ["absent"] }],
    ["an error code", { errorCodes: ["UPSTREAM_FAILED"] }],
    ["metadata", { metadataContains: { customer: "absent" } }],
  ])("grouped by their errors, by %s, read the calls with an error only", async (_what, filter) => {
    const query = `query ($input: LlmCallErrorsInput!) {
      llmCallErrors(input: $input) { countedCalls groups { errorCode lastCall { id attempts { model } } } } }`;
    const [from, to] = [10, -1].map((days) => new Date(Date.now() - days * 86_400_000).toISOString());
    for (const client of [grown.team.client, grown.owner.client, gateway.admin])
      await readsAtMost(ERRORS + OF_GROUPS, () => client.data(query, { input: { from, to, filter } }));
  });

  it("of several teams are read as well as that of one", async () => {
    const query =
      "query ($id: ID!) { teams(organizationId: $id) { nodes { llmCalls(first: 20) { nodes { id } } failed: llmCalls(first: 20, filter: { status: [FAILED] }) { nodes { id } } } } }";
    await readsAtMost(TEAMS * PAGE_ROWS, () => gateway.admin.data(query, { id: grown.team.organizationId }));
    const { teams } = await gateway.admin.data(query, { id: grown.team.organizationId });
    expect(teams.nodes.map((team: { failed: { nodes: object[] } }) => team.failed.nodes.length)).toContain(20);
  });
});
