import { readdirSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { hasBrowser } from "../kit/browser/use-browser.js";
import { useConsole } from "../kit/browser/use-console.js";
import { ADMIN_KEY } from "../kit/gateway/gateway.js";

/** What the scripts of the first page may weigh as they are sent, in bytes. */
const SCRIPTS_BYTES_MAX = 300_000;

describe.runIf(hasBrowser())("the files of the console", () => {
  const { gateway, open } = useConsole();
  let files: string[];
  beforeAll(() => {
    files = readdirSync("dist/console/assets");
  });
  const ask = (path: string, headers: Record<string, string> = {}) => fetch(gateway.url + path, { headers });

  test("are few on the first page, and sent compressed", async () => {
    const page = await open({ key: ADMIN_KEY });
    await page.getByRole("figure", { name: "Jobs by outcome" }).waitFor();
    const scripts = await page.evaluate<[string, number][]>(
      "performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js')).map(({ name, encodedBodySize }) => [name, encodedBodySize])",
    );
    const bytes = scripts.reduce((sum, [, size]) => sum + size, 0);
    expect(bytes, JSON.stringify(scripts)).toBeGreaterThan(100_000);
    expect(bytes, JSON.stringify(scripts)).toBeLessThan(SCRIPTS_BYTES_MAX);
  });

  test("may be kept for ever, in each form that a browser takes", async () => {
    const script = files.find((name) => name.endsWith(".js"));
    const sizes: number[] = [];
    for (const [encoding, sent] of [
      ["br, gzip", "br"],
      ["gzip", "gzip"],
      ["identity", null],
    ] as const) {
      const answer = await ask(`/console/assets/${script}`, { "accept-encoding": encoding });
      expect([answer.status, answer.headers.get("content-encoding")]).toEqual([200, sent]);
      expect(answer.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
      expect(answer.headers.get("content-type")).toMatch(/javascript/);
      sizes.push((await answer.arrayBuffer()).byteLength);
    }
    // fetch has unpacked them, so all are the same script.
    expect(new Set(sizes).size).toBe(1);
  });

  test("that are not there are not found, and what stands below /console is the page", async () => {
    expect((await ask("/console/assets/no-such-file.js")).status).toBe(404);
    expect((await ask("/console/assets/../../package.json")).status).toBe(404);
    for (const path of ["/console", "/console/", "/console/jobs/1?call=2"]) {
      const answer = await ask(path);
      expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "no-cache"]);
      expect(await answer.text()).toContain('<div id="console">');
    }
  });

  test("have a policy that lets no other script or style in, with a number of its own in each answer", async () => {
    const policies = [];
    for (const _ of [1, 2]) {
      const answer = await ask("/console");
      const policy = answer.headers.get("content-security-policy") ?? "";
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
      expect(await answer.text()).toContain(`name="style-nonce" content="${nonce}"`);
      expect(policy).not.toMatch(/unsafe|https?:|\*/);
      policies.push(policy);
    }
    expect(policies[0]).not.toBe(policies[1]);
  });

  test("hold no script of somebody else: what is put into the page does not run", async () => {
    const page = await open({ key: ADMIN_KEY });
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    // The kit takes each line of the browser's log for a fault.
    page.removeAllListeners("console");
    const refused = page.waitForEvent("console", (line) => line.text().includes("Content Security Policy"));
    await page.evaluate(
      "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.wasRun = true\">')",
    );
    await refused;
    expect(await page.evaluate("window.wasRun ?? null")).toBeNull();
  });
});
