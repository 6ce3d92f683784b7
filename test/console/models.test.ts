import { describe, expect, test } from "vitest";
import { hasBrowser } from "../kit/browser/use-browser.js";
import { expectAccessible, expectToFit, useConsole } from "../kit/browser/use-console.js";
import { ADMIN_KEY } from "../kit/gateway/gateway.js";

const GROUP = `query ($name: ID!) { modelGroup(name: $name) { displayName models { name priority } } }`;
const PRICES = `{ modelPrices { nodes { model inputUsdPerMillionTokens outputUsdPerMillionTokens cachedInputUsdPerMillionTokens } } }`;

describe.runIf(hasBrowser())("models in the console", () => {
  const { gateway, open } = useConsole();
  const modelsOf = async (name: string) =>
    (await gateway.admin.data(GROUP, { name })).modelGroup.models.map((model: { name: string }) => model.name);

  test("Without a group the page says what one is, and makes the first", async () => {
    const page = await open({ key: ADMIN_KEY, path: "/models" });
    await page.getByText("There is no model group yet.").waitFor();
    await expectAccessible(page);
    await page.getByRole("button", { name: "New group" }).click();
    await expectAccessible(page);
    await page.getByLabel("Name", { exact: true }).fill("chat");
    await page.getByLabel("Models", { exact: true }).fill("gpt-4o\n\ngpt-4o-mini\n");
    await page.getByRole("button", { name: "Make it" }).click();
    await page.getByRole("heading", { name: "chat" }).waitFor();
    expect(await modelsOf("chat")).toEqual(["gpt-4o", "gpt-4o-mini"]);
  });

  test("What the gateway refuses is said where it was tried", async () => {
    const page = await open({ key: ADMIN_KEY, path: "/models" });
    await page.getByRole("button", { name: "New group" }).click();
    await page.getByLabel("Name", { exact: true }).fill("no spaces please");
    await page.getByLabel("Models", { exact: true }).fill("gpt-4o");
    await page.getByRole("button", { name: "Make it" }).click();
    await page.getByRole("dialog").getByRole("alert").getByText("INVALID_INPUT").waitFor();
  });

  test("Models are put into another order by mouse and by keyboard", async () => {
    const name = await gateway.world.modelGroup(["one", "two", "three"]);
    const page = await open({ key: ADMIN_KEY, path: "/models" });
    const list = page.getByRole("list", { name: `Models of ${name}` });
    const names = () => list.getByRole("listitem").allInnerTexts();
    const saved = () =>
      page.waitForResponse((answer) => answer.request().postData()?.includes("UpdateModelGroup") ?? false);

    const grip = list.getByRole("button", { name: "Move three" });
    const [from, to] = [await grip.boundingBox(), await list.getByRole("button", { name: "Move one" }).boundingBox()];
    if (!from || !to) throw new Error("The models are not on the page.");
    const done = saved();
    await page.mouse.move(from.x + 5, from.y + 5);
    await page.mouse.down();
    await page.mouse.move(to.x + 5, to.y + 15, { steps: 8 });
    await page.mouse.move(to.x + 5, to.y, { steps: 4 });
    await page.mouse.up();
    await done;
    expect(await modelsOf(name)).toEqual(["three", "one", "two"]);

    // The page shows the new order, and nothing glides any more.
    await list.getByRole("listitem").first().filter({ hasText: "three" }).waitFor();
    await list.evaluate(async (shown) => {
      await Promise.all(
        shown.getAnimations({ subtree: true }).map((animation: { finished: Promise<unknown> }) => animation.finished),
      );
    });
    await list.getByRole("button", { name: "Move two" }).focus();
    await page.keyboard.press("Space");
    // An arrow is heard once the place is known and the timer has run in which the list begins to listen. A timer that
    // is set later, for as long, runs after it.
    await page.getByText("two is at place 3 of 3.").waitFor({ state: "attached" });
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
    await page.keyboard.press("ArrowUp");
    await page.getByText("two is at place 2 of 3.").waitFor({ state: "attached" });
    const byKeyboard = saved();
    await page.keyboard.press("Space");
    await byKeyboard;
    expect(await modelsOf(name)).toEqual(["three", "two", "one"]);
    expect((await names()).map((text) => text.split("\n")[1])).toEqual(["three", "two", "one"]);
  });

  test("A group is changed, and deleted by its name", async () => {
    const name = await gateway.world.modelGroup(["gpt-4o"]);
    const page = await open({ key: ADMIN_KEY, path: "/models" });
    await page.getByRole("button", { name: `Edit ${name}` }).click();
    await page.getByLabel("Name for people").fill("For drafts");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("heading", { name: "For drafts" }).waitFor();
    expect((await gateway.admin.data(GROUP, { name })).modelGroup.displayName).toBe("For drafts");

    await page.getByRole("button", { name: `Delete ${name}` }).click();
    const act = page.getByRole("dialog").getByRole("button", { name: "Delete" });
    expect(await act.isDisabled()).toBe(true);
    await page.getByLabel(`Type ${name} to go on`).fill(name);
    await act.click();
    await page.getByRole("heading", { name: "For drafts" }).waitFor({ state: "detached" });
    expect((await gateway.admin.send(GROUP, { name })).errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
  });

  test("A price is set, changed and removed", async () => {
    const page = await open({ key: ADMIN_KEY, path: "/models?tab=prices" });
    await page.getByText("No price is set here.").waitFor();
    await page.getByRole("button", { name: "New price" }).click();
    await page.getByLabel("Model", { exact: true }).fill("house-model");
    await page.getByLabel("Input", { exact: true }).fill("0.15");
    await page.getByLabel("Output", { exact: true }).fill("0.60");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("cell", { name: "house-model", exact: true }).waitFor();
    expect((await gateway.admin.data(PRICES)).modelPrices.nodes).toMatchObject([
      { model: "house-model", inputUsdPerMillionTokens: "0.15", outputUsdPerMillionTokens: "0.6" },
    ]);
    await expectAccessible(page);
    await page.getByRole("button", { name: "Edit the price of house-model" }).click();
    await page.getByLabel("Cached input", { exact: true }).fill("0.075");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("cell", { name: "$0.075" }).waitFor();
    await page.getByRole("button", { name: "Remove the price of house-model" }).click();
    await page.getByLabel("Type house-model to go on").fill("house-model");
    await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await page.getByText("No price is set here.").waitFor();
    expect((await gateway.admin.data(PRICES)).modelPrices.nodes).toEqual([]);
  });

  test("A team sees its own groups, and changes nothing", async () => {
    const team = await gateway.world.team();
    const page = await open({ key: team.secret, path: "/models?tab=prices" });
    await page.getByRole("heading", { name: team.modelGroup }).waitFor();
    for (const name of ["New group", "New price", /^Edit/, /^Delete/, /^Move/])
      expect(await page.getByRole("button", { name }).count()).toBe(0);
  });

  test.each([
    ["light", 360],
    ["dark", 1280],
  ] as const)("The page fits and can be used by all: %s, %s px", async (theme, width) => {
    const page = await open({ key: ADMIN_KEY, path: "/models", theme, width });
    await page.getByRole("heading", { name: "chat" }).waitFor();
    await expectToFit(page);
    await expectAccessible(page);
  });
});
