import type { Locator, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasBrowser } from "../kit/browser/use-browser.js";
import { expectAccessible, expectToFit, useConsole } from "../kit/browser/use-console.js";
import { ADMIN_KEY } from "../kit/gateway/gateway.js";
import { heldStream } from "../kit/upstream/upstream-streams.js";
import { LLM_CALL, name, START_LLM_CALL, type TestJob } from "../kit/world.js";

const rowsOf = (page: Page) => page.getByRole("list", { name: "Running calls" }).getByRole("listitem");

const opacityOf = (button: Locator) =>
  button.evaluate((node) => node.ownerDocument.defaultView?.getComputedStyle(node).opacity);

/** Counts the calls that a page follows at this moment: the subscriptions that it has begun and not ended. */
function followedBy(page: Page): ReadonlySet<string> {
  const followed = new Set<string>();
  page.on("websocket", (socket) => {
    socket.on("framesent", ({ payload }) => {
      const { id, type } = JSON.parse(String(payload));
      if (type === "subscribe") followed.add(id);
      if (type === "complete") followed.delete(id);
    });
    socket.on("framereceived", ({ payload }) => {
      const { id, type } = JSON.parse(String(payload));
      if (type === "complete") followed.delete(id);
    });
  });
  return followed;
}

describe.runIf(hasBrowser())("running calls in the console", () => {
  const { gateway, open } = useConsole({ upstream: "scripted" });

  /** A call that says what the test tells it to. */
  async function running(jobType: string) {
    const model = name("model");
    const stream = heldStream();
    gateway.upstream.on(model, stream);
    const job = await (await gateway.world.team({ models: [model] })).job(jobType);
    const id = await start(job);
    await stream.arrived;
    return { id, job, stream };
  }

  async function start(job: TestJob, more: Record<string, unknown> = {}): Promise<string> {
    const { startLlmCall } = await job.team.client.data(START_LLM_CALL, { input: job.callInput(more) });
    return startLlmCall.id;
  }

  const read = async (job: TestJob, id: string) => (await job.team.client.data(LLM_CALL, { id })).llmCall;

  test("A stream is watched as it grows, and cancelled", async () => {
    const page = await open({ path: "/live", key: ADMIN_KEY });
    await page.getByText("No call runs at this moment.").waitFor();
    const { id, job, stream } = await running("letter");
    const row = rowsOf(page).filter({ hasText: "letter" });
    await row.getByText("waiting for the first token").waitFor();
    stream.text("Dear");
    await row.getByText("Dear", { exact: true }).waitFor();
    stream.text(" reader");
    await row.getByText("Dear reader", { exact: true }).waitFor();
    await row.getByText("≈ 3 tokens").waitFor();

    const cancel = row.getByRole("button", { name: /^Cancel .* letter$/ });
    expect(await opacityOf(cancel)).toBe("0");
    await row.hover();
    await cancel.click();
    await row.getByText("Cancelled", { exact: true }).waitFor();
    await stream.closed;
    expect(await read(job, id)).toMatchObject({ status: "CANCELLED", content: "Dear reader" });
    // It stays while the pointer is over the list, and leaves after a moment.
    await page.mouse.move(0, 0);
    await page.getByText("No call runs at this moment.").waitFor();
  });

  test("A call that ends by itself says how, and leads to its job", async () => {
    const { id, job, stream } = await running("summary");
    const page = await open({ path: "/live", key: job.team.secret });
    const row = rowsOf(page).filter({ hasText: "summary" });
    await row.getByText("waiting for the first token").waitFor();
    // While the pointer is over the list, a call that has ended stays in it.
    await row.hover();
    stream.text("In short");
    stream.finish();
    await row.getByText("Succeeded").waitFor();
    await row.getByText("6 tokens", { exact: true }).waitFor();
    await row.getByRole("link", { name: /summary/ }).click();
    await page.getByRole("heading", { name: "summary" }).waitFor();
    expect(new URL(page.url())).toMatchObject({ pathname: `/console/jobs/${job.id}`, search: `?call=${id}` });
    await page.getByText("In short").waitFor();
  });

  test("While the gateway has no answer, the list stays and says that it is old", async () => {
    const { job, stream } = await running("patience");
    const page = await open({ path: "/live", key: job.team.secret });
    await rowsOf(page).filter({ hasText: "patience" }).waitFor();
    const errors = [{ message: "The database is away.", extensions: { code: "UNAVAILABLE" } }];
    await page.route("**/graphql", (route) => route.fulfill({ json: { errors, data: { llmCalls: null } } }));
    await page.getByText("This could not be renewed").waitFor();
    await page.getByText("1 running call", { exact: true }).waitFor();
    expect(await rowsOf(page).filter({ hasText: "patience" }).count()).toBe(1);
    await page.unroute("**/graphql");
    await page.getByText("This could not be renewed").waitFor({ state: "detached" });
    stream.finish();
  });

  test("The keyboard reaches the button that cancels", async () => {
    const { id, job, stream } = await running("draft");
    const page = await open({ path: "/live", key: job.team.secret });
    const link = rowsOf(page).getByRole("link", { name: /draft/ });
    await link.focus();
    await page.keyboard.press("Tab");
    const cancel = rowsOf(page).getByRole("button", { name: /^Cancel .* draft$/ });
    expect(await cancel.evaluate((button) => button.matches(":focus"))).toBe(true);
    expect(await opacityOf(cancel)).toBe("1");
    await page.keyboard.press("Enter");
    await rowsOf(page).getByText("Cancelled", { exact: true }).waitFor();
    await stream.closed;
    expect((await read(job, id)).status).toBe("CANCELLED");
  });

  test("A team sees its own calls only, and the admin those of the team in the address", async () => {
    const [mine, other] = [await running("mine"), await running("other")];
    const team = await open({ path: "/live", key: mine.job.team.secret });
    await rowsOf(team).filter({ hasText: "mine" }).waitFor();
    expect(await rowsOf(team).count()).toBe(1);
    const admin = await open({ path: `/live?team=${other.job.team.id}`, key: ADMIN_KEY });
    await rowsOf(admin).filter({ hasText: "other" }).waitFor();
    expect(await rowsOf(admin).count()).toBe(1);
    await admin.getByRole("combobox", { name: "Team" }).selectOption("");
    await rowsOf(admin).filter({ hasText: "mine" }).waitFor();
    for (const { stream } of [mine, other]) stream.finish();
  });

  test("Of a hundred streams only those in sight are followed", async () => {
    const model = name("model");
    const streams = Array.from({ length: 100 }, () => heldStream());
    const [first, ...others] = streams;
    if (first) gateway.upstream.on(model, first, ...others);
    const job = await (await gateway.world.team({ models: [model] })).job("batch");

    const page = await open({ key: job.team.secret, path: "/live" });
    await page.getByText("No call runs at this moment.").waitFor();
    // The page opens its socket for the first call, so it is heard from the beginning.
    const followed = followedBy(page);
    // A row comes before its stream is asked for, and goes before its stream is left.
    const expectToFollowItsRows = async () => {
      const unfollowed = async () => (await rowsOf(page).count()) - followed.size;
      await expect.poll(unfollowed, { timeout: 10_000 }).toBe(0);
      expect(followed.size).toBeGreaterThan(5);
      expect(followed.size).toBeLessThan(25);
    };
    for (let call = 0; call < streams.length; call++) await start(job, { purpose: `part ${call}` });
    await page.getByText("100 running calls").waitFor();
    await rowsOf(page).filter({ hasText: "part 0 ·" }).waitFor();
    await expectToFollowItsRows();
    const list = page.getByRole("list", { name: "Running calls" });
    await list.locator("..").evaluate((frame) => frame.scrollTo(0, frame.scrollHeight));
    await rowsOf(page).filter({ hasText: "part 99 ·" }).waitFor();
    await rowsOf(page).filter({ hasText: "part 0 ·" }).waitFor({ state: "detached" });
    await expectToFollowItsRows();
    await job.team.client.data(
      `mutation ($id: ID!) { completeJob(input: { jobId: $id, status: CANCELLED }) { job { id } } }`,
      {
        id: job.id,
      },
    );
    await page.getByText("0 running calls").waitFor();
  });

  test.each([
    ["light", 360],
    ["dark", 360],
    ["light", 1280],
    ["dark", 3840],
  ] as const)("Running calls fit and can be used by all: %s, %s px", async (theme, width) => {
    const idle = await open({ path: "/live", key: (await gateway.world.team()).secret, theme, width });
    await idle.getByText("No call runs at this moment.").waitFor();
    await expectToFit(idle);
    await expectAccessible(idle);
    const { job, stream } = await running("a type of job that has a long name and does not fit on a phone");
    stream.text("A long answer that goes on and on. ".repeat(20));
    const page = await open({ path: "/live", key: job.team.secret, theme, width });
    await rowsOf(page).getByText("goes on and on.").waitFor();
    await expectToFit(page);
    await expectAccessible(page);
    stream.finish();
  });
});
