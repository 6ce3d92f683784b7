import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { afterEach, beforeAll, expect } from "vitest";
import { type Gateway, type GatewayOptions, useGateway } from "../gateway/gateway.js";
import { buildGateway } from "../gateway/gateway-process.js";
import { useBrowser } from "./use-browser.js";

/** The folder in which tests keep pictures of what they saw. Without it they keep none. */
const { SCREENSHOTS } = process.env;
/** How long a test waits for something to appear. */
const WAIT_MS = 10_000;

interface OpenOptions {
  /** What is signed in with. Without one, the page asks for it. */
  readonly key?: string;
  /** The path below /console, such as /jobs. */
  readonly path?: string;
  readonly width?: number;
  readonly height?: number;
  readonly theme?: "light" | "dark";
}

export interface TestConsole {
  /** Opens a page of the console in a window of its own. */
  open(options?: OpenOptions): Promise<Page>;
}

/** What the browser writes into its log by itself if a key is refused, or a gateway is away. */
const REFUSAL = /the server responded with a status of (401|503)/;

/** The console of a gateway of its own, for all tests of a `describe`. */
export function useConsole(options: GatewayOptions = {}): TestConsole & { readonly gateway: Gateway } {
  // The gateway reads the page when it starts.
  beforeAll(() => buildGateway());
  const gateway = useGateway(options);
  return { gateway, ...useConsoleOf(() => gateway.url) };
}

/**
 * The console of a gateway that is there. After each test it expects that no page of it said anything to the browser's log,
 * and that none asked another server for anything, but those of `others`.
 */
export function useConsoleOf(url: () => string, others: () => readonly string[] = () => []): TestConsole {
  const complaints: string[] = [];
  const browser = useBrowser();
  const pages: Page[] = [];
  afterEach(async ({ task }) => {
    const shown = pages.splice(0);
    // A context that is closed has no pages to be seen any more.
    if (SCREENSHOTS)
      for (const [index, page] of shown.entries()) await keepPicture(page, `${task.suite?.name} ${task.name} ${index}`);
    expect(complaints.splice(0)).toEqual([]);
  });
  return {
    open: async ({ key, path = "/", width = 1280, height = 900, theme = "light" } = {}) => {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, timezoneId: "UTC" });
      await context.grantPermissions(["clipboard-read", "clipboard-write"]);
      const page = await context.newPage();
      page.setDefaultTimeout(WAIT_MS);
      page.on("console", (line) => {
        if (line.type() === "error" && !REFUSAL.test(line.text())) complaints.push(line.text());
      });
      page.on("pageerror", (error) => complaints.push(String(error)));
      page.on("request", (request) => {
        if (![url(), ...others()].some((own) => request.url().startsWith(own)))
          complaints.push(`asked ${request.url()}`);
      });
      if (key) await page.addInitScript(`sessionStorage.setItem("tollgate.key", ${JSON.stringify(key)})`);
      await page.goto(`${url()}/console${path}`);
      pages.push(page);
      return page;
    },
  };
}

/** Keeps what a page shows at the end of its test. */
async function keepPicture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${SCREENSHOTS}/${name.replace(/[^\w-]+/g, "-").slice(0, 120)}.png` });
}

/** Expects that a person who does not see the page, or does not use a mouse, can use it. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  expect(grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
}

/** Expects that the page fits the window: nobody has to scroll it sideways. */
export async function expectToFit(page: Page): Promise<void> {
  const overhang = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
  expect(overhang).toBeLessThanOrEqual(0);
}
