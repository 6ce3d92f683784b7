import { chromium, type Page, type Request } from "playwright-core";
import { type Bench, type Checkout, checkoutsOf } from "../kit/bench.js";
import { median } from "../kit/figures.js";
import { jobsOfMonth, monthOfWork, TEAMS } from "../kit/month-of-work.js";
import { column, type Findings } from "../kit/report.js";
import { progress } from "../kit/rounds.js";
import { ADMIN_KEY, createTeam, groupOf } from "../kit/tollgate.js";
import { untilCounted } from "./usage.js";

const STREAMS = 100;
/** A token each quarter of a second, for 25 seconds. */
const MODEL = "paced-250-100";
const TEAM = "streams";
/** A page is done if it has asked nothing for so long. What it asks for at intervals does not count. */
const QUIET_MS = 150;
const AT_INTERVALS = /"operationName":"(RunningNow|RunningCalls)"/;

interface Step {
  readonly name: string;
  act(page: Page): Promise<unknown>;
}

/** How long the console's pages and filters take in a browser, while streams run. */
export async function consolePages(bench: Bench): Promise<Findings> {
  const jobs = jobsOfMonth(bench);
  const how = `A month of ${jobs} random jobs of ${TEAMS} teams with about 4 calls each in PostgreSQL, and ${STREAMS} running streams. Chromium opens pages of /console as the admin, and changes one filter after the other. A step ends with the last answer of the gateway. Medians of ${bench.options.rounds} rounds after a first one.`;
  const postgres = await bench.postgres();
  if (!postgres) return { how, ratios: [], figures: [], problems: bench.problems };
  const [checkout] = checkoutsOf(bench.options) as [Checkout, ...Checkout[]];
  const { tollgate, client, now } = await monthOfWork(bench, checkout, postgres);
  // Random work has no ledger, so that its accounts have no balance, and what still runs cannot be settled.
  await client.query("INSERT INTO credit_balances (account_id, team_id) SELECT id, id FROM teams");
  await client.query("UPDATE llm_calls SET lease_until = '2100-01-01' WHERE status = 'RUNNING'");
  await client.query("UPDATE jobs SET expires_at = '2100-01-01' WHERE completed_at IS NULL");
  await untilCounted(tollgate.url, now);
  await client.query("VACUUM ANALYZE");
  await client.end();
  bench.ends(await stream(tollgate.url));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  bench.ends({ stop: () => browser.close() });
  const times = new Map<string, number[]>();
  for (let round = 0; round <= bench.options.rounds; round++) {
    progress(`round ${round} of ${bench.options.rounds}`);
    const page = await browser.newPage({ viewport: { width: 1_440, height: 1_000 } });
    await page.addInitScript(`sessionStorage.setItem("tollgate.key", "${ADMIN_KEY}")`);
    for (const step of stepsOf(`${tollgate.url}/console`)) {
      const ms = await timeOf(page, step);
      if (round > 0) times.set(step.name, [...(times.get(step.name) ?? []), ms]);
    }
    await page.close();
  }
  const rows = [...times].map(([name, taken]) => ({
    labels: [name],
    figures: { p50: median(taken), longest: Math.max(...taken) },
  }));
  const columns = [column("p50", "ms"), column("longest", "longest ms")];
  return { how, ratios: [], figures: [{ title: "Console", heads: ["step"], columns, rows }], problems: bench.problems };
}

/** Keeps so many streams running, each followed by the next. */
async function stream(url: string): Promise<{ stop(): Promise<unknown> }> {
  const key = await createTeam({ url }, TEAM, [MODEL]);
  const ended = new AbortController();
  const body = { model: groupOf(TEAM, MODEL), stream: true, messages: [{ role: "user", content: "Go." }] };
  const request = {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: ended.signal,
  };
  async function oneAfterTheOther() {
    while (!ended.signal.aborted) await (await fetch(`${url}/v1/chat/completions`, request)).text();
  }
  const running = Array.from({ length: STREAMS }, oneAfterTheOther);
  return {
    stop: () => {
      ended.abort();
      return Promise.allSettled(running);
    },
  };
}

/** How long a step takes, from the act until the last answer after it. */
async function timeOf(page: Page, { act }: Step): Promise<number> {
  const asked = new Set<Request>();
  const begun = performance.now();
  let last = begun;
  const isOwn = (request: Request) =>
    request.url().endsWith("/graphql") && request.method() === "POST" && !AT_INTERVALS.test(request.postData() ?? "");
  const ask = (request: Request) => isOwn(request) && asked.add(request);
  const answer = (request: Request) => {
    if (asked.delete(request)) last = performance.now();
  };
  page.on("request", ask).on("requestfinished", answer).on("requestfailed", answer);
  await act(page);
  last = Math.max(last, performance.now());
  while (asked.size > 0 || performance.now() - last < QUIET_MS || (await page.locator("[aria-busy=true]").count()) > 0)
    await page.waitForTimeout(QUIET_MS / 10);
  page.off("request", ask).off("requestfinished", answer).off("requestfailed", answer);
  return last - begun;
}

function stepsOf(url: string): readonly Step[] {
  const load = (name: string, path: string): Step => ({
    name: `${name}, loaded anew`,
    act: (page) => page.goto(url + path),
  });
  const period = (name: string): Step => ({
    name: `  ${name}`,
    act: (page) => page.getByRole("radio", { name }).click(),
  });
  const status = (name: string): Step => ({
    name: `  status ${name}`,
    act: (page) => page.getByRole("button", { name, exact: true }).click(),
  });
  const choose = (label: string, value: string): Step => ({
    name: value ? `  ${label.toLowerCase()} ${value}` : `  any ${label.toLowerCase()}`,
    act: (page) => page.getByLabel(label, { exact: true }).selectOption(value),
  });
  const type = (label: string, value: string): Step => ({
    name: value ? `  ${label.toLowerCase()} ${value}` : `  any ${label.toLowerCase()}`,
    async act(page) {
      const field = page.getByLabel(label, { exact: true });
      await field.fill(value);
      await field.press("Enter");
    },
  });
  const periods = ["24 h", "7 d", "30 d"].map(period);
  const team = [choose("Team", "team-7"), choose("Team", "")];
  const words = ["overloaded", "ticket t123", "absent", ""].map((text) => type("Words of the error", text));
  const metadata = ['{"tier":"common"}', '{"ticket":77}', '{"absent":1}', ""].map((text) => type("Metadata", text));
  const named = (page: string, steps: readonly Step[]) =>
    steps.map((step) => ({ ...step, name: step.name.startsWith("  ") ? `${page}: ${step.name.trim()}` : step.name }));
  return [
    ...named("overview", [
      load("overview", ""),
      ...periods,
      ...team,
      ...["modelGroup", "team", "jobType", "model"].map((by) => choose("Group by", by)),
    ]),
    ...named("jobs", [
      load("jobs", "/jobs"),
      ...["Failed", "Completed"].flatMap((name) => [status(name), { ...status(name), name: `  status not ${name}` }]),
      ...periods,
      ...team,
      ...words,
      ...metadata,
      type("Job type", "type-3"),
    ]),
    ...named("calls", [
      load("calls", "/calls"),
      ...["Failed", "Succeeded"].flatMap((name) => [status(name), { ...status(name), name: `  status not ${name}` }]),
      ...periods,
      ...team,
      choose("Error code", "UPSTREAM_FAILED"),
      choose("Error code", ""),
      ...words,
      type("Model", "model-2"),
    ]),
    ...["live", "teams", "organizations", "models", "webhooks", "audit", "settings", "playground"].map((page) =>
      load(page, `/${page}`),
    ),
  ];
}
