import { describe, expect, it } from "vitest";
import { hasBrowser, useBrowser } from "../../kit/browser/use-browser.js";
import { useGateway } from "../../kit/gateway/gateway.js";

const SCRIPT = "https://embeddable-sandbox.cdn.apollographql.com/**";

describe.runIf(hasBrowser())("Apollo Sandbox's page in a browser", () => {
  const gateway = useGateway();
  const browser = useBrowser();

  it("says that Sandbox could not be loaded without the internet, and leads to GraphiQL", async () => {
    const page = await (await browser.newContext()).newPage();
    await page.route(SCRIPT, (route) => route.abort("internetdisconnected"));
    await page.goto(`${gateway.url}/graphql`);
    const words = page.getByRole("alert");
    await words.waitFor();
    expect(await words.textContent()).toMatch(/^Apollo Sandbox could not be loaded/);
    expect(await page.getByRole("link", { name: "GraphiQL" }).count()).toBe(1);
    await page.getByRole("link", { name: "GraphiQL" }).click();
    await page.waitForURL(`${gateway.url}/graphiql`);
  });

  it("opens Sandbox with a first document if its script comes", async () => {
    const page = await (await browser.newContext()).newPage();
    const body = "window.EmbeddedSandbox = class { constructor(options) { window.opened = options; } };";
    await page.route(SCRIPT, (route) => route.fulfill({ contentType: "text/javascript", body }));
    await page.goto(`${gateway.url}/graphql`);
    const opened = await page.evaluate("window.opened");
    expect(opened).toMatchObject({ initialEndpoint: `${gateway.url}/graphql`, initialState: { headers: {} } });
    expect(await page.getByRole("alert").count()).toBe(0);
  });
});
