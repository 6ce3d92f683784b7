import { expect, it } from "vitest";
import { FakeClock } from "../../kit/gateway/clock.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { DELETE_TEAM } from "../../kit/lifecycle.js";
import { USAGE, USAGE_OF_ORGANIZATION, USAGE_OF_TEAM } from "../../kit/usage/report.js";

const HOUR_MS = 3_600_000;
const CALLS = "query ($filter: LlmCallFilter) { llmCalls(filter: $filter) { totalCount nodes { id } } }";

const clock = new FakeClock();
const gateway = useGateway({ clock });
type World = Awaited<ReturnType<typeof world>>;

/** Two teams of one organization, and a stranger, each of which has done a job with a call some hours ago. */
async function world() {
  const organization = await gateway.world.organization();
  const [leaves, stays] = [await organization.team(), await organization.team()];
  const stranger = await gateway.world.team();
  for (const team of [leaves, stays, stranger]) {
    const job = await team.job("review");
    await job.call();
    await job.complete();
  }
  await clock.advance(5 * HOUR_MS);
  const { client, secret } = await gateway.world.organizationKey(organization.id);
  return { id: organization.id, leaves, stays, stranger, client, secret };
}

const asked = (more: object = {}) => {
  const now = clock.now().getTime();
  const range = { from: new Date(now - 24 * HOUR_MS).toISOString(), to: new Date(now).toISOString() };
  return { ...range, granularity: "ALL", groupBy: ["TEAM", "OUTCOME"], ...more };
};

/** What the organization's key is told of its usage, at each door. */
async function reports({ id, client, secret }: World) {
  const input = asked();
  const query = `from=${input.from}&to=${input.to}&granularity=all&group_by=team`;
  const texts: unknown[] = [];
  for (const path of ["/api/usage", `/api/organizations/${id}/usage`])
    for (const accept of ["application/json", "text/csv"]) {
      const { status, body } = await gateway.rest(secret).send("GET", `${path}?${query}`, undefined, { accept });
      expect(status).toBe(200);
      texts.push(body);
    }
  const { usage } = await client.data(USAGE, { input });
  const { organization } = await client.data(USAGE_OF_ORGANIZATION, { id, input });
  return { usage, ofOrganization: organization.usage, texts };
}

const teamsOf = (usage: { rows: { teamId: string }[] }) => usage.rows.map(({ teamId }) => teamId);

it("An organization's usage stays as it was when it deletes a team, whose id it still names.", async () => {
  const own = await world();
  const before = await reports(own);
  expect(before.usage.total).toMatchObject({ calls: 2, jobsCompleted: 2, creditsPosted: 2 });
  expect(teamsOf(before.usage)).toEqual([own.leaves.id, own.stays.id].sort());
  expect(before.ofOrganization).toEqual(before.usage);
  expect(before.texts[1]).toContain(own.leaves.id);
  await own.client.data(DELETE_TEAM, { id: own.leaves.id });
  expect(await reports(own)).toEqual(before);
});

it("It can ask for the usage of a team that it has deleted by a filter, and for that of no other organization's.", async () => {
  const { leaves, stays, stranger, client, secret } = await world();
  await client.data(DELETE_TEAM, { id: leaves.id });
  await gateway.admin.data(DELETE_TEAM, { id: stranger.id });
  const filtered = async (filter: object) => (await client.data(USAGE, { input: asked({ filter }) })).usage;
  expect(teamsOf(await filtered({ teamIds: [leaves.id, stranger.id, "absent"] }))).toEqual([leaves.id]);
  expect((await filtered({ teamIds: [leaves.id] })).total).toMatchObject({ calls: 1, jobsCompleted: 1 });
  expect((await filtered({ teamIds: [stranger.id] })).total).toMatchObject({ calls: 0, jobsCompleted: 0 });
  expect(teamsOf(await filtered({ keyIds: [leaves.keyId, stranger.keyId, stays.keyId] }))).toEqual(
    [leaves.id, stays.id].sort(),
  );
  // The team itself does not exist for the organization any more.
  await client.refusal("NOT_FOUND", USAGE_OF_TEAM, { id: leaves.id, input: asked() });
  const { from, to } = asked();
  await gateway.rest(secret).refusal(404, "GET", `/api/teams/${leaves.id}/usage?from=${from}&to=${to}`);
});

it("Its lists of calls leave out those of a team that it has deleted, also where usage says how many there are.", async () => {
  const { leaves, stays, client } = await world();
  await client.data(DELETE_TEAM, { id: leaves.id });
  for (const filter of [{ jobTypes: ["review"] }, { keyIds: [leaves.keyId, stays.keyId] }, {}]) {
    const { llmCalls } = await client.data(CALLS, { filter });
    expect([llmCalls.totalCount, llmCalls.nodes.length]).toEqual([1, 1]);
  }
});
