import { execFile, spawnSync } from "node:child_process";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { existsSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { useGateway } from "../../kit/gateway/gateway.js";

// The contract's own clients, unmodified, if they are beside this project. They know one address: port 8003 of this
// machine, with the default admin key.
const SEED = fileURLToPath(new URL("../../../../shared/seed/", import.meta.url));
const NODE_PATH = fileURLToPath(new URL("../../../node_modules", import.meta.url));

const hasPrograms =
  spawnSync("python3", ["-c", "import requests"]).status === 0 &&
  ["jq", "curl"].every((program) => spawnSync(program, ["--version"]).status === 0);

interface Run {
  readonly code: number | string | null;
  readonly output: string;
}

/** Whatever they run into, all three say so and exit with 0. */
function run(program: string, file: string): Promise<Run> {
  return new Promise((resolve) => {
    execFile(program, [`${SEED}${file}`], { env: { ...process.env, NODE_PATH } }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, output: stdout + stderr }),
    );
  });
}

const python = () => run("python3", "full_chain.py");
const javascript = () => run(process.execPath, "full_chain.cjs");
const curl = () => run("bash", "full_chain.sh");

const canRun = existsSync(SEED) && (hasPrograms || process.env.CI !== undefined);

describe.runIf(canRun)("the clients of the contract", { timeout: 120_000 }, () => {
  useGateway({ env: { PORT: "8003" } });

  it("print, in Python, every line down to 99 of 100 credits", async () => {
    const { code, output } = await python();
    expect(code).toBe(0);
    const lines = [
      /Organization created: acme-corp/,
      /Model group created: ChatFast/,
      /Model group created: ChatAdvanced/,
      /Team created: engineering-team/,
      /Virtual Key: sk-[0-9a-f]{47}\.\.\./,
      /Credits: 100/,
      /Model Groups: ChatFast, ChatAdvanced/,
      /Credits available: 100\/100/,
      /Job created: [0-9a-f-]{36}/,
      /Response: \S.*\.\.\./,
      /Tokens: [1-9]\d*/,
      /Latency: \d+ms/,
      /Response: \S.*\.\.\./,
      /Tokens: [1-9]\d*/,
      /Response: \S.*\.\.\./,
      /Tokens: [1-9]\d*/,
      /Job completed: [0-9a-f-]{36}/,
      /Total calls: 3/,
      /Successful: 3/,
      /Failed: 0/,
      /Total tokens: [1-9]\d*/,
      /Total cost: \$0\.\d{6}/,
      /Avg latency: \d+ms/,
      /Credit applied: True/,
      /Credits remaining: 99/,
      /Credits: 99\/100/,
      /Credits used: 1/,
      /WORKFLOW COMPLETED SUCCESSFULLY!/,
      /All steps completed successfully!/,
    ];
    let rest = output;
    for (const line of lines) {
      const found = line.exec(rest);
      expect(found, `${line} in what is left of\n${output}`).not.toBeNull();
      rest = rest.slice((found?.index ?? 0) + (found?.[0].length ?? 0));
    }
    expect(output).not.toMatch(/None|null|undefined|Traceback/);
  });

  it.each([
    ["JavaScript", javascript],
    ["curl", curl],
  ])("print, in %s, a key, whole tokens and 49 credits, and nothing that is missing", async (_, client) => {
    const { code, output } = await client();
    expect(code).toBe(0);
    expect(output).toMatch(/Tokens: [1-9]\d*$/m);
    expect(output).toMatch(/Credits remaining: 49$/m);
    expect(output).toContain("WORKFLOW COMPLETED SUCCESSFULLY!");
    expect(output).not.toMatch(/null|undefined|NaN|Error/);
  });

  it("get 400 and 401, and never 500, on a second run, when all names are taken", async () => {
    const answers: string[] = [];
    const note = (message: unknown) => {
      const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
      answers.push(`${response.statusCode} ${request.method} ${request.url?.replace(/^\/api\//, "")}`);
    };
    subscribe("http.server.response.finish", note);
    for (const client of [python, javascript, curl]) expect((await client()).code).toBe(0);
    unsubscribe("http.server.response.finish", note);
    expect(answers).toEqual([
      "400 POST organizations/create",
      "200 GET organizations/acme-corp",
      "400 POST model-groups/create",
      "200 GET model-groups/ChatFast",
      "400 POST model-groups/create",
      "200 GET model-groups/ChatAdvanced",
      "400 POST teams/create",
      "200 GET teams/engineering-team",
      "400 POST organizations/create",
      // The JavaScript client has no getOrganization and ends here.
      "400 POST organizations/create",
      "400 POST model-groups/create",
      "400 POST teams/create",
      "401 POST jobs/create",
      "401 POST jobs/null/llm-call",
      "401 POST jobs/null/complete",
    ]);
  });
});
