import { readFileSync } from "node:fs";
import { transformSync } from "esbuild";
import { buildSchema, parse, validate } from "graphql";
import { beforeAll, describe, expect, it } from "vitest";
import { useGateway } from "../kit/gateway/gateway.js";
import { type ProgramResult, runProgram } from "../kit/gateway/run-program.js";
import type { TestTeam } from "../kit/world.js";

const gateway = useGateway();
const [, section = ""] = /\n## Stream tokens\n(.*?)\n## /s.exec(readFileSync("README.md", "utf8")) ?? [];

/** The section's only block in this language, with the address of the test's gateway. */
function block(language: string): string {
  const blocks = [...section.matchAll(new RegExp(`\n\`\`\`${language}\n(.*?)\n\`\`\``, "gs"))];
  expect(blocks).toHaveLength(1);
  return blocks[0]?.[1]?.replaceAll("127.0.0.1:8003", new URL(gateway.url).host) ?? "";
}

describe("the README's ways to stream", () => {
  let team: TestTeam;

  beforeAll(async () => {
    const group = await gateway.world.modelGroup(["gpt-4o-mini"], "ChatFast");
    team = await gateway.world.team({ groups: [group] });
  });

  const run = (program: string, ...args: string[]): Promise<ProgramResult> =>
    runProgram([program, ...args], { KEY: team.secret });
  const newestAnswer = async (): Promise<string> =>
    (await team.client.data("{ jobs(first: 1) { nodes { llmCalls { nodes { content } } } } }")).jobs.nodes[0].llmCalls
      .nodes[0].content;

  it("in GraphiQL is a valid document", () => {
    const schema = buildSchema(readFileSync("schema.graphql", "utf8"));
    expect(validate(schema, parse(block("graphql")))).toEqual([]);
  });

  it("in TypeScript prints the answer and what it cost", async () => {
    const { code } = transformSync(block("ts"), { loader: "ts", format: "esm" });
    const { stdout, ...end } = await run(process.execPath, "--input-type=module", "-e", code);
    expect(end).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain(await newestAnswer());
    expect(stdout).toContain("status: 'SUCCEEDED'");
  });

  it("with curl prints every event", async () => {
    const { stdout, ...end } = await run("sh", "-c", block("sh"));
    expect(end).toEqual({ code: 0, stderr: "" });
    const deltas = [...stdout.matchAll(/"__typename":"LlmCallDelta".*"content":(".*")\}/g)];
    expect(deltas.map(([, content = ""]) => JSON.parse(content)).join("")).toBe(await newestAnswer());
    expect(stdout).toContain('"status":"SUCCEEDED"');
  });
});
