import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { hasBrowser, useBrowser } from "../../kit/browser/use-browser.js";
import { ADMIN_KEY, useGateway } from "../../kit/gateway/gateway.js";
import { streamed } from "../../kit/upstream/upstream-streams.js";

describe.runIf(hasBrowser())("GraphiQL in a browser", { timeout: 120_000 }, () => {
  const gateway = useGateway({ upstream: "scripted" });
  const browser = useBrowser();

  /** Opens the page with nothing stored. */
  const open = async () => {
    const page = await (await browser.newContext({ viewport: { width: 1920, height: 1000 } })).newPage();
    const asked: string[] = [];
    const complaints: string[] = [];
    page.on("request", (request) => void asked.push(new URL(request.url()).origin));
    page.on("pageerror", (error) => void complaints.push(error.message));
    page.on("console", (line) => void (line.type() === "error" && complaints.push(line.text())));
    await page.goto(`${gateway.url}/graphiql`);
    await page.getByRole("button", { name: /execute/i }).waitFor();
    return { page, asked, complaints };
  };
  /** Runs the operation of a tab, and waits until its answer has something. */
  const run = async (page: Page, tab: string, expected: RegExp): Promise<string> => {
    await page.getByRole("tab", { name: tab }).click();
    await page.locator(".graphiql-query-editor .view-lines").filter({ hasText: tab }).waitFor();
    await page.getByRole("button", { name: /execute/i }).click();
    const response = page.locator(".graphiql-response");
    await response.filter({ hasText: expected }).waitFor();
    return (await response.textContent()) ?? "";
  };
  const keyField = (page: Page) => page.getByLabel("Key", { exact: true });

  it("opens with everything from this server, and breaks no rule of its own policy", async () => {
    const { asked, complaints } = await open();
    expect(new Set(asked.filter((origin) => origin !== "null"))).toEqual(new Set([gateway.url]));
    expect(complaints).toEqual([]);
  });

  it("leads through the whole chain, and adds up what is streamed", async () => {
    gateway.upstream.on("gpt-4o-mini", streamed(["A tollgate ", "takes ", "a toll."]));
    const { page, complaints } = await open();
    await keyField(page).fill(ADMIN_KEY);
    await run(page, "WhoAmI", /AdminViewer/);
    const [secret = ""] = /sk-[0-9a-f]{64}/.exec(await run(page, "MakeTeam", /sk-[0-9a-f]{64}/)) ?? [];
    await keyField(page).fill(secret);
    await run(page, "WhoAmI", /example-team/);
    await run(page, "OpenJob", /PENDING/);
    await run(page, "StreamCall", /LlmCallFinished/);
    const panel = page.getByRole("region", { name: "The answer so far" });

    await expect.poll(() => panel.textContent()).toContain("A tollgate takes a toll.");
    expect(await panel.textContent()).toMatch(/^The call ended: SUCCEEDED\./);
    expect(await run(page, "CompleteJob", /creditsRemaining/)).toMatch(/"creditApplied":\s+true/);
    // It was about the call before.
    expect(await panel.count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("keeps the key in this tab of the browser, and nowhere else", async () => {
    const { page } = await open();
    await keyField(page).fill(ADMIN_KEY);
    await run(page, "WhoAmI", /AdminViewer/);
    await page.reload();
    expect(await keyField(page).inputValue()).toBe(ADMIN_KEY);
    await run(page, "WhoAmI", /AdminViewer/);
    expect(await page.evaluate("JSON.stringify(localStorage)")).not.toContain(ADMIN_KEY);
    const other = await page.context().newPage();
    await other.goto(`${gateway.url}/graphiql`);
    expect(await keyField(other).inputValue()).toBe("");
    await run(other, "WhoAmI", /UNAUTHENTICATED/);
  });
});
