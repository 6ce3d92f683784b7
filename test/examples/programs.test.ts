import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { readSse } from "../kit/clients/sse.js";
import { useGateway } from "../kit/gateway/gateway.js";
import { type ProgramResult, runProgram } from "../kit/gateway/run-program.js";
import type { TestTeam } from "../kit/world.js";

// Slow enough that a client can go away in the middle of an answer.
const gateway = useGateway({ env: { SIMULATED_TOKEN_MS: "3" } });

type Program = readonly [string, ...string[]];
const tsx = (file: string): Program => [process.execPath, "--import", "tsx", file];
const GRAPHQL = tsx("examples/graphql/job.ts");
const SSE_GRAPHQL: Program = ["sh", "examples/sse/graphql.sh"];
const SSE_REST: Program = ["sh", "examples/sse/rest.sh"];
const REST: Program = ["sh", "examples/rest/job.sh"];
const OPENAI = tsx("examples/openai/chat.ts");
const OPENAI_PYTHON: Program = ["python3", "examples/openai/chat.py"];

let modelGroup: string;

beforeAll(async () => {
  modelGroup = await gateway.world.modelGroup(["gpt-4o-mini"], "ChatFast");
});

const run = (program: Program, key: string): Promise<ProgramResult> =>
  runProgram(program, {
    TOLLGATE_URL: gateway.url,
    TOLLGATE_KEY: key,
    OPENAI_BASE_URL: `${gateway.url}/v1`,
    OPENAI_API_KEY: key,
  });

/** Runs a program that must succeed, as a new team. */
async function ran(program: Program): Promise<{ team: TestTeam; stdout: string }> {
  const team = await gateway.world.team({ groups: [modelGroup] });
  const { code, stdout, stderr } = await run(program, team.secret);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return { team, stdout };
}

/** The answers of the team's only job, which must have been completed. */
async function answersOf(team: TestTeam): Promise<string[]> {
  const { jobs } = await team.client.data("{ jobs { nodes { status llmCalls { nodes { status content } } } } }");
  expect(jobs.nodes).toMatchObject([{ status: "COMPLETED" }]);
  const calls: { status: string; content: string }[] = jobs.nodes[0].llmCalls.nodes;
  expect(new Set(calls.map(({ status }) => status))).toEqual(new Set(["SUCCEEDED"]));
  return calls.map(({ content }) => content);
}

describe("examples/graphql/job.ts", () => {
  it("shows two answers, the second as it comes, and what the job cost", async () => {
    const { team, stdout } = await ran(GRAPHQL);
    const answers = await answersOf(team);
    expect(answers).toHaveLength(2);
    for (const answer of answers) expect(stdout).toContain(`${answer}\n`);
    expect(stdout).toMatch(/SUCCEEDED: 0\.\d+ USD/);
    expect(stdout).toContain("creditsRemaining: 9");
  });
});

describe("examples/sse/graphql.sh", () => {
  it("streams an answer", async () => {
    const { team, stdout } = await ran(SSE_GRAPHQL);
    const results = readSse(stdout).filter(({ data }) => data !== "");
    const events = results.map(({ data }) => JSON.parse(data).data.streamLlmCall);
    expect(events[0]).toMatchObject({ __typename: "LlmCallStarted", sequence: 1 });
    expect(events.at(-1)).toMatchObject({ __typename: "LlmCallFinished", call: { status: "SUCCEEDED" } });
    expect([events.map(({ content }) => content ?? "").join("")]).toEqual(await answersOf(team));
  });
});

describe("examples/sse/rest.sh", () => {
  it("streams an answer in two connections, without a gap or a repeat", async () => {
    const { team, stdout } = await ran(SSE_REST);
    expect(stdout).toContain(": the connection was lost after event");
    const events = readSse(stdout);
    expect(events.at(-1)?.data).toBe("[DONE]");
    const deltas = events.slice(0, -1).map(({ data }) => JSON.parse(data).choices[0]?.delta.content ?? "");
    expect([deltas.join("")]).toEqual(await answersOf(team));
  });
});

describe("examples/rest/job.sh", () => {
  it("opens a job, shows the answer to a call, and completes it", async () => {
    const { team, stdout } = await ran(REST);
    const [opened, call, completion] = stdout.trim().split("\n");
    expect(opened).toMatch(/^Opened job [0-9a-f-]{36}, which holds one credit\.$/);
    expect([JSON.parse(call ?? "").response.content]).toEqual(await answersOf(team));
    expect(JSON.parse(completion ?? "")).toMatchObject({ status: "completed", costs: { credits_remaining: 9 } });
  });
});

describe("examples/openai", () => {
  const showsTwoAnswers = async (program: Program, creditsRemaining: RegExp) => {
    const { team, stdout } = await ran(program);
    const answers = await answersOf(team);
    expect(answers).toHaveLength(2);
    for (const answer of answers) expect(stdout).toContain(`${answer}\n`);
    expect(stdout).toMatch(creditsRemaining);
  };

  it("chat.ts shows two answers of one job", () => showsTwoAnswers(OPENAI, /credits_remaining: 9/));

  it("chat.py does what chat.ts does", async ({ skip }) => {
    expect(sentBy("examples/openai/chat.py")).toEqual(sentBy("examples/openai/chat.ts"));
    const python = (code: string) => runProgram(["python3", "-c", code]).catch(() => undefined);
    if (!(await python(""))) skip("This machine has no Python.");
    const compiled = await python("compile(open('examples/openai/chat.py').read(), 'chat.py', 'exec')");
    expect(compiled).toMatchObject({ code: 0, stderr: "" });
    if ((await python("import openai"))?.code === 0) await showsTwoAnswers(OPENAI_PYTHON, /'credits_remaining': 9/);
  });
});

it.each([GRAPHQL, SSE_GRAPHQL, SSE_REST, REST, OPENAI].map((program) => [program.at(-1), program] as const))(
  "%s fails with a wrong key, and says why",
  async (_, program) => {
    const { code, stdout, stderr } = await run(program, "sk-wrong");
    expect(code).toBeGreaterThan(0);
    expect(stdout + stderr).toContain("No valid credential was sent.");
  },
);

/** The paths, headers and fields that a program for OpenAI's client sends. */
function sentBy(file: string): Set<string> {
  const source = readFileSync(file, "utf8").replaceAll("${", "{");
  const fields = "X-[A-Za-z-]+|Authorization|Content-Type|job_type|status|model|messages|role|content|stream";
  const sent = new Set(source.match(new RegExp(`/jobs/[^"\`]+|\\b(${fields})\\b(?=["']?[:=])`, "g")));
  expect(sent).toContain("X-Job-Id");
  return sent;
}
