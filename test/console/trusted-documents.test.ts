import { describe, expect, test } from "vitest";
import { hasBrowser } from "../kit/browser/use-browser.js";
import { useConsole } from "../kit/browser/use-console.js";
import { manifestOf, writeManifest } from "../kit/documents/manifest.js";

describe.runIf(hasBrowser())("the console of a gateway that runs listed documents only", () => {
  const { gateway, open } = useConsole({ env: { TRUSTED_DOCUMENTS: writeManifest(manifestOf([])) } });

  test("It runs what its pages ask, and nothing else", async () => {
    const { id, secret, client } = await gateway.world.team();
    expect((await client.send("{ viewer { __typename } }")).errors?.[0]?.extensions.code).toBe("DOCUMENT_NOT_TRUSTED");
    const page = await open({ key: secret });
    await page.getByRole("figure", { name: "Jobs by outcome" }).waitFor();
    for (const [path, heading] of [
      ["/jobs", "Jobs"],
      ["/live", "Live"],
      ["/calls", "Calls"],
      [`/teams/${id}?tab=keys`, id],
      ["/models", "Models"],
      ["/playground", "Playground"],
    ] as const) {
      await page.goto(`${gateway.url}/console${path}`);
      await page.getByRole("heading", { name: heading, exact: true }).waitFor();
      await page.waitForLoadState("networkidle");
      expect(await page.getByRole("alert").allTextContents(), path).toEqual([]);
    }
    await page.getByRole("button", { name: "Open a job" }).click();
    await page.getByText("One credit is held for it.").waitFor();
    await page.getByRole("definition").getByText("$0.00").waitFor();
  });
});
