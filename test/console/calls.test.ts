import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { hasBrowser } from "../kit/browser/use-browser.js";
import { expectAccessible, expectToFit, useConsole } from "../kit/browser/use-console.js";
import { ADMIN_KEY } from "../kit/gateway/gateway.js";
import { answer, error, openAiError } from "../kit/upstream/upstream-behaviours.js";
import { name, type TestTeam } from "../kit/world.js";

const rowsOf = (page: Page) => page.getByRole("region", { name: "Calls", exact: true }).locator("tbody tr[data-index]");
const groupsOf = (page: Page) => page.getByRole("region", { name: "Errors by code and model" }).getByRole("row");
const expectCalls = async (page: Page, count: number) => {
  await page.getByText(count === 1 ? "1 call" : `${count} calls`, { exact: true }).waitFor();
  const rows = `document.querySelectorAll('section[aria-label="Calls"] tbody tr[data-index]')`;
  await expect.poll(() => page.evaluate(`${rows}.length`), { timeout: 10_000 }).toBe(count);
};

describe.runIf(hasBrowser())("calls in the console", () => {
  const { gateway, open } = useConsole({ upstream: "scripted" });
  const [broken, picky, sound] = [name("broken"), name("picky"), name("sound")];
  /** The model that the last call but one asked first, and the group of the last. */
  let first: string;
  let last: string;
  let team: TestTeam;
  let other: TestTeam;

  beforeAll(async () => {
    // Each model fails so seldom that none is left out for a while.
    const [limited, slow, hurried] = [name("limited"), name("slow"), name("hurried")];
    for (const model of [limited, slow, hurried]) gateway.upstream.on(model, error(429));
    gateway.upstream.on(broken, error(500));
    gateway.upstream.on(picky, error(400, openAiError("Too hot.", "invalid_request_error", null, "temperature")));
    gateway.upstream.on(sound, answer({ content: "Rescued." }), answer());
    const plans = [[limited, broken], [slow, broken], [picky], [hurried, sound], [sound]];
    const groups: string[] = [];
    for (const plan of plans) groups.push(await gateway.world.modelGroup(plan));
    team = await gateway.world.team({ groups });
    const job = await team.job("import");
    for (const modelGroup of groups) await job.call({ modelGroup });
    last = groups.at(-1) ?? "";
    first = hurried;
    other = await gateway.world.team();
    await (await other.job("secret")).call();
  });

  test("Errors are grouped by code and model, and a click leaves only their calls", async () => {
    const page = await open({ key: team.secret, path: "/calls" });
    await expectCalls(page, 5);
    const groups = groupsOf(page);
    await groups.nth(2).waitFor();
    expect(await groups.allTextContents()).toEqual([
      expect.stringContaining("What happened last"),
      expect.stringContaining(`UPSTREAM_FAILED${broken}2`),
      expect.stringContaining(`UPSTREAM_REJECTED${picky}1`),
    ]);
    await groups.nth(1).getByRole("link").click();
    await expectCalls(page, 2);
    const { searchParams } = new URL(page.url());
    expect([searchParams.get("model"), searchParams.get("code")]).toEqual([broken, '["UPSTREAM_FAILED"]']);
    expect(await rowsOf(page).getByText("UPSTREAM_FAILED").count()).toBe(2);
    await groups.nth(1).getByRole("link").click();
    await expectCalls(page, 5);
  });

  test("A row opens its attempts, and leads to its job", async () => {
    const page = await open({ key: team.secret, path: '/calls?status=["SUCCEEDED"]' });
    await expectCalls(page, 2);
    // The newest call comes first: it needed one attempt, the other two.
    const rescued = rowsOf(page).nth(1);
    expect(await rescued.getByRole("cell").nth(4).textContent()).toBe("2");
    await rescued.getByRole("link").first().click();
    const attempts = page.getByRole("region", { name: "Attempts" }).getByRole("row");
    await attempts.nth(2).waitFor();
    expect(await attempts.allTextContents()).toEqual([
      expect.stringContaining("Outcome"),
      expect.stringMatching(new RegExp(`^1${first}.*FailedThe rate is limited`)),
      expect.stringMatching(new RegExp(`^2${sound}.*Answered`)),
    ]);
    await page.getByText("Rescued.").waitFor();
    const call = new URL(page.url()).searchParams.get("call");
    const { llmCall } = await team.client.data(`query ($id: ID!) { llmCall(id: $id) { content attempts { model } } }`, {
      id: call,
    });
    expect(llmCall).toEqual({ content: "Rescued.", attempts: [{ model: first }, { model: sound }] });
    await expectToFit(page);
    await expectAccessible(page);
    await page.getByRole("link", { name: "Open its job, import" }).click();
    await page.getByRole("heading", { name: "import" }).waitFor();
    await page.getByText("Rescued.").waitFor();
    expect(new URL(page.url()).searchParams.get("call")).toBe(call);
  });

  test("What the upstream blames is told", async () => {
    const page = await open({ key: team.secret, path: '/calls?code=["UPSTREAM_REJECTED"]' });
    await expectCalls(page, 1);
    await rowsOf(page).getByRole("link").first().click();
    await page.getByText("It blames the field temperature.").waitFor();
    await page.getByRole("link", { name: "Close the call" }).click();
    await page.getByText("It blames the field temperature.").waitFor({ state: "detached" });
    await expectCalls(page, 1);
  });

  test("Filters stand in the address, and the words of an error find its calls", async () => {
    const page = await open({ key: ADMIN_KEY, path: "/calls" });
    await expectCalls(page, 6);
    await page.getByRole("combobox", { name: "Team" }).selectOption(team.id);
    await expectCalls(page, 5);
    await page.getByRole("combobox", { name: "Model group" }).selectOption(last);
    await expectCalls(page, 1);
    await page.getByRole("combobox", { name: "Model group" }).selectOption("");
    await page.getByRole("toolbar", { name: "Status" }).getByRole("button", { name: "Failed" }).click();
    await expectCalls(page, 3);
    await page.getByRole("searchbox", { name: "Words of the error" }).fill("hot");
    await expectCalls(page, 1);
    const { search } = new URL(page.url());
    const shared = await open({ key: ADMIN_KEY, path: `/calls${search}` });
    await expectCalls(shared, 1);
    // No group says how many calls have words like these.
    expect(await groupsOf(shared).count()).toBe(0);
    await shared.getByRole("button", { name: "Show all" }).click();
    await expectCalls(shared, 6);
  });

  test("A team sees no call of another team, whatever the address asks for", async () => {
    const page = await open({ key: other.secret, path: "/calls" });
    await expectCalls(page, 1);
    expect(await groupsOf(page).count()).toBe(0);
    const { llmCalls } = await team.client.data("{ llmCalls { nodes { id } } }");
    await page.goto(`${gateway.url}/console/calls?team=${team.id}&call=${llmCalls.nodes[0].id}`);
    await page.getByText("No call is like that.").waitFor();
    await page.getByRole("alert").getByText("NOT_FOUND").waitFor();
  });

  test.each([
    ["light", 360],
    ["dark", 360],
    ["light", 1280],
    ["dark", 3840],
  ] as const)("Calls fit and can be used by all: %s, %s px", async (theme, width) => {
    const idle = await open({ path: "/calls", key: (await gateway.world.team()).secret, theme, width });
    await idle.getByText("No call was made in the last 30 days.").waitFor();
    await expectToFit(idle);
    await expectAccessible(idle);
    const page = await open({ path: "/calls", key: team.secret, theme, width });
    await expectCalls(page, 5);
    await groupsOf(page).nth(2).waitFor();
    await expectToFit(page);
    await expectAccessible(page);
  });
});
