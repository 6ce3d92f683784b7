import { beforeAll, expect, it } from "vitest";
import type { GraphqlClient } from "../../kit/clients/graphql.js";
import { FakeClock } from "../../kit/gateway/clock.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { USAGE } from "../../kit/usage/report.js";
import type { TestTeam } from "../../kit/world.js";

const HOUR_MS = 3_600_000;
const FIELDS = /usage\(input: \$input\) (\{.*\}) \}$/s.exec(USAGE)?.[1];
const OF_TEAMS = `query ($id: ID!, $first: Int, $input: UsageInput!) {
  organization(id: $id) { teams(first: $first) { nodes { id usage(input: $input) ${FIELDS} } } } }`;

const clock = new FakeClock();
const gateway = useGateway({ clock });
const teams: TestTeam[] = [];
let organizationId = "";
let owner: GraphqlClient;

beforeAll(async () => {
  const organization = await gateway.world.organization();
  organizationId = organization.id;
  for (let count = 0; count < 4; count++) teams.push(await organization.team({ billing: { markupPercent: "50" } }));
  teams.sort((a, b) => (a.id < b.id ? -1 : 1));
  // The last team has done nothing, and the others not as much as each other.
  for (let hour = 0; hour < 6; hour++) {
    for (const [index, team] of teams.slice(0, 3).entries()) {
      if (hour % (index + 1) > 0) continue;
      const job = await team.job(`type-${hour % 2}`);
      await job.call();
      await job.complete({ status: hour % 3 === 0 ? "FAILED" : "COMPLETED" });
    }
    await clock.advance(HOUR_MS);
  }
  owner = (await gateway.world.organizationKey(organizationId)).client;
  await gateway.server.background.stop();
}, 120_000);

const asked = (more: object = {}) => ({
  from: new Date(clock.now().getTime() - 48 * HOUR_MS).toISOString(),
  to: clock.now().toISOString(),
  granularity: "HOUR",
  first: 20,
  ...more,
});
const ofTeams = async (client: GraphqlClient, input: object, first = 4) =>
  (await client.data(OF_TEAMS, { id: organizationId, first, input })).organization.teams.nodes;

it.each([
  ["by hour", {}],
  ["by what takes several pages", { groupBy: ["JOB_TYPE", "OUTCOME"], first: 2 }],
  ["in all", { granularity: "ALL", groupBy: ["TEAM", "KEY", "MODEL"] }],
  ["of hours of which most are empty", { from: "2026-01-10T00:00:00Z", first: 7 }],
  ["of some types of jobs", { granularity: "DAY", groupBy: ["JOB_TYPE"], filter: { jobTypes: ["type-1"] } }],
])("Reports of teams in a list are those of each team by itself: %s", async (_what, more) => {
  for (const client of [gateway.admin, owner]) {
    const input = asked(more);
    const found = await ofTeams(client, input);
    expect(found.map(({ id }: { id: string }) => id)).toEqual(teams.map(({ id }) => id));
    for (const { id, usage } of found) {
      const filter = { ...("filter" in more ? more.filter : {}), teamIds: [id] };
      expect(usage).toEqual((await client.data(USAGE, { input: { ...input, filter } })).usage);
    }
    expect(found[0].usage.total.calls).toBeGreaterThan(0);
    expect(found[3].usage).toMatchObject({ rows: [], total: { calls: 0, jobsCompleted: 0 } });
  }
});

it("They go on after a cursor, and count only teams that the filter names.", async () => {
  const [first] = await ofTeams(gateway.admin, asked({ groupBy: ["OUTCOME"], first: 2 }));
  const next = asked({ groupBy: ["OUTCOME"], first: 2, after: first.usage.pageInfo.endCursor });
  for (const { id, usage } of await ofTeams(gateway.admin, next))
    expect(usage).toEqual((await gateway.admin.data(USAGE, { input: { ...next, filter: { teamIds: [id] } } })).usage);
  const named = await ofTeams(gateway.admin, asked({ filter: { teamIds: [teams[1]?.id, "absent"] } }));
  expect(named.map(({ usage }: Reported) => usage.total.calls)).toEqual([0, 3, 0, 0]);
  expect(named.map(({ usage }: Reported) => usage.rows.length)).toEqual([0, 3, 0, 0]);
});

it("They cost as many statements for several teams as for one.", async () => {
  const count = async (first: number) => {
    const sent = await gateway.database.sentBy(async () =>
      expect(await ofTeams(owner, asked({ groupBy: ["JOB_TYPE"] }), first)).toHaveLength(first),
    );
    // Now and then a key is looked up again.
    return sent.map(({ text }) => text).filter((text) => text.includes("usage_"));
  };
  // Whatever waits is counted first.
  await count(4);
  const [one, many] = [await count(1), await count(4)];
  expect(many).toEqual(one);
  expect(one).toHaveLength(3);
});

it("They are read by several statements if there are many teams and hours, so that none takes long.", async () => {
  const organization = await gateway.world.organization();
  const many = await Promise.all(Array.from({ length: 12 }, () => organization.team()));
  const busy = many.filter((_, index) => index % 5 === 0);
  for (const team of busy) await (await team.job()).complete();
  const COUNTS = `query ($id: ID!, $input: UsageInput!) {
    organization(id: $id) { teams(first: 12) { nodes { id usage(input: $input) { rows { start figures { jobsCompleted } } } } } } }`;
  const to = new Date(clock.now().getTime() + HOUR_MS).toISOString();
  const input = asked({ from: "2026-01-10T00:00:00Z", to });
  const read = await gateway.admin.data(COUNTS, { id: organization.id, input });
  const start = clock.now().toISOString();
  for (const { id, usage } of read.organization.teams.nodes)
    expect(usage.rows).toEqual(busy.some((team) => team.id === id) ? [{ start, figures: { jobsCompleted: 1 } }] : []);
  const sent = await gateway.database.sentBy(() => gateway.admin.data(COUNTS, { id: organization.id, input }));
  // 12 teams in 100 hours, 10 and 2 in a thousand, and 12 in the others.
  expect(sent.filter(({ text }) => text.includes("AS owner"))).toHaveLength(4);
});

interface Reported {
  readonly usage: { readonly total: { readonly calls: number }; readonly rows: readonly unknown[] };
}
