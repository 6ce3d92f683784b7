import { describe, expect, test } from "vitest";
import { hasBrowser } from "../kit/browser/use-browser.js";
import { expectAccessible, expectToFit, useConsole } from "../kit/browser/use-console.js";
import { ADMIN_KEY } from "../kit/gateway/gateway.js";
import { answer, error } from "../kit/upstream/upstream-behaviours.js";
import { heldStream } from "../kit/upstream/upstream-streams.js";
import { name, START_LLM_CALL, type TestJob } from "../kit/world.js";

describe.runIf(hasBrowser())("a job in the console", () => {
  const { gateway, open } = useConsole({ upstream: "scripted" });
  /** A job whose second call failed with all of its models, and whose third was rescued by the last. */
  async function failedJob(): Promise<TestJob & { models: readonly string[] }> {
    const [limited, broken, sound] = [name("limited"), name("broken"), name("sound")];
    gateway.upstream.on(limited, answer({ content: "It is a bill." }), error(429));
    gateway.upstream.on(broken, error(500));
    gateway.upstream.on(sound, error(500), answer({ content: "Forty-two dollars." }));
    const job = await (await gateway.world.team({ models: [limited, broken, sound] })).job("invoice", {
      metadata: { customer: "acme" },
      maxTokens: 5_000,
    });
    await job.call({ purpose: "classify" });
    await job.call({ purpose: "extract", metadata: { page: 7 } });
    await job.call({ purpose: "extract again" });
    await job.complete({ status: "FAILED", errorMessage: "The sum is wrong." });
    return Object.assign(job, { models: [limited, broken, sound] });
  }

  test("A failed job is followed from the list to its attempts", async () => {
    const job = await failedJob();
    const [limited, broken, sound] = job.models;
    const page = await open({ key: job.team.secret, path: "/jobs" });
    await page.getByRole("link", { name: "invoice" }).click();
    await page.getByRole("heading", { name: "invoice" }).waitFor();
    await page.getByRole("alert").getByText("The sum is wrong.").waitFor();

    // The call that failed is open by itself, with what each model said.
    await page.getByRole("heading", { name: "extract", exact: false }).first().waitFor();
    const attempts = page.getByRole("region", { name: "Attempts" }).getByRole("row");
    await attempts.nth(3).waitFor();
    expect(await attempts.nth(1).textContent()).toContain("The rate is limited");
    expect(await attempts.nth(2).textContent()).toContain("The model could not be reached");
    expect(await attempts.nth(3).textContent()).toContain(sound);

    const calls = page.getByRole("list", { name: "Calls of the job" }).getByRole("link");
    expect(await calls.count()).toBe(3);
    expect(await calls.nth(0).textContent()).toContain("Succeeded");
    expect(await calls.nth(2).textContent()).toContain(`${sound} · fell back from ${limited}, ${broken}`);
    await calls.nth(2).click();
    await page.getByText("Forty-two dollars.").waitFor();

    // The address has the call, and whoever is given it sees the same.
    await page.getByRole("button", { name: "Copy link" }).click();
    const link = await page.evaluate<string>("navigator.clipboard.readText()");
    expect(link).toContain("?call=");
    await page.goto(link);
    await page.getByText("Forty-two dollars.").waitFor();

    const ledger = page.getByRole("region", { name: "Ledger" }).getByRole("row");
    expect(await ledger.allTextContents()).toEqual([
      expect.stringContaining("Entry"),
      expect.stringMatching(/HOLD −1\+19/),
      expect.stringMatching(/VOID \+1−110/),
    ]);
  });

  test("A job that runs grows by itself, its text streams, and it can be ended", async () => {
    const [first, second] = [heldStream(), heldStream()];
    const model = name("model");
    gateway.upstream.on(model, first, second);
    const job = await (await gateway.world.team({ models: [model] })).job("letter");
    const start = (purpose: string) =>
      job.team.client.data(START_LLM_CALL, { input: job.callInput({ purpose, maxTokens: 100 }) });
    const page = await open({ key: ADMIN_KEY, path: `/jobs/${job.id}` });
    await page.getByText("The job has no call so far.").waitFor();
    await expectAccessible(page);

    await start("draft");
    await first.arrived;
    const text = page.getByRole("region", { name: "Text of the answer" });
    await page.getByRole("heading", { name: "draft" }).waitFor();
    first.text("Dear reader,");
    await text.getByText("Dear reader,").waitFor();
    first.text(" good day.");
    await text.getByText("Dear reader, good day.").waitFor();
    first.finish();
    await page.getByRole("list", { name: "Calls of the job" }).getByText("Succeeded").waitFor({ state: "attached" });

    await start("polish");
    await second.arrived;
    await page.getByRole("heading", { name: "polish" }).waitFor();
    await page.getByRole("button", { name: "End the job" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("1 running call is cancelled.").waitFor();
    await dialog.getByText("1 held credit is given back.").waitFor();
    await expectAccessible(page);
    const end = dialog.getByRole("button", { name: "End the job" });
    expect(await end.isDisabled()).toBe(true);
    await dialog.getByLabel("It ends as").selectOption("FAILED");
    await dialog.getByLabel("Why it failed").fill("Nobody needs it.");
    await dialog.getByLabel("Type letter to go on").fill("letter");
    await end.click();
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("alert").getByText("Nobody needs it.").waitFor();
    expect(await page.getByRole("button", { name: "End the job" }).count()).toBe(0);
    expect(await job.read()).toMatchObject({
      status: "FAILED",
      errorMessage: "Nobody needs it.",
      costs: { totalCalls: 2, cancelledCalls: 1 },
    });
    await page
      .getByRole("list", { name: "Calls of the job" })
      .getByText(/^Cancelled after/)
      .waitFor({ state: "attached" });
    await second.closed;
  });

  test("A call says who was asked, and what its cost consists of", async () => {
    const model = name("model");
    await gateway.admin.data(
      `mutation ($model: String!) { setModelPrice(input: {
        model: $model, inputUsdPerMillionTokens: "2", cachedInputUsdPerMillionTokens: "0.5", outputUsdPerMillionTokens: "8"
      }) { model } }`,
      { model },
    );
    const usage = {
      prompt_tokens: 3_000,
      completion_tokens: 100,
      prompt_tokens_details: { cached_tokens: 1_000 },
      completion_tokens_details: { audio_tokens: 40 },
    };
    gateway.upstream.on(model, answer({ usage }));
    const job = await (await gateway.world.team({ models: [model] })).job("letter");
    await job.call({ purpose: "draft" });
    const page = await open({ key: job.team.secret, path: `/jobs/${job.id}` });
    const parts = page.getByRole("region", { name: "What the cost consists of" });
    const rows = parts.getByRole("row").filter({ hasText: /\d/ });
    await rows.first().waitFor();
    expect(await rows.allTextContents()).toEqual([
      "Prompt2,000$2.00$0.004",
      "Read from the cache1,000$0.50$0.0005",
      "Completion60$8.00$0.00048",
      "Sound in the answer40–no price is known",
    ]);
    const attempts = page.getByRole("region", { name: "Attempts" });
    await attempts.getByText("default · openai-compatible").waitFor();
    await page.getByText("without a part that has no price").waitFor();
    await expectAccessible(page);
    await expectToFit(page);
  });

  test("Only the rows in sight of a job of many calls are drawn, and all can be reached", async () => {
    const model = name("model");
    gateway.upstream.on(model, answer());
    const job = await (await gateway.world.team({ models: [model] })).job("batch");
    for (let call = 0; call < 130; call++) await job.call({ purpose: `part ${call}` });
    const page = await open({ key: job.team.secret });
    const shown: string[] = [];
    page.on("request", (request) => {
      if (request.postData()?.includes("query CallDetail")) shown.push(request.postData() ?? "");
    });
    await page.goto(`${gateway.url}/console/jobs/${job.id}`);
    const calls = page.getByRole("list", { name: "Calls of the job" });
    await calls.locator('li[aria-setsize="130"]').first().waitFor();
    expect(await calls.getByRole("listitem").count()).toBeLessThan(40);
    await calls.getByRole("link", { name: /^part 0/ }).waitFor();
    await page.getByRole("heading", { name: "part 129" }).waitFor();
    expect(shown).toHaveLength(1);
    const parent = calls.locator("..");
    await parent.evaluate((frame) => frame.scrollTo(0, frame.scrollHeight));
    await calls.getByRole("link", { name: /^part 129/ }).waitFor();
    expect(await calls.getByRole("listitem").count()).toBeLessThan(40);
  });

  test("A job whose updates were refused is followed again when the person asks for it", async () => {
    const job = await (await gateway.world.team()).job("letter");
    const page = await open({ key: job.team.secret });
    let sockets = 0;
    await page.routeWebSocket(/graphql/, (socket) => {
      sockets += 1;
      if (sockets === 1) socket.close({ code: 4429, reason: "RATE_LIMITED" });
      else socket.connectToServer();
    });
    await page.goto(`${gateway.url}/console/jobs/${job.id}`);
    await page.getByRole("alert").getByRole("button", { name: "Try again" }).click();
    await page.getByRole("alert").waitFor({ state: "detached" });
    await job.complete({ status: "FAILED", errorMessage: "The sum is wrong." });
    await page.getByRole("alert").getByText("The sum is wrong.").waitFor();
  });

  test("A job of another team looks as if it did not exist", async () => {
    const job = await failedJob();
    const stranger = await gateway.world.team();
    const page = await open({ key: stranger.secret, path: `/jobs/${job.id}` });
    const refusal = page.getByRole("alert");
    await refusal.getByText("NOT_FOUND").waitFor();
    const of = async () => ((await refusal.textContent()) ?? "").replaceAll(/[0-9a-f-]{36}/g, "<id>");
    const words = await of();
    await page.goto(`${gateway.url}/console/jobs/00000000-0000-4000-8000-000000000000`);
    await refusal.getByText("NOT_FOUND").waitFor();
    expect(await of()).toBe(words);
  });

  test.each([
    ["light", 360],
    ["dark", 360],
    ["light", 1280],
    ["dark", 3840],
  ] as const)("A job fits and can be used by all: %s, %s px", async (theme, width) => {
    const job = await failedJob();
    const page = await open({ key: job.team.secret, path: `/jobs/${job.id}`, theme, width });
    await page.getByRole("region", { name: "Attempts" }).waitFor();
    await page.getByRole("region", { name: "Ledger" }).waitFor();
    await expectToFit(page);
    await expectAccessible(page);
  });
});
