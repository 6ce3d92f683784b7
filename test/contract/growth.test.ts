import { describe, expect, it } from "vitest";
import { COUNT_MAX, JOBS, RARE_JOBS, TEAMS, useGrownGateway } from "../kit/database/grown-gateway.js";

/** A page of 20 and one row more, of each of the six statuses. */
const PAGE_ROWS = 6 * 21;

describe("on a database that has grown", { timeout: 120_000 }, () => {
  const { gateway, grown, readsAtMost } = useGrownGateway();

  const PAGE = "nodes { id } edges { cursor }";
  const TWO_DAYS_AGO = new Date(Date.now() - 2 * 86_400_000).toISOString();
  const filters: [string, object][] = [
    ["nothing", {}],
    ["the most common status", { status: ["COMPLETED"] }],
    ["a status that only the other team has", { status: ["CANCELLED"] }],
    ["a status that no job has", { status: ["EXPIRED"] }],
    ["several statuses, common and rare", { status: ["EXPIRED", "COMPLETED", "PENDING", "PENDING"] }],
    ["no status at all", { status: [] }],
    ["a rare type", { jobType: "rare" }],
    ["a type that no job has", { jobType: "absent" }],
    ["a common type and a common status, which no job has both", { jobType: "rare", status: ["FAILED"] }],
    ["a time, type and status", { createdAfter: TWO_DAYS_AGO, jobType: "common", status: ["FAILED", "CANCELLED"] }],
  ];

  describe.each(["team", "organization", "admin"] as const)("a %s's list of jobs", (who) => {
    const client = () => ({ team: grown.team.client, organization: grown.owner.client, admin: gateway.admin })[who];
    // An organization's is read team by team.
    const pageRows = who === "organization" ? TEAMS * (PAGE_ROWS + 1) : PAGE_ROWS;
    const countMax = who === "organization" ? COUNT_MAX + TEAMS * 6 : COUNT_MAX;

    it.each(filters)("by %s reads about a page of each status", async (_what, filter) => {
      const query = `query ($filter: JobFilter) { jobs(first: 20, filter: $filter) { ${PAGE} } }`;
      await readsAtMost(pageRows, () => client().data(query, { filter }));
    });

    it.each(filters)("by %s, from its middle, reads about a page", async (_what, filter) => {
      const { jobs } = await client().data(
        "query ($filter: JobFilter) { jobs(first: 100, filter: $filter) { pageInfo { endCursor } } }",
        { filter },
      );
      const query = `query ($filter: JobFilter, $after: String) { jobs(first: 20, filter: $filter, after: $after) { ${PAGE} } }`;
      await readsAtMost(pageRows, () => client().data(query, { filter, after: jobs.pageInfo.endCursor }));
    });

    it.each(filters)("by %s is counted up to 10,000", async (_what, filter) => {
      const query = "query ($filter: JobFilter) { jobs(filter: $filter) { totalCount } }";
      await readsAtMost(countMax, () => client().data(query, { filter }));
    });
  });

  it("a list that is counted up to 10,000 says so to REST too, and a shorter one has its exact number", async () => {
    const rest = gateway.rest(grown.team.secret);
    const total = async (query: string) => (await rest.ok("GET", `/api/teams/${grown.team.id}/jobs${query}`)).total;
    expect(await total("")).toBe(COUNT_MAX);
    expect(await total("?status=failed")).toBe(JOBS / 20);
    const { jobs } = await grown.team.client.data("{ jobs(filter: { status: [FAILED, PENDING] }) { totalCount } }");
    expect(jobs.totalCount).toBe(JOBS / 20 + RARE_JOBS);
  });

  it("a list of several statuses has the order and the pages of one list", async () => {
    const walk = async (client: typeof grown.team.client, arguments_: string) => {
      const ids: string[] = [];
      let after: string | null = null;
      for (let page = 0; page < 4; page++) {
        const query = `query ($after: String) { jobs(first: 7, after: $after, ${arguments_}) { nodes { id } pageInfo { endCursor } } }`;
        const { jobs }: { jobs: { nodes: { id: string }[]; pageInfo: { endCursor: string } } } = await client.data(
          query,
          { after },
        );
        ids.push(...jobs.nodes.map(({ id }) => id));
        after = jobs.pageInfo.endCursor;
      }
      return ids;
    };
    const expected = async (where: object) =>
      (
        await gateway.database.db.job.findMany({ where, orderBy: [{ createdAt: "desc" }, { id: "desc" }], take: 28 })
      ).map(({ id }) => id);
    const status = { in: ["PENDING", "FAILED"] as const };
    expect(await walk(grown.team.client, "filter: { status: [FAILED, PENDING] }")).toEqual(
      await expected({ teamId: grown.team.id, status }),
    );
    for (const client of [gateway.admin, grown.owner.client])
      expect(await walk(client, "filter: {}")).toEqual(await expected({}));
    const types = { filter: '{ jobType: "common" }', where: { jobType: "common" } };
    expect(await walk(gateway.admin, `filter: ${types.filter}`)).toEqual(await expected(types.where));
    const { jobs } = await rest("?limit=10&offset=5&status=failed");
    expect(jobs).toEqual((await expected({ teamId: grown.team.id, status: "FAILED" })).slice(5, 15));
    async function rest(query: string) {
      const { jobs: found } = await gateway
        .rest(grown.team.secret)
        .ok("GET", `/api/teams/${grown.team.id}/jobs${query}`);
      return { jobs: found.map((job: { job_id: string }) => job.job_id) };
    }
  });

  it("the lists of several teams are read and counted as well as those of one", async () => {
    const jobs = (part: string) => `jobs(first: 20) { ${part} } failed: jobs(filter: { status: [FAILED] }) { ${part} }`;
    const listsOf = (part: string) => () => gateway.admin.data(`{ teams { nodes { ${jobs(part)} } } }`);
    await readsAtMost(TEAMS * PAGE_ROWS, listsOf(PAGE));
    await readsAtMost(TEAMS * COUNT_MAX, listsOf("totalCount"));
  });
});
