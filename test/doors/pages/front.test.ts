import { describe, expect, it } from "vitest";
import { hasBrowser, useBrowser } from "../../kit/browser/use-browser.js";
import { send } from "../../kit/clients/http.js";
import { type Gateway, useGateway } from "../../kit/gateway/gateway.js";

const HTML = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };
const linksIn = (html: string) => [...html.matchAll(/<a href="([^"]+)"/g)].map(([, path]) => String(path));
const open = (gateway: Gateway) => send(gateway, { path: "/", headers: HTML });

interface Front {
  readonly name: string;
  readonly description: string;
  readonly links: readonly { readonly name: string; readonly path: string; readonly description: string }[];
}

describe("the front page", () => {
  const gateway = useGateway();
  const closed = useGateway({ env: { INTROSPECTION: "off" } });

  it("is a page for people, which has no script and loads nothing", async () => {
    const { status, headers, text } = await open(gateway);
    expect(status).toBe(200);
    expect(headers).toMatchObject({ "content-type": "text/html; charset=utf-8", "x-frame-options": "DENY" });
    expect(String(headers.vary)).toContain("accept");
    expect(headers["content-security-policy"]).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; img-src data:; /,
    );
    expect(text).not.toMatch(/<script|https?:/);
    expect(text).toContain("sold by the job");
  });

  it.each([undefined, "*/*", "application/json", "application/json, text/html;q=0.9"])(
    "is JSON with the same links if the client accepts %s",
    async (accept) => {
      const { status, headers, text } = await send(gateway, { path: "/", headers: { ...(accept && { accept }) } });
      expect(status).toBe(200);
      expect(headers["content-type"]).toBe("application/json; charset=utf-8");
      const { name, links }: Front = JSON.parse(text);
      expect(name).toBe("Tollgate");
      const paths = links.map(({ path }) => path);
      expect(paths).toEqual(expect.arrayContaining(linksIn((await open(gateway)).text)));
      expect(paths).toEqual(expect.arrayContaining(["/graphql", "/graphql/stream", "/api", "/v1"]));
    },
  );

  it("leads only to pages that are there", async () => {
    const paths = linksIn((await open(gateway)).text);
    expect(paths).toEqual(expect.arrayContaining(["/graphiql", "/graphql", "/docs", "/health/ready"]));
    for (const path of paths) expect((await send(gateway, { path, headers: HTML })).status, path).toBe(200);
    const isThere = (await send(gateway, { path: "/console", headers: HTML })).status === 200;
    expect(paths.includes("/console")).toBe(isThere);
  });

  it("names no page that INTROSPECTION=off takes away", async () => {
    const paths = linksIn((await open(closed)).text);
    expect(paths.filter((path) => path !== "/console")).toEqual(["/health/ready"]);
    for (const path of paths) expect((await send(closed, { path, headers: HTML })).status, path).toBe(200);
  });
});

describe.runIf(hasBrowser())("the front page in a browser", () => {
  const gateway = useGateway();
  const browser = useBrowser();

  it.each(["light", "dark"] as const)(
    "fits a narrow phone in %s colours, and can be used by keyboard",
    async (colorScheme) => {
      const context = await browser.newContext({ viewport: { width: 360, height: 640 }, colorScheme });
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on("console", (line) => void complaints.push(line.text()));
      await page.goto(gateway.url);
      // The policy lets the page have its style.
      const back = await page.evaluate("getComputedStyle(document.body).backgroundColor");
      expect(back).toBe(colorScheme === "light" ? "rgb(247, 247, 245)" : "rgb(19, 19, 18)");
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
      expect(complaints).toEqual([]);
      await page.getByRole("link", { name: /GraphiQL/ }).focus();
      await page.keyboard.press("Enter");
      await page.waitForURL(`${gateway.url}/graphiql`);
    },
  );
});
