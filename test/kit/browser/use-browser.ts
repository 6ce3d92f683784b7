import { existsSync } from "node:fs";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from "playwright-core";
import { afterAll, afterEach, beforeAll } from "vitest";

/** Where Debian's package `chromium` puts it. CHROMIUM names another. */
const PROGRAM = process.env.CHROMIUM ?? "/usr/bin/chromium";
/** Root has no sandbox, and /dev/shm of a container is too small for a page. */
const OPTIONS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"];

/** Whether this machine has a browser for the tests; CI must. */
export function hasBrowser(): boolean {
  const isHere = existsSync(PROGRAM);
  if (!isHere && process.env.REQUIRE_CHROMIUM)
    throw new Error(`REQUIRE_CHROMIUM is set, and ${PROGRAM} is missing: install Debian's package chromium.`);
  return isHere;
}

export interface TestBrowser {
  /** A window with no cookies and nothing stored, which is closed after the test. */
  newContext(options?: BrowserContextOptions): Promise<BrowserContext>;
}

/** One Chromium for all tests of a `describe` or a file. Those run only if `hasBrowser()`. */
export function useBrowser(): TestBrowser {
  let browser: Browser | undefined;
  const contexts: BrowserContext[] = [];
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: PROGRAM, args: OPTIONS });
  });
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
  });
  afterAll(() => browser?.close());
  return {
    newContext: async (options) => {
      if (!browser) throw new Error("The browser is there only inside tests.");
      const context = await browser.newContext(options);
      contexts.push(context);
      return context;
    },
  };
}
