import { describe, expect, it } from "vitest";
import { useGateway } from "../../kit/gateway/gateway.js";

const DAY_MS = 86_400_000;

describe("usage as CSV", () => {
  const gateway = useGateway();
  const today = () =>
    new URLSearchParams([
      ["from", new Date(Date.now() - DAY_MS).toISOString()],
      ["to", new Date(Date.now() + DAY_MS).toISOString()],
      ["granularity", "all"],
      ["group_by", "team"],
      ["group_by", "job_type"],
    ]);

  async function csvOf(credential: string, query: URLSearchParams): Promise<{ type: string; lines: string[] }> {
    const response = await fetch(`${gateway.url}/api/usage?${query}`, {
      headers: { authorization: `Bearer ${credential}`, accept: "text/csv" },
    });
    return { type: response.headers.get("content-type") ?? "", lines: (await response.text()).split("\r\n") };
  }

  it("has a line for each row of all pages, and no cell that a spreadsheet would carry out", async () => {
    const team = await gateway.world.team();
    for (const jobType of ["=1+1", 'say "hi", please', "plain"]) await (await team.job(jobType)).complete();
    const query = today();
    query.set("limit", "1");
    const { type, lines } = await csvOf(team.secret, query);
    expect(type).toBe("text/csv; charset=utf-8; header=present");
    const [head = "", ...rows] = lines;
    expect(head.split(",").slice(0, 10)).toEqual([
      "start",
      "organization_id",
      "team_id",
      "key_id",
      "model_group",
      "model",
      "job_type",
      "outcome",
      "jobs_completed",
      "jobs_failed",
    ]);
    const cells = rows.map((row) => row.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)[6]);
    expect(cells).toEqual(["'=1+1", "plain", '"say ""hi"", please"', undefined]);
  });

  it("says what is wrong before it begins", async () => {
    const team = await gateway.world.team();
    const query = today();
    query.set("to", "2020-01-01T00:00:00Z");
    const response = await fetch(`${gateway.url}/api/usage?${query}`, {
      headers: { authorization: `Bearer ${team.secret}`, accept: "text/csv" },
    });
    expect(response.status).toBe(422);
  });
});
