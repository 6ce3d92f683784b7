import type { Page } from "playwright-core";
import { beforeEach, describe, expect, test } from "vitest";
import { hasBrowser } from "../kit/browser/use-browser.js";
import { expectAccessible, expectToFit, useConsole } from "../kit/browser/use-console.js";
import { ADMIN_KEY } from "../kit/gateway/gateway.js";
import { answers, useReceiver, verify } from "../kit/webhooks/receiver.js";
import { createWebhook, deliveriesOf, TEST_WEBHOOK } from "../kit/webhooks/webhooks.js";

const WEBHOOK = "query ($id: ID!) { webhook(id: $id) { url events isEnabled organizationId teamId } }";
const idIn = (page: Page): string => new URL(page.url()).pathname.split("/").at(-1) ?? "";

describe.runIf(hasBrowser())("webhooks in the console", () => {
  const { gateway, open } = useConsole({ env: { WEBHOOK_PRIVATE_NETWORKS: "allow" } });
  const receiver = useReceiver();
  const webhook = async (id: string) => (await gateway.admin.data(WEBHOOK, { id })).webhook;
  beforeEach(async () => {
    await gateway.database.db.webhook.updateMany({ data: { isEnabled: false } });
    receiver.received.length = 0;
    receiver.behaviour = answers(200);
  });

  test("A webhook is made for one team, and its secret signs what arrives", async () => {
    const team = await gateway.world.team();
    const page = await open({ key: ADMIN_KEY, path: "/webhooks" });
    await page.getByText("There is no webhook yet.").waitFor();
    await expectAccessible(page);
    await page.getByRole("button", { name: "New webhook" }).first().click();
    await page.getByLabel("Address", { exact: true }).fill(receiver.url);
    // A webhook that is told of nothing is a slip.
    expect(await page.getByRole("button", { name: "Make it" }).isDisabled()).toBe(true);
    await page.getByLabel("Job completed").check();
    await page.getByLabel("Credits low").check();
    await page.getByLabel("Told of").selectOption(team.organizationId);
    await page.getByLabel("Only this team").fill("nobody");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Make it" }).click();
    await page.getByRole("alert").getByText("NOT_FOUND").waitFor();
    await page.getByLabel("Only this team").fill(team.id);
    await page.getByRole("button", { name: "Make it" }).click();
    await page.getByText("This is the only time that the secret is shown.").waitFor();
    await page.getByRole("button", { name: "Copy" }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    const secret = await page.evaluate<string>("navigator.clipboard.readText()");
    await page.getByRole("button", { name: "Go to the webhook" }).click();
    await page.getByText("Nothing was sent yet.").waitFor();
    expect(await webhook(idIn(page))).toEqual({
      url: receiver.url,
      events: ["JOB_COMPLETED", "CREDITS_LOW"],
      isEnabled: true,
      organizationId: team.organizationId,
      teamId: team.id,
    });

    await page.getByRole("button", { name: "Send a test" }).click();
    const test = await receiver.first();
    verify(test, secret);
    await page.getByRole("cell", { name: "delivered" }).waitFor();
  });

  test("A job's event that was refused is followed to its try, and replayed until it arrives", async () => {
    const team = await gateway.world.team();
    const { id } = await createWebhook(gateway.admin, {
      url: receiver.url,
      events: ["JOB_COMPLETED"],
      teamId: team.id,
    });
    receiver.behaviour = answers(503);
    const page = await open({ key: ADMIN_KEY, path: `/webhooks/${id}` });
    await page.getByText("Nothing was sent yet.").waitFor();
    const job = await team.job();
    await job.complete();
    const [refused] = await receiver.until(1);
    // Nobody loads the page again: what is on its way is renewed by itself.
    await page.getByRole("cell", { name: "pending" }).waitFor({ timeout: 20_000 });
    await page.getByRole("button", { name: "Job completed" }).click();
    await page.getByText("The receiver answered with the status 503.").last().waitFor();
    await page.getByRole("region", { name: "What is posted" }).getByText(job.id).waitFor();
    await expectAccessible(page);
    receiver.behaviour = answers(204);
    await page.getByRole("button", { name: "Replay" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("delivered").waitFor();
    await dialog.getByText("status 204").first().waitFor();
    // It is also tried by itself, at about the time of the first replay. Then what comes comes only because it is replayed.
    await gateway.app.webhooks.sender.idle();
    const before = receiver.received.length;
    await page.getByRole("button", { name: "Replay" }).click();
    const replayed = (await receiver.until(before + 1)).at(-1);
    expect(replayed?.id).toBe(refused?.id);
    // Whatever was tried is shown in the end.
    const isAllShown = async () => {
      const [delivery] = await deliveriesOf(gateway.admin, id);
      const arrivals = await dialog.getByText("status 204").count();
      // On a slow machine it may have been refused more than once, since it is also tried by itself.
      const taken = delivery.tries.filter(({ httpStatus }: { httpStatus: number }) => httpStatus === 204);
      return delivery.status === "DELIVERED" && arrivals >= 2 && arrivals === taken.length;
    };
    await expect.poll(isAllShown, { timeout: 15_000 }).toBe(true);
    const [delivery] = await deliveriesOf(gateway.admin, id);
    expect(delivery.tries[0]).toMatchObject({ httpStatus: 503 });
  });

  test("Deliveries are found by status and event, in the address", async () => {
    const { id } = await createWebhook(gateway.admin, { url: receiver.url, events: ["JOB_COMPLETED"] });
    await gateway.admin.data(TEST_WEBHOOK, { id });
    await receiver.until(1);
    const page = await open({ key: ADMIN_KEY, path: `/webhooks/${id}` });
    await page.getByRole("cell", { name: "delivered" }).waitFor();
    await page.getByLabel("Event", { exact: true }).selectOption("Job failed");
    await page.getByText("No delivery fits.").waitFor();
    await page.getByLabel("Event", { exact: true }).selectOption("Test");
    await page.getByLabel("Status").selectOption("Delivered");
    await page.getByRole("cell", { name: "delivered" }).waitFor();
    await page.reload();
    await page.getByRole("cell", { name: "delivered" }).waitFor();
    expect(await page.getByLabel("Status").inputValue()).toBe("DELIVERED");
    await page.getByLabel("Status").selectOption("Failed");
    await page.getByText("No delivery fits.").waitFor();
  });

  test("A webhook is changed, disabled and enabled, and gets a new secret", async () => {
    const { id, secret: old } = await createWebhook(gateway.admin, { url: receiver.url, events: ["JOB_COMPLETED"] });
    const page = await open({ key: ADMIN_KEY, path: `/webhooks/${id}` });
    await page.getByRole("button", { name: "Edit" }).click();
    await page.getByLabel("Address", { exact: true }).fill(`${receiver.url}?changed`);
    await page.getByLabel("Job completed").uncheck();
    await page.getByLabel("Key expiring").check();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText(`${receiver.url}?changed`).waitFor();
    expect(await webhook(id)).toMatchObject({ url: `${receiver.url}?changed`, events: ["KEY_EXPIRING"] });

    await page.getByRole("button", { name: "Disable" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
    await page.getByText("disabled", { exact: true }).waitFor();
    expect((await webhook(id)).isEnabled).toBe(false);
    expect(await page.getByRole("button", { name: "Send a test" }).count()).toBe(0);
    await page.getByRole("button", { name: "Enable" }).click();
    await page.getByText("enabled", { exact: true }).waitFor();
    expect((await webhook(id)).isEnabled).toBe(true);

    await page.getByRole("button", { name: "Rotate secret" }).click();
    await page.getByLabel("The old secret signs as well").selectOption("not at all");
    await page.getByRole("button", { name: "Rotate", exact: true }).click();
    const secret = (await page.getByTestId("secret").textContent()) ?? "";
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByRole("button", { name: "Send a test" }).click();
    const sent = await receiver.first();
    verify(sent, secret);
    expect(() => verify(sent, old)).toThrow();
  });

  test("A webhook is deleted by the name of its host, and its list is shown without it", async () => {
    const { id } = await createWebhook(gateway.admin, { url: receiver.url, events: ["JOB_FAILED"] });
    await gateway.admin.data(TEST_WEBHOOK, { id });
    const { host } = new URL(receiver.url);
    const page = await open({ key: ADMIN_KEY, path: "/webhooks" });
    const link = page.locator(`a[href$="/webhooks/${id}"]`);
    await link.click();
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByText("Of it, 1 delivery is deleted, too.").waitFor();
    await page.getByLabel(`Type ${host} to go on`).fill(host);
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await page.getByRole("heading", { name: "Webhooks" }).waitFor();
    await page.getByRole("button", { name: "New webhook" }).first().waitFor();
    await link.waitFor({ state: "detached" });
    await gateway.admin.refusal("NOT_FOUND", WEBHOOK, { id });
  });

  test("An organization's key makes webhooks of its own, and a team's key sees none", async () => {
    const team = await gateway.world.team();
    const { secret } = await gateway.world.organizationKey(team.organizationId);
    const { id: others } = await createWebhook(gateway.admin, { url: receiver.url, events: ["JOB_FAILED"] });
    const page = await open({ key: secret, path: "/webhooks" });
    await page.getByText("There is no webhook yet.").waitFor();
    await page.getByRole("button", { name: "New webhook" }).first().click();
    await page.getByLabel("Address", { exact: true }).fill(receiver.url);
    await page.getByLabel("Job failed").check();
    expect(await page.getByLabel("Told of").count()).toBe(0);
    await page.getByRole("button", { name: "Make it" }).click();
    await page.getByRole("button", { name: "Go to the webhook" }).click();
    await page.getByText("Nothing was sent yet.").waitFor();
    expect(await webhook(idIn(page))).toMatchObject({ organizationId: team.organizationId, teamId: null });
    await page.goto(`${gateway.url}/console/webhooks/${others}`);
    await page.getByRole("alert").getByText("NOT_FOUND").waitFor();
    const teams = await open({ key: team.secret, path: "/webhooks" });
    await teams.getByRole("heading", { name: "This page is not for you" }).waitFor();
    expect(await teams.getByRole("link", { name: "Webhooks" }).count()).toBe(0);
  });

  test.each([
    ["light", 360],
    ["dark", 1280],
  ] as const)("The pages fit and can be used by all: %s, %s px", async (theme, width) => {
    receiver.behaviour = answers(500);
    const { id } = await createWebhook(gateway.admin, {
      url: `${receiver.url}/${"long".repeat(30)}`,
      events: ["JOB_FAILED"],
    });
    await gateway.admin.data(TEST_WEBHOOK, { id });
    const page = await open({ key: ADMIN_KEY, path: "/webhooks", theme, width });
    await page.locator(`a[href$="/webhooks/${id}"]`).waitFor();
    await expectToFit(page);
    await expectAccessible(page);
    await page.goto(`${gateway.url}/console/webhooks/${id}`);
    await page.getByRole("cell", { name: "pending" }).waitFor();
    await expectToFit(page);
    await expectAccessible(page);
    await page.getByRole("button", { name: "Test", exact: true }).click();
    await page.getByRole("heading", { name: "Tries" }).waitFor();
    await expectToFit(page);
    await expectAccessible(page);
  });
});
