import { beforeAll, describe, expect, it } from "vitest";
import { useGateway } from "../../../kit/gateway/gateway.js";
import { RUN_LLM_CALL, type TestTeam } from "../../../kit/world.js";

/** More than two pages of an export. */
const CALLS = 2_300;

describe("a list as CSV", () => {
  const gateway = useGateway();
  let team: TestTeam;
  let grown: TestTeam;
  const csv = (secret: string, path: string) =>
    gateway.rest(secret).send("GET", path, undefined, { accept: "text/csv" });
  const linesOf = (text: string) => text.split("\r\n").slice(0, -1);

  beforeAll(async () => {
    team = await gateway.world.team({ billing: { markupPercent: "50" } });
    const job = await team.job("import", {});
    await job.call({ purpose: '=HYPERLINK("x"), really', metadata: { note: "a, b" } });
    await job.complete();
    await team.client.data(RUN_LLM_CALL, { input: { ...job.callInput(), jobId: null } });
    grown = await gateway.world.team();
    const owner = await grown.job();
    await gateway.database.db
      .$executeRaw`INSERT INTO llm_calls (id, job_id, team_id, status, model_group, latency_ms, created_at, finished_at)
      SELECT gen_random_uuid(), ${owner.id}::uuid, ${grown.id}, 'SUCCEEDED', 'grown', number, now() - number * interval '1 ms', now()
      FROM generate_series(1, ${CALLS}) AS number`;
  });

  it("of calls has what JSON has, with exact amounts, and no formula", async () => {
    const { status, headers, body } = await csv(team.secret, "/api/llm-calls?job_types=import");
    expect([status, headers.get("content-type")]).toEqual([200, "text/csv; charset=utf-8; header=present"]);
    const [names, ...rows] = linesOf(body);
    const [call] = await gateway.rest(team.secret).ok("GET", "/api/llm-calls?job_types=import");
    expect(names?.split(",")).toEqual(Object.keys(call));
    expect(rows).toHaveLength(1);
    expect(rows[0]).toContain(`"'=HYPERLINK(""x""), really"`);
    expect(rows[0]).toContain(`"{""note"":""a, b""}"`);
    const { llmCall } = await team.client.data("query ($id: ID!) { llmCall(id: $id) { costUsd createdAt } }", {
      id: call.call_id,
    });
    expect(rows[0]).toContain(`,${llmCall.costUsd},`);
    expect(rows[0]).toContain(`,${llmCall.createdAt},`);
    expect(body).not.toContain("What is a tollgate?");
  });

  it("of jobs has what they used", async () => {
    const [names = "", ...rows] = linesOf((await csv(team.secret, "/api/jobs?job_type=import")).body);
    const values = Object.fromEntries(names.split(",").map((name, index) => [name, rows[0]?.split(",")[index]]));
    expect(rows).toHaveLength(1);
    expect(values).toMatchObject({ status: "completed", total_calls: "1", successful_calls: "1", credits_posted: "1" });
    const { jobs } = await team.client.data(
      '{ jobs(filter: { jobType: "import" }) { nodes { costs { totalCostUsd } } } }',
    );
    expect(values.cost_usd).toBe(jobs.nodes[0].costs.totalCostUsd);
  });

  it.each(["", "?model_groups=grown", "?order_by=oldest_first"])(
    "has all pages, each row once and in order%s",
    async (query) => {
      const [names = "", ...rows] = linesOf((await csv(grown.secret, `/api/llm-calls${query}`)).body);
      const latency = names.split(",").indexOf("latency_ms");
      const numbers = rows.map((row) => Number(row.split(",")[latency]));
      const expected = Array.from({ length: CALLS }, (_, index) => index + 1);
      expect(numbers).toEqual(query.includes("oldest") ? expected.reverse() : expected);
    },
  );

  it("is refused like JSON, as JSON", async () => {
    expect((await csv("sk-unknown", "/api/llm-calls")).status).toBe(401);
    const { status, body } = await csv(team.secret, "/api/jobs?created_after=yesterday");
    expect([status, body.detail[0].loc]).toEqual([422, ["query", "created_after"]]);
    expect(linesOf((await csv(team.secret, `/api/llm-calls?team_ids=${grown.id}`)).body)).toHaveLength(1);
  });
});
