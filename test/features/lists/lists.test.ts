import { describe, expect, it } from "vitest";
import { createApp } from "../../../src/app.js";
import { readConfig } from "../../../src/config/config.js";
import { createLog } from "../../../src/lib/log.js";
import { stop } from "../../../src/stop.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { RUN_LLM_CALL, type TestTeam } from "../../kit/world.js";

describe("a list", () => {
  const gateway = useGateway();

  it("is walked page by page, forward, without a gap or a repeat, newest first", async () => {
    const team = await gateway.world.team({ credits: 10 });
    const created: string[] = [];
    for (let count = 0; count < 7; count++) created.push((await team.job(`type-${count}`)).id);
    const walked: string[] = [];
    let after: string | null = null;
    for (;;) {
      const { jobs }: { jobs: JobPage } = await team.client.data(
        `query ($after: String) { jobs(first: 3, after: $after) { totalCount nodes { id } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
        { after },
      );
      expect(jobs.totalCount).toBe(7);
      expect(jobs.edges.map((edge) => edge.node)).toEqual(jobs.nodes);
      expect(jobs.pageInfo).toMatchObject({
        hasPreviousPage: after !== null,
        startCursor: jobs.edges[0]?.cursor,
        endCursor: jobs.edges.at(-1)?.cursor,
      });
      walked.push(...jobs.nodes.map((job) => job.id));
      if (!jobs.pageInfo.hasNextPage) break;
      after = jobs.pageInfo.endCursor;
    }
    expect(walked).toEqual(created.toReversed());
  });

  it("has no next page if a page ends exactly at the last node", async () => {
    const team = await gateway.world.team({ credits: 2 });
    await team.job();
    await team.job();
    const { jobs } = await team.client.data("{ jobs(first: 2) { pageInfo { hasNextPage } } }");
    expect(jobs.pageInfo.hasNextPage).toBe(false);
  });

  it("is empty with null cursors", async () => {
    const team = await gateway.world.team();
    const { jobs } = await team.client.data(
      "{ jobs { totalCount nodes { id } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }",
    );
    expect(jobs).toEqual({
      totalCount: 0,
      nodes: [],
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
  });

  it("of jobs is filtered by status, type and time, all at once, and counts what is left", async () => {
    const team = await gateway.world.team({ credits: 10 });
    const done = await team.job("import");
    await done.complete();
    await team.job("import");
    await team.job("export");
    const ask = async (filter: Record<string, unknown>) => {
      const { jobs } = await team.client.data(
        "query ($filter: JobFilter) { jobs(filter: $filter) { totalCount nodes { jobType status } } }",
        { filter },
      );
      expect(jobs.totalCount).toBe(jobs.nodes.length);
      return jobs.nodes.map((job: { jobType: string; status: string }) => `${job.jobType} ${job.status}`);
    };
    expect(await ask({ jobType: "import" })).toEqual(["import PENDING", "import COMPLETED"]);
    expect(await ask({ jobType: "import", status: ["COMPLETED", "FAILED"] })).toEqual(["import COMPLETED"]);
    expect(await ask({ status: ["CANCELLED"] })).toEqual([]);
    const { createdAt } = await done.read();
    expect(await ask({ createdBefore: createdAt })).toEqual([]);
    expect(await ask({ createdAfter: createdAt })).toHaveLength(3);
  });

  it("of calls is oldest first, of ledger entries newest first", async () => {
    const team = await gateway.world.team();
    const job = await team.job();
    for (const purpose of ["one", "two"]) await job.call({ purpose });
    await job.complete();
    const { team: read } = await team.client.data(
      `query ($id: ID!) { team(id: $id) { creditEntries { nodes { kind credits heldCredits availableAfter heldAfter } } jobs { nodes { llmCalls { nodes { purpose } } } } } }`,
      { id: team.id },
    );
    expect(read.jobs.nodes[0].llmCalls.nodes).toEqual([{ purpose: "one" }, { purpose: "two" }]);
    expect(read.creditEntries.nodes).toEqual([
      { kind: "POST", credits: 0, heldCredits: -1, availableAfter: 9, heldAfter: 0 },
      { kind: "HOLD", credits: -1, heldCredits: 1, availableAfter: 9, heldAfter: 1 },
      { kind: "GRANT", credits: 10, heldCredits: 0, availableAfter: 10, heldAfter: 0 },
    ]);
  });

  it("costs as many statements for a hundred rows as for one, however deep", { timeout: 120_000 }, async () => {
    const group = await gateway.world.modelGroup();
    for (let organizations = 0; organizations < 5; organizations++) {
      const organization = await gateway.world.organization(`aaa-${organizations}`);
      for (let teams = 0; teams < 3; teams++) {
        const team = await organization.team({ groups: [group] });
        for (let jobs = 0; jobs < 4; jobs++) await callTwice(team);
      }
    }
    // Its tasks ask the database too.
    await gateway.server.background.stop();
    const one = await measure(1);
    const many = await measure(5);
    expect(one.calls).toBe(1);
    expect(many.calls).toBe(120);
    // At most one for each of the 14 edges, and one for each of the 5 counts. Edges to the same table may share one.
    expect(one.statements).toBeLessThanOrEqual(19);
    expect(many.statements).toBeLessThanOrEqual(19);
  });

  async function measure(first: number): Promise<{ statements: number; calls: number }> {
    const query = `query ($first: Int) { organizations(first: $first) { totalCount nodes { id name metadata teams(first: $first) { totalCount nodes {
      id alias organization { name } modelGroups { name models { name } } virtualKeys { prefix status } credits { available }
      creditEntries(first: $first) { totalCount nodes { kind job { id } } }
      jobs(first: $first) { totalCount nodes { id status team { alias } costs { totalCostUsd creditsRemaining }
        llmCalls(first: $first) { totalCount nodes { id content usage { totalTokens } job { jobType } } } } } } } } } }`;
    const before = gateway.database.statements();
    const { organizations } = await gateway.admin.data(query, { first });
    const calls = organizations.nodes.flatMap((organization: Nested) =>
      organization.teams.nodes.flatMap((team) => team.jobs.nodes.flatMap((job) => job.llmCalls.nodes)),
    );
    return { statements: gateway.database.statements() - before, calls: calls.length };
  }

  async function callTwice(team: TestTeam): Promise<void> {
    const job = await team.job();
    for (let calls = 0; calls < 2; calls++) await team.client.data(RUN_LLM_CALL, { input: job.callInput() });
  }
});

interface JobPage {
  totalCount: number;
  nodes: { id: string }[];
  edges: { cursor: string; node: { id: string } }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

interface Nested {
  teams: { nodes: { jobs: { nodes: { llmCalls: { nodes: unknown[] } }[] } }[] };
}

describe("a database that this process made itself", () => {
  it("is filtered by status like any other", { timeout: 60_000 }, async () => {
    const app = await createApp(readConfig({ DATA_DIR: "memory" }), { log: createLog("silent") });
    const page = await app.services.jobs.list(
      { kind: "admin", requestId: "test" },
      { filter: { status: ["PENDING", "FAILED"] } },
    );
    expect(page.rows).toEqual([]);
    await stop({ app });
  });
});
