// Takes the pictures of the console that README.md shows, of an example world in a folder that is thrown away. It needs
// Chromium: Debian's package, or the one that CHROMIUM names.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium, type Page } from "playwright-core";

const ADMIN_KEY = "sk-admin-of-the-pictures";
const FOLDER = "docs/console";
const RUNNING_CALLS = 12;
const WINDOW = { width: 1280, height: 800 };

interface Shot {
  readonly name: string;
  readonly key: string;
  readonly path: string;
  readonly theme?: "light" | "dark";
  /** Resolves when the page shows what the picture is about. */
  until(page: Page): Promise<unknown>;
}

const folder = mkdtempSync(join(tmpdir(), "tollgate-pictures-"));
const env = {
  ...process.env,
  ADMIN_KEY,
  DATA_DIR: join(folder, "data"),
  PORT: "0",
  SIMULATED: "on",
  SIMULATED_TOKEN_MS: "60",
};
let gateway: ChildProcess | undefined;
try {
  execFileSync("npm", ["run", "build"], { stdio: "inherit" });
  console.log("The example world is made ...");
  const seeded = execFileSync("npx", ["tsx", "scripts/seed/main.ts"], { env, encoding: "utf8" });
  const keys = [...seeded.matchAll(/sk-[0-9a-f]{64}/g)].map(([key]) => key);
  gateway = spawn(process.execPath, ["dist/main.js"], { env, stdio: ["ignore", "pipe", "inherit"] });
  await takeAll(await addressOf(gateway), keys);
} finally {
  gateway?.kill();
  if (gateway) await once(gateway, "exit");
  rmSync(folder, { recursive: true, force: true });
}

async function addressOf({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error("The gateway has no output.");
  for await (const line of createInterface({ input: stdout })) {
    const url = /GraphQL +(\S+)\/graphql/.exec(line)?.[1];
    if (url) return url;
  }
  throw new Error("The gateway ended before it listened.");
}

async function takeAll(url: string, keys: readonly string[]): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const { failed, support } = await findJobs(url);
  const shots: readonly Shot[] = [
    {
      name: "overview",
      key: ADMIN_KEY,
      path: "/",
      until: (page) => page.getByRole("link", { name: "Marketing" }).waitFor(),
    },
    { name: "job", key: ADMIN_KEY, path: `/jobs/${failed}`, until: (page) => page.getByText("Ledger").waitFor() },
    {
      name: "live",
      key: ADMIN_KEY,
      path: "/live",
      theme: "dark",
      until: (page) => startCalls(url, keys).then(() => page.waitForTimeout(4_000)),
    },
    {
      name: "team",
      key: ADMIN_KEY,
      path: `/teams/${support}`,
      until: (page) => page.getByRole("table").first().waitFor(),
    },
    {
      name: "models",
      key: ADMIN_KEY,
      path: "/models",
      theme: "dark",
      until: (page) => page.getByText("of attempts").first().waitFor(),
    },
  ];
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  for (const { name, key, path, theme = "light", until } of shots) {
    const page = await browser.newPage({ viewport: WINDOW, colorScheme: theme, timezoneId: "UTC" });
    await page.addInitScript(`sessionStorage.setItem("tollgate.key", ${JSON.stringify(key)})`);
    await page.goto(`${url}/console${path}`);
    await until(page);
    await page.waitForLoadState("networkidle");
    await page.screenshot({ path: join(FOLDER, `${name}.png`) });
    console.log(`${FOLDER}/${name}.png`);
    await page.close();
  }
  await browser.close();
}

/** Returns the id of a job that has a failed attempt in it, and the id of a team. */
async function findJobs(url: string): Promise<{ readonly failed: string; readonly support: string }> {
  const { llmCalls } = await ask(
    url,
    ADMIN_KEY,
    "{ llmCalls(first: 100) { nodes { attempts { status } job { id llmCalls { totalCount } } team { id } } } }",
  );
  const calls: readonly Call[] = llmCalls.nodes;
  const rescued = calls
    .filter(({ attempts }) => attempts.some(({ status }) => status === "FAILED"))
    .sort((one, other) => other.job.llmCalls.totalCount - one.job.llmCalls.totalCount)[0];
  if (!rescued) throw new Error("No call of the example world has a failed attempt.");
  return { failed: rescued.job.id, support: rescued.team.id };
}

interface Call {
  readonly attempts: readonly { readonly status: string }[];
  readonly job: { readonly id: string; readonly llmCalls: { readonly totalCount: number } };
  readonly team: { readonly id: string };
}

/** Starts calls that run for some time. */
async function startCalls(url: string, keys: readonly string[]): Promise<void> {
  const start = async (key: string, index: number) => {
    const { viewer } = await ask(url, key, "{ viewer { ... on TeamViewer { team { modelGroups { name } } } } }");
    const input = {
      modelGroup: viewer.team.modelGroups[0].name,
      jobType: ["answer-ticket", "summarize", "draft"][index % 3],
      messages: [{ role: "USER", content: "Tell me all about the tolls of medieval bridges, and who paid them." }],
    };
    await ask(url, key, "mutation ($input: LlmCallInput!) { startLlmCall(input: $input) { id } }", { input });
  };
  await Promise.all(Array.from({ length: RUNNING_CALLS }, (_, index) => start(keys[index % keys.length] ?? "", index)));
}

// biome-ignore lint/suspicious/noExplicitAny: each query says itself what it answers.
async function ask(url: string, key: string, query: string, variables: object = {}): Promise<any> {
  const answer = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await answer.json()) as { data: unknown; errors?: unknown };
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}
