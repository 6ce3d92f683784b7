import { describe, expect, it } from "vitest";
import { hasBrowser, useBrowser } from "../../kit/browser/use-browser.js";
import { useGateway } from "../../kit/gateway/gateway.js";

describe.runIf(hasBrowser())("GraphiQL in a browser", () => {
  const gateway = useGateway();
  const browser = useBrowser();

  it("opens with everything from this server, and breaks no rule of its own policy", async () => {
    const page = await (await browser.newContext()).newPage();
    const asked: string[] = [];
    const complaints: string[] = [];
    page.on("request", (request) => void asked.push(new URL(request.url()).origin));
    page.on("pageerror", (error) => void complaints.push(error.message));
    page.on("console", (line) => void (line.type() === "error" && complaints.push(line.text())));
    await page.goto(`${gateway.url}/graphiql`);
    await page.getByRole("button", { name: /execute/i }).waitFor();
    expect(new Set(asked.filter((origin) => origin !== "null"))).toEqual(new Set([gateway.url]));
    expect(complaints).toEqual([]);
  });
});
