import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { REVOKE_ORGANIZATION_KEY, refusalOf, UNAUTHENTICATED } from "../../../kit/credentials.js";
import { allRows } from "../../../kit/database/tables.js";
import { FakeClock } from "../../../kit/gateway/clock.js";
import { useGateway } from "../../../kit/gateway/gateway.js";
import { CREATE_ORGANIZATION_KEY } from "../../../kit/world.js";

const HOUR_MS = 3_600_000;
const VIEWER =
  "{ viewer { __typename ... on OrganizationViewer { organization { id status } key { id name prefix } } } }";
const KEYS = "query ($id: ID!) { organization(id: $id) { keys { id name prefix status lastUsedAt } } }";

describe("an organization's key", () => {
  const clock = new FakeClock();
  const gateway = useGateway({ clock });

  // Only the test notes uses.
  beforeAll(() => gateway.server.background.stop());

  it("is shown once, and stored as its hash", async () => {
    const { id: organizationId } = await gateway.world.organization();
    const input = { organizationId, name: "ci" };
    const { createOrganizationKey } = await gateway.admin.data(CREATE_ORGANIZATION_KEY, { input });
    const { secret, key } = createOrganizationKey;
    expect(secret).toMatch(/^sk-org-[0-9a-f]{64}$/);
    const shown = { id: key.id, name: "ci", prefix: secret.slice(0, 15) };
    expect(key).toMatchObject({ ...shown, status: "ACTIVE", expiresAt: null, lastUsedAt: null });
    const { client } = { client: gateway.client(secret) };
    expect(await client.data(VIEWER)).toEqual({
      viewer: { __typename: "OrganizationViewer", organization: { id: organizationId, status: "ACTIVE" }, key: shown },
    });
    const listed = [{ ...shown, status: "ACTIVE", lastUsedAt: null }];
    expect((await client.data(KEYS, { id: organizationId })).organization.keys).toEqual(listed);
    expect((await gateway.admin.data(KEYS, { id: organizationId })).organization.keys).toEqual(listed);
    const rows = (await allRows(gateway.database.db)).join("\n");
    expect(rows).not.toContain(secret.slice("sk-org-".length));
    expect(rows).toContain(createHash("sha256").update(secret).digest("hex"));
  });

  it("is not listed to a team, which sees none", async () => {
    const team = await gateway.world.team();
    await gateway.world.organizationKey(team.organizationId);
    const { data, errors } = await team.client.send(KEYS, { id: team.organizationId });
    expect([data, errors]).toEqual([{ organization: { keys: [] } }, undefined]);
  });

  it("is refused from its expiry on, and must expire in the future", async () => {
    const { id: organizationId } = await gateway.world.organization();
    const past = { input: { organizationId, expiresAt: clock.now().toISOString() } };
    const refusal = await gateway.admin.refusal("INVALID_INPUT", CREATE_ORGANIZATION_KEY, past);
    expect(refusal.message).toMatch(/^input.expiresAt must be in the future, got /);
    const expiresAt = new Date(clock.now().getTime() + HOUR_MS).toISOString();
    const key = await gateway.world.organizationKey(organizationId, { expiresAt });
    await clock.advance(HOUR_MS - 1);
    await key.client.data(VIEWER);
    await clock.advance(1);
    expect(refusalOf(await key.client.send(VIEWER))).toEqual(UNAUTHENTICATED);
    const { organization } = await gateway.admin.data(KEYS, { id: organizationId });
    expect(organization.keys).toMatchObject([{ id: key.id, status: "EXPIRED" }]);
  });

  it("is refused at once when it is revoked, alone among the keys of its organization, and revoking is repeatable", async () => {
    const team = await gateway.world.team();
    const [key, other] = [
      await gateway.world.organizationKey(team.organizationId),
      await gateway.world.organizationKey(team.organizationId),
    ];
    await key.client.data(VIEWER);
    const revoked = { revokeOrganizationKey: { id: key.id, status: "REVOKED" } };
    expect(await gateway.admin.data(REVOKE_ORGANIZATION_KEY, { id: key.id })).toEqual(revoked);
    expect(refusalOf(await key.client.send(VIEWER))).toEqual(UNAUTHENTICATED);
    expect(await gateway.admin.data(REVOKE_ORGANIZATION_KEY, { id: key.id })).toEqual(revoked);
    await other.client.data(VIEWER);
    await team.client.data("{ viewer { __typename } }");
    const { organization } = await gateway.admin.data(KEYS, { id: team.organizationId });
    expect(organization.keys).toMatchObject([
      { id: other.id, status: "ACTIVE" },
      { id: key.id, status: "REVOKED" },
    ]);
  });

  it("ends its open streams when it is revoked", async () => {
    const team = await gateway.world.team();
    const job = await team.job();
    const key = await gateway.world.organizationKey(team.organizationId);
    const updates = gateway
      .socket(key.secret)
      .events("subscription ($id: ID!) { event: jobUpdated(jobId: $id) { status } }", { id: job.id });
    expect(await updates.next()).toEqual({ status: "PENDING" });
    const ended = updates.rest().catch((error: unknown) => error);
    await gateway.admin.data(REVOKE_ORGANIZATION_KEY, { id: key.id });
    expect(await ended).toMatchObject({ code: "UNAUTHENTICATED" });
  });

  it("has its last use noted by a task", async () => {
    const { id: organizationId } = await gateway.world.organization();
    const key = await gateway.world.organizationKey(organizationId);
    await key.client.data(VIEWER);
    const task = gateway.app.tasks.find(({ name }) => name === "note uses of keys");
    const sent = await gateway.database.sentBy(async () => void (await task?.run()));
    expect(sent.filter(({ text }) => text.includes("organization_keys"))).toHaveLength(1);
    const { organization } = await gateway.admin.data(KEYS, { id: organizationId });
    expect(organization.keys[0].lastUsedAt).toBe(clock.now().toISOString());
  });

  it("is refused with TEAM_SUSPENDED while its organization is suspended, and so are its streams", async () => {
    const team = await gateway.world.team();
    const job = await team.job();
    const key = await gateway.world.organizationKey(team.organizationId);
    const updates = gateway
      .socket(key.secret)
      .events("subscription ($id: ID!) { event: jobUpdated(jobId: $id) { status } }", { id: job.id });
    await updates.next();
    const ended = updates.rest().catch((error: unknown) => error);
    const where = { id: team.organizationId };
    await gateway.database.db.organization.update({ where, data: { status: "SUSPENDED" } });
    expect(await ended).toMatchObject({ code: "TEAM_SUSPENDED", message: "The organization is suspended." });
    // What this process remembers of the key is half a second old at most, by the real time.
    await expect
      .poll(async () => (await key.client.send(VIEWER)).errors?.[0]?.extensions.code, { timeout: 2_000 })
      .toBe("TEAM_SUSPENDED");
    await gateway.admin.data(VIEWER);
  });

  it("may be one of at most 100, not counting revoked ones", async () => {
    const { id: organizationId } = await gateway.world.organization();
    const input = { organizationId };
    const keys = [];
    for (let count = 0; count < 100; count++) keys.push(await gateway.world.organizationKey(organizationId));
    const refusal = await gateway.admin.refusal("INVALID_STATE", CREATE_ORGANIZATION_KEY, { input });
    expect(refusal.message).toBe("The organization has 100 keys, which is the most it may have. Revoke one first.");
    await gateway.admin.data(REVOKE_ORGANIZATION_KEY, { id: keys[0]?.id });
    await gateway.world.organizationKey(organizationId);
    await gateway.admin.refusal("INVALID_STATE", CREATE_ORGANIZATION_KEY, { input });
  });

  it.each([
    "sk-org-",
    `sk-org-${"0".repeat(63)}`,
    `sk-org-${"A".repeat(64)}`,
    `sk-org-${"0".repeat(64)}`,
    `sk-orgs-${"0".repeat(64)}`,
  ])("is not %s", async (secret) => {
    expect(refusalOf(await gateway.client(secret).send(VIEWER))).toEqual(UNAUTHENTICATED);
  });
});
