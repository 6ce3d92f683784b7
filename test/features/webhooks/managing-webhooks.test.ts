import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { FakeClock } from "../../kit/gateway/clock.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { runTasks } from "../../kit/gateway/tasks.js";
import { DELETE_ORGANIZATION, DELETE_TEAM } from "../../kit/lifecycle.js";
import { answers, useReceiver, verifyAt } from "../../kit/webhooks/receiver.js";
import {
  CREATE_WEBHOOK,
  createWebhook,
  DELETE_WEBHOOK,
  deliveriesOf,
  REPLAY,
  ROTATE_WEBHOOK_SECRET,
  send,
  TEST_WEBHOOK,
  UPDATE_WEBHOOK,
} from "../../kit/webhooks/webhooks.js";

const clock = new FakeClock();
const gateway = useGateway({ clock, env: { WEBHOOK_PRIVATE_NETWORKS: "allow" } });
const receiver = useReceiver();
const events = ["JOB_COMPLETED"];

beforeAll(() => gateway.server.background.stop());
beforeEach(async () => {
  await gateway.database.db.webhook.deleteMany();
  receiver.received.length = 0;
  receiver.behaviour = answers(200);
});

const test = (id: string) => gateway.admin.data(TEST_WEBHOOK, { id });

describe("the secret of a webhook", () => {
  it("signs a request alone, then beside the one before it for the grace, and then the one before signs no more", async () => {
    const { id, secret } = await createWebhook(gateway.admin, { url: receiver.url, events });
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const { rotateWebhookSecret } = await gateway.admin.data(ROTATE_WEBHOOK_SECRET, { id, grace: 60 });
    const renewed: string = rotateWebhookSecret.secret;
    await test(id);
    await send(gateway);
    await clock.advance(61_000);
    await test(id);
    await send(gateway);
    const [both, one] = receiver.received;
    if (!both || !one) throw new Error("Both tests arrive.");
    expect(String(both.headers["webhook-signature"]).split(" ")).toHaveLength(2);
    for (const each of [secret, renewed]) expect(verifyAt(both, each)).toEqual(both.event);
    expect(verifyAt(one, renewed)).toEqual(one.event);
    expect(() => verifyAt(one, secret)).toThrow("No matching signature");
    expect(() => verifyAt({ ...both, text: `${both.text} ` }, secret)).toThrow("No matching signature");
    expect(both.event).toEqual({ type: "webhook.test", timestamp: expect.any(String), data: { webhook_id: id } });
  });

  it("is neither stored in clear nor shown again", async () => {
    const { id, secret } = await createWebhook(gateway.admin, { url: receiver.url, events });
    const row = await gateway.database.db.webhook.findUniqueOrThrow({ where: { id } });
    expect(Buffer.from(row.secret).includes(Buffer.from(secret.replace("whsec_", ""), "base64"))).toBe(false);
    const { __type } = await gateway.admin.data('{ __type(name: "Webhook") { fields { name } } }');
    expect(__type.fields.map(({ name }: { name: string }) => name)).not.toContain("secret");
  });

  it("that was encrypted with another key fails the try, and is repaired by another secret", async () => {
    const { id } = await createWebhook(gateway.admin, { url: receiver.url, events });
    const other = await createWebhook(gateway.admin, { url: receiver.url, events });
    const strange = await gateway.database.db.webhook.findUniqueOrThrow({ where: { id: other.id } });
    // What was encrypted for one webhook cannot be read as that of another.
    await gateway.database.db.webhook.update({ where: { id }, data: { secret: strange.secret } });
    await test(id);
    await send(gateway);
    const error = "The webhook's secret cannot be read any more. It must be rotated.";
    expect((await deliveriesOf(gateway.admin, id))[0]).toMatchObject({ status: "PENDING", tries: [{ error }] });
    const { rotateWebhookSecret } = await gateway.admin.data(ROTATE_WEBHOOK_SECRET, { id, grace: 0 });
    await clock.advance(6_000);
    await send(gateway);
    const [received] = receiver.received;
    expect(received && verifyAt(received, rotateWebhookSecret.secret)).toBeTruthy();
  });

  it.each([-1, 604_801])("has no grace of %i seconds", async (grace) => {
    const { id } = await createWebhook(gateway.admin, { url: receiver.url, events });
    const refusal = await gateway.admin.refusal("INVALID_INPUT", ROTATE_WEBHOOK_SECRET, { id, grace });
    expect(refusal.extensions.field).toBe("graceSeconds");
  });
});

describe("a webhook", () => {
  it("of an organization is made by its key, for itself or one of its teams", async () => {
    const team = await gateway.world.team();
    const stranger = await gateway.world.team();
    const { client } = await gateway.world.organizationKey(team.organizationId);
    const created = async (input: object) =>
      (await client.data(CREATE_WEBHOOK, { input: { url: receiver.url, events, ...input } })).createWebhook.webhook;
    const ofAll = { organizationId: team.organizationId, teamId: null };
    expect(await created({})).toMatchObject(ofAll);
    expect(await created({ organizationId: team.organizationId })).toMatchObject(ofAll);
    expect(await created({ teamId: team.id })).toMatchObject({ ...ofAll, teamId: team.id });
    const refused = async (input: object) =>
      client.refusal("NOT_FOUND", CREATE_WEBHOOK, { input: { url: receiver.url, events, ...input } });
    await refused({ teamId: stranger.id });
    await refused({ organizationId: stranger.organizationId });
    const { id } = await createWebhook(gateway.admin, { url: receiver.url, events });
    await client.refusal("NOT_FOUND", "query ($id: ID!) { webhook(id: $id) { id } }", { id });
    const { webhooks } = await client.data("{ webhooks { totalCount } }");
    expect(webhooks.totalCount).toBe(3);
    const input = { url: receiver.url, events, teamId: team.id, organizationId: stranger.organizationId };
    await gateway.admin.refusal("NOT_FOUND", CREATE_WEBHOOK, { input });
  });

  it.each([
    [[], "input.events"],
    [["JOB_FAILED", "JOB_FAILED"], "input.events"],
    [["WEBHOOK_TEST"], "input.events"],
  ])("cannot ask for %j", async (wrong, field) => {
    const { id } = await createWebhook(gateway.admin, { url: receiver.url, events });
    for (const [document, input] of [
      [CREATE_WEBHOOK, { url: receiver.url, events: wrong }],
      [UPDATE_WEBHOOK, { id, events: wrong }],
    ] as const) {
      const refusal = await gateway.admin.refusal("INVALID_INPUT", document, { input });
      expect(refusal.extensions.field).toBe(field);
    }
  });

  it("can be told of something else, elsewhere, or of nothing", async () => {
    const { id } = await createWebhook(gateway.admin, { url: receiver.url, events });
    const input = { id, url: `${receiver.url}/2`, events: ["KEY_EXPIRING"], isEnabled: false };
    expect((await gateway.admin.data(UPDATE_WEBHOOK, { input })).updateWebhook).toEqual(input);
    const nothing = { id, url: null, events: null, isEnabled: null };
    expect((await gateway.admin.data(UPDATE_WEBHOOK, { input: nothing })).updateWebhook).toEqual(input);
  });

  it("is one of 20 of its owner, and of 10,000 in all", async () => {
    const organization = await gateway.world.organization();
    const team = await organization.team();
    const create = { url: receiver.url, events, teamId: team.id };
    const made = await Promise.all(Array.from({ length: 20 }, () => createWebhook(gateway.admin, create)));
    const input = { url: receiver.url, events, organizationId: organization.id };
    await gateway.admin.refusal("INVALID_STATE", CREATE_WEBHOOK, { input });
    await gateway.admin.data(DELETE_WEBHOOK, { id: made[0]?.id });
    await createWebhook(gateway.admin, input);
    await gateway.admin.refusal("INVALID_STATE", CREATE_WEBHOOK, { input });
    const ofOthers = `INSERT INTO webhooks (id, url, events, organization_id, secret, created_at)
      SELECT gen_random_uuid(), url, events, 'other-' || number, secret, created_at FROM webhooks, generate_series(1, 9980) AS number
      WHERE id = $1::uuid`;
    await gateway.database.db.$executeRawUnsafe(ofOthers, made[1]?.id);
    await gateway.admin.refusal("INVALID_STATE", CREATE_WEBHOOK, { input: { url: receiver.url, events } });
  });

  it("of a team or an organization that is deleted takes no room of others", async () => {
    const organization = await gateway.world.organization();
    const team = await organization.team();
    const create = { url: receiver.url, events, teamId: team.id };
    await Promise.all(Array.from({ length: 20 }, () => createWebhook(gateway.admin, create)));
    await gateway.admin.data(DELETE_TEAM, { id: team.id });
    const input = { url: receiver.url, events, organizationId: organization.id };
    const { id } = await createWebhook(gateway.admin, input);
    await gateway.database.db.$executeRaw`INSERT INTO webhooks (id, url, events, organization_id, secret, created_at)
      SELECT gen_random_uuid(), url, events, organization_id, secret, created_at FROM webhooks, generate_series(1, 10000) WHERE id = ${id}::uuid`;
    const ofAdmin = { url: receiver.url, events };
    await gateway.admin.refusal("INVALID_STATE", CREATE_WEBHOOK, { input: ofAdmin });
    await gateway.admin.data(DELETE_ORGANIZATION, { id: organization.id });
    await createWebhook(gateway.admin, ofAdmin);
  });

  it("has at most 10 tests that have not arrived", async () => {
    const { id } = await createWebhook(gateway.admin, { url: receiver.url, events });
    receiver.behaviour = answers(500);
    for (let tests = 0; tests < 10; tests++) await test(id);
    await gateway.admin.refusal("INVALID_STATE", TEST_WEBHOOK, { id });
    await send(gateway);
  });

  it("that is deleted is sent nothing more, and its deliveries and its row go", async () => {
    const { id } = await createWebhook(gateway.admin, { url: receiver.url, events });
    receiver.behaviour = answers(500);
    const { testWebhook } = await test(id);
    await send(gateway);
    expect((await gateway.admin.data(DELETE_WEBHOOK, { id })).deleteWebhook).toBe(id);
    await gateway.admin.refusal("NOT_FOUND", DELETE_WEBHOOK, { id });
    await gateway.admin.refusal("NOT_FOUND", REPLAY, { id: testWebhook.id });
    await clock.advance(61_000);
    await runTasks(gateway.app);
    await runTasks(gateway.app);
    expect(receiver.received).toHaveLength(1);
    const { db } = gateway.database;
    expect(await db.webhookDelivery.count({ where: { webhookId: id } })).toBe(0);
    expect(await db.webhook.count({ where: { id } })).toBe(0);
  });
});

it("events are kept for 32 days, with their deliveries and tries", async () => {
  const { id } = await createWebhook(gateway.admin, { url: receiver.url, events });
  await test(id);
  await send(gateway);
  await clock.advance(31 * 86_400_000);
  await runTasks(gateway.app);
  const [{ id: deliveryId, eventId }] = await deliveriesOf(gateway.admin, id);
  await clock.advance(2 * 86_400_000);
  await runTasks(gateway.app);
  expect(await deliveriesOf(gateway.admin, id)).toEqual([]);
  const { db } = gateway.database;
  expect(await db.webhookDeliveryTry.count({ where: { deliveryId } })).toBe(0);
  expect(await db.webhookEvent.count({ where: { id: eventId } })).toBe(0);
});

it("a delivery that was tried 100 times is not replayed", async () => {
  const { id } = await createWebhook(gateway.admin, { url: receiver.url, events });
  const { testWebhook } = await test(id);
  await send(gateway);
  await gateway.database.db.webhookDelivery.update({ where: { id: testWebhook.id }, data: { tryCount: 100 } });
  await gateway.admin.refusal("INVALID_STATE", REPLAY, { id: testWebhook.id });
});
