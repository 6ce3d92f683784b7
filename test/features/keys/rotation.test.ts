import { beforeAll, describe, expect, it } from "vitest";
import { CREATE_KEY, REVOKE, refusalOf, UNAUTHENTICATED, VIEWER } from "../../kit/credentials.js";
import { FakeClock } from "../../kit/gateway/clock.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { CHANGE_KEY, ROTATE } from "../../kit/lifecycle.js";
import { UPDATE_KEY } from "../../kit/limits.js";
import { CREATE_JOB, type TestTeam } from "../../kit/world.js";

const clock = new FakeClock();
const gateway = useGateway({ clock });
const SECOND = 1_000;
const JOB_UPDATED = "subscription ($id: ID!) { event: jobUpdated(jobId: $id) { status } }";

beforeAll(() => gateway.server.background.stop());

async function rotate(id: string, graceSeconds?: number | null, by = gateway.admin): Promise<string> {
  const { rotateVirtualKey } = await by.data(ROTATE, { id, ...(graceSeconds !== undefined && { graceSeconds }) });
  expect(rotateVirtualKey.virtualKey).toMatch(/^sk-[0-9a-f]{64}$/);
  expect(rotateVirtualKey.key).toMatchObject({
    id,
    prefix: rotateVirtualKey.virtualKey.slice(0, 11),
    status: "ACTIVE",
  });
  return rotateVirtualKey.virtualKey;
}

const isAccepted = (secret: string, { id }: TestTeam) =>
  gateway
    .client(secret)
    .data(VIEWER)
    .then((data) => expect(data).toEqual({ viewer: { team: { id } } }));
const isRefused = async (secret: string) =>
  expect(refusalOf(await gateway.client(secret).send(VIEWER))).toEqual(UNAUTHENTICATED);

describe("rotateVirtualKey", () => {
  it("replaces the secret at once without a grace, and the key stays what it was", async () => {
    const team = await gateway.world.team();
    const input = { teamId: team.id, name: "ci", limits: { requestsPerMinute: 100 } };
    const { createVirtualKey: made } = await gateway.admin.data(CREATE_KEY, { input });
    await isAccepted(made.virtualKey, team);
    for (const graceSeconds of [undefined, null, 0]) {
      const secret = await rotate(made.key.id, graceSeconds);
      await isAccepted(secret, team);
      const all = "{ viewer { ... on TeamViewer { key { id name limits { requestsPerMinute } } } } }";
      const { viewer } = await gateway.client(secret).data(all);
      expect(viewer.key).toEqual({ id: made.key.id, name: "ci", limits: { requestsPerMinute: 100 } });
    }
    await isRefused(made.virtualKey);
    await isAccepted(team.secret, team);
  });

  it("lets both secrets work until the grace is over, to the millisecond", async () => {
    const team = await gateway.world.team();
    const job = await team.job();
    const secret = await rotate(team.keyId, 60);
    await clock.advance(60 * SECOND - 1);
    for (const each of [team.secret, secret]) await isAccepted(each, team);
    // Both are one key: the job has it.
    const { createJob } = await gateway.client(team.secret).data(CREATE_JOB, { input: { jobType: "test" } });
    const KEY = "query ($id: ID!) { job(id: $id) { key { id } } }";
    for (const id of [job.id, createJob.id])
      expect((await gateway.client(secret).data(KEY, { id })).job.key).toEqual({ id: team.keyId });
    await clock.advance(1);
    await isRefused(team.secret);
    await isAccepted(secret, team);
  });

  it("counts calls with both secrets by the limits of the one key", async () => {
    const team = await gateway.world.team();
    await gateway.admin.data(UPDATE_KEY, { input: { id: team.keyId, limits: { requestsPerMinute: 2 } } });
    const job = await team.job();
    const secret = await rotate(team.keyId, 60);
    const run = "mutation ($input: LlmCallInput!) { runLlmCall(input: $input) { status } }";
    const variables = { input: job.callInput() };
    await gateway.client(team.secret).data(run, variables);
    await gateway.client(secret).data(run, variables);
    const refusal = await gateway.client(team.secret).refusal("RATE_LIMITED", run, variables);
    expect(refusal.extensions).toMatchObject({ of: "KEY", limit: "REQUESTS" });
    await gateway.client(secret).refusal("RATE_LIMITED", run, variables);
  });

  it("leaves at most two secrets: another rotation ends the oldest at once", async () => {
    const team = await gateway.world.team();
    const second = await rotate(team.keyId, 600);
    const third = await rotate(team.keyId, 60);
    await isRefused(team.secret);
    for (const each of [second, third]) await isAccepted(each, team);
    await clock.advance(60 * SECOND);
    await isRefused(second);
    const fourth = await rotate(team.keyId, 60);
    const last = await rotate(team.keyId);
    for (const each of [third, fourth]) await isRefused(each);
    await isAccepted(last, team);
  });

  it("accepts an old secret no longer than the key", async () => {
    const team = await gateway.world.team();
    const at = (seconds: number) => new Date(clock.now().getTime() + seconds * SECOND).toISOString();
    const first = await rotate(team.keyId, 600);
    await gateway.admin.data(CHANGE_KEY, { input: { id: team.keyId, expiresAt: at(30) } });
    await clock.advance(30 * SECOND - 1);
    for (const each of [team.secret, first]) await isAccepted(each, team);
    await clock.advance(1);
    for (const each of [team.secret, first]) await isRefused(each);
    await gateway.admin.data(CHANGE_KEY, { input: { id: team.keyId, expiresAt: null } });
    for (const each of [team.secret, first]) await isAccepted(each, team);
    await gateway.admin.data(REVOKE, { id: team.keyId });
    for (const each of [team.secret, first]) await isRefused(each);
  });

  it("ends streams that an old secret opened, when its time is over or another rotation ends it", async () => {
    for (const end of [() => clock.advance(60 * SECOND), (id: string) => rotate(id, 60)]) {
      const team = await gateway.world.team();
      const job = await team.job();
      const follow = async (secret: string) => {
        const updates = gateway.socket(secret).events(JOB_UPDATED, { id: job.id });
        await updates.next();
        return updates;
      };
      const old = await follow(team.secret);
      const secret = await rotate(team.keyId, 60);
      const present = await follow(secret);
      const second = await follow(team.secret);
      const ends = [old, second].map((updates) => updates.rest().catch((error: unknown) => error));
      await end(team.keyId);
      for (const ended of ends)
        expect(await ended).toMatchObject({
          code: "UNAUTHENTICATED",
          message: "The secret is no longer valid, because the key has a newer one.",
        });
      await job.team.client.refusal("UNAUTHENTICATED", VIEWER);
      // The present one goes on to its end.
      const rest = present.rest();
      await gateway
        .client(secret)
        .data("mutation ($input: CompleteJobInput!) { completeJob(input: $input) { job { id } } }", {
          input: { jobId: job.id },
        });
      expect((await rest).at(-1)).toEqual({ status: "COMPLETED" });
    }
  });

  it("is done by a team's key for itself alone, and with its newest secret alone", async () => {
    const organization = await gateway.world.organization();
    const [team, sibling] = [await organization.team(), await organization.team()];
    const { createVirtualKey: other } = await gateway.admin.data(CREATE_KEY, { input: { teamId: team.id } });
    const forbidden = await team.client.refusal("FORBIDDEN", ROTATE, { id: other.key.id });
    expect(forbidden.message).toBe("A team's key gives a new secret to itself, and to no other key.");
    await team.client.refusal("NOT_FOUND", ROTATE, { id: sibling.keyId });
    await team.client.refusal("NOT_FOUND", ROTATE, { id: "key" });
    const secret = await rotate(team.keyId, 60, team.client);
    const old = await team.client.refusal("FORBIDDEN", ROTATE, { id: team.keyId });
    expect(old.message).toBe("Only the newest secret of a key gets it another one.");
    await isAccepted(secret, team);
    await isAccepted(await rotate(team.keyId, 0, gateway.client(secret)), team);
    const key = await gateway.world.organizationKey(organization.id);
    await isAccepted(await rotate(sibling.keyId, 0, key.client), sibling);
  });

  it("refuses a grace that is not from 0 to 7 days, and a key that is not accepted", async () => {
    const team = await gateway.world.team();
    for (const graceSeconds of [-1, 604_801]) {
      const refusal = await gateway.admin.refusal("INVALID_INPUT", ROTATE, { id: team.keyId, graceSeconds });
      expect(refusal.message).toBe(`graceSeconds must be from 0 to 604800, got ${graceSeconds}.`);
    }
    await isAccepted(team.secret, team);
    await rotate(team.keyId, 604_800);
    await gateway.admin.data(REVOKE, { id: team.keyId });
    const refusal = await gateway.admin.refusal("INVALID_STATE", ROTATE, { id: team.keyId });
    expect(refusal.message).toBe("The key is REVOKED, and gets no new secret.");
  });
});
