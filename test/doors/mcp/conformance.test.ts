import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWithKey } from "../../kit/clients/with-key.js";
import { useGateway } from "../../kit/gateway/gateway.js";

// The conformance suite of MCP, as far as it asks for no tools, prompts or resources of its own.

const isSkipped = Number(process.versions.node.split(".")[0]) < 22;
const PROGRAM = "node_modules/@modelcontextprotocol/conformance/dist/index.js";
const TIMEOUT_MS = 60_000;
const results = mkdtempSync(join(tmpdir(), "mcp-conformance-"));
const gateway = useGateway();
let front: Awaited<ReturnType<typeof openWithKey>>;

beforeAll(async () => {
  front = await openWithKey(gateway.url, (await gateway.world.team()).secret);
});
afterAll(() => {
  front.close();
  rmSync(results, { recursive: true });
});

const OLDER = "2025-11-25";
const NEWEST = "2026-07-28";

/** The number of checks that succeed, and the checks that fail because they want something that there is not here. */
const SCENARIOS: readonly (readonly [version: string, scenario: string, passed: number, unmet: readonly string[]])[] = [
  [OLDER, "server-initialize", 2, []],
  [OLDER, "ping", 2, []],
  [OLDER, "tools-list", 3, []],
  [OLDER, "dns-rebinding-protection", 2, []],
  // It asks for nothing of a server without sessions.
  [OLDER, "server-session-lifecycle", 0, []],
  [NEWEST, "tools-list", 4, []],
  [NEWEST, "http-header-validation", 14, []],
  [NEWEST, "dns-rebinding-protection", 2, []],
  [
    NEWEST,
    "server-stateless",
    24,
    [
      // These call the tools test_missing_capability, test_streaming_elicitation and test_logging_tool.
      "sep-2575-http-server-no-independent-requests-on-stream",
      "sep-2575-missing-capability-http-400",
      "sep-2575-server-no-log-without-loglevel",
      "sep-2575-server-rejects-undeclared-capability",
    ],
  ],
  [
    NEWEST,
    "caching",
    4,
    // There are tools only.
    [
      "sep-2549-prompts-list-caching-hints",
      "sep-2549-resources-list-caching-hints",
      "sep-2549-resources-templates-list-caching-hints",
    ],
  ],
];

interface Check {
  readonly id: string;
  readonly status: string;
}

async function checksOf(version: string, scenario: string): Promise<readonly Check[]> {
  const to = join(results, `${scenario}-${version}`);
  const options = ["--url", `${front.url}/mcp`, "--scenario", scenario, "--spec-version", version, "-o", to];
  // It exits with 1 if a check fails. What it wrote says which.
  await promisify(execFile)(process.execPath, [PROGRAM, "server", ...options]).catch(() => undefined);
  const [run = ""] = readdirSync(to);
  return JSON.parse(readFileSync(join(to, run, "checks.json"), "utf8"));
}

const title = "MCP's conformance suite, which needs Node 22 or newer";
describe.skipIf(isSkipped)(title, () => {
  it.each(SCENARIOS)(
    "of revision %s is fulfilled in %s",
    async (version, scenario, passed, unmet) => {
      const checks = await checksOf(version, scenario);
      const of = (status: string) => checks.filter((check) => check.status === status).map(({ id }) => id);
      expect(of("FAILURE").sort()).toEqual(unmet);
      expect(of("WARNING")).toEqual([]);
      expect(of("SUCCESS")).toHaveLength(passed);
    },
    TIMEOUT_MS,
  );
});
