import { describe, expect, test } from "vitest";
import { hasBrowser } from "../kit/browser/use-browser.js";
import { expectAccessible, expectToFit, useConsole } from "../kit/browser/use-console.js";
import { ADMIN_KEY } from "../kit/gateway/gateway.js";

const JOB = `query ($id: ID!) { job(id: $id) { status jobType costs { totalCalls creditApplied } } }`;

describe.runIf(hasBrowser())("the playground", () => {
  const { gateway, open } = useConsole({ env: { SIMULATED_TOKEN_MS: "20" } });

  test("Two calls are made in a job, which grows and is paid once", async () => {
    const team = await gateway.world.team({ credits: 3 });
    const page = await open({ key: team.secret, path: "/playground" });
    await page.getByText("3 credits left").waitFor();
    await page.getByRole("button", { name: "Run" }).click();
    await page.getByText("Write a message first.").waitFor();

    await page.getByRole("button", { name: "Open a job" }).click();
    await page.getByText("2 credits left").waitFor();
    await page.getByLabel("Message 1", { exact: true }).fill("What is a tollgate?");
    await page.getByRole("button", { name: "Run" }).click();
    const said = page.getByRole("log", { name: "Text of the answer" });
    await said.getByText("tollgate").waitFor();
    await page.getByText("succeeded").waitFor();
    await page.getByRole("button", { name: "Go on from here" }).click();
    await page.getByLabel("Message 3", { exact: true }).fill("And why?");
    await page.keyboard.press("Control+Enter");
    await page.getByRole("definition").getByText("2", { exact: true }).waitFor();
    await page.getByText("succeeded").waitFor();
    await expectAccessible(page);

    const id = (await page.getByRole("link", { name: /^[0-9a-f]{8}$/ }).getAttribute("href"))?.split("/").at(-1);
    await page.getByRole("button", { name: "Complete it" }).click();
    await page.getByText("one credit was taken").waitFor();
    await page.getByText("2 credits left").waitFor();
    expect((await team.client.data(JOB, { id })).job).toEqual({
      status: "COMPLETED",
      jobType: "playground",
      costs: { totalCalls: 2, creditApplied: true },
    });
  });

  test("A call is cancelled while it speaks, and keeps what it has said", async () => {
    const team = await gateway.world.team();
    const page = await open({ key: team.secret, path: "/playground" });
    await page.getByLabel("Message 1", { exact: true }).fill("Tell me a long story. ".repeat(50));
    await page.getByRole("button", { name: "Run" }).click();
    await page
      .getByRole("log")
      .getByText(/\w+ \w+/)
      .waitFor();
    await page.getByRole("button", { name: "Cancel", exact: true }).click();
    await page.getByText("cancelled", { exact: true }).waitFor();
    const { llmCalls } = await team.client.data("{ llmCalls { nodes { status content } } }");
    expect(llmCalls.nodes).toMatchObject([{ status: "CANCELLED" }]);
    await page.getByRole("log").getByText(llmCalls.nodes[0].content).waitFor();
  });

  test("The call is written down as programs, without the key", async () => {
    const team = await gateway.world.team();
    const page = await open({ key: team.secret, path: "/playground" });
    await page.getByLabel("Message 1", { exact: true }).fill("Hello");
    for (const [language, words] of [
      ["curl", "/v1/chat/completions"],
      ["GraphQL", "streamLlmCall"],
      ["Python", "from openai import OpenAI"],
      ["TypeScript", 'import OpenAI from "openai"'],
    ] as const) {
      await page.getByRole("tab", { name: language }).click();
      await page
        .getByRole("region", { name: `The call as ${language}` })
        .getByText(words)
        .waitFor();
      await page.getByRole("button", { name: `Copy as ${language}` }).click();
      await page.getByRole("button", { name: "Copied" }).waitFor();
      const copied = await page.evaluate<string>("navigator.clipboard.readText()");
      expect(copied).toContain(words);
      expect(copied).not.toContain(team.secret);
    }
  });

  test("What the gateway refuses is said: a team without credits", async () => {
    const team = await gateway.world.team({ credits: 0 });
    const page = await open({ key: team.secret, path: "/playground" });
    await page.getByRole("button", { name: "Open a job" }).click();
    await page.getByRole("alert").getByText("INSUFFICIENT_CREDITS").waitFor();
    await page.getByLabel("Message 1", { exact: true }).fill("Hello");
    await page.getByRole("button", { name: "Run" }).click();
    await page.getByRole("alert").nth(1).getByText("INSUFFICIENT_CREDITS").waitFor();
  });

  test("Whoever manages teams is told what a call needs", async () => {
    const page = await open({ key: ADMIN_KEY, path: "/playground" });
    await page.getByText("Calls are made with a team's key.").waitFor();
    await expectAccessible(page);
  });

  test("It fits a telephone", async () => {
    const team = await gateway.world.team();
    const page = await open({ key: team.secret, path: "/playground", width: 360, theme: "dark" });
    await page.getByRole("button", { name: "Run" }).waitFor();
    await expectToFit(page);
    await expectAccessible(page);
  });
});
