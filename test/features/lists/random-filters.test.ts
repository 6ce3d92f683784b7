import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GraphqlClient } from "../../kit/clients/graphql.js";
import { createPostgresUrl, hasPostgres } from "../../kit/database/database.js";
import { type Gateway, startGateway } from "../../kit/gateway/gateway.js";
import { type Random, seededRandom } from "../../kit/random.js";
import { addRandomWork } from "../../kit/usage/random-work.js";
import { wholeReport } from "../../kit/usage/report.js";

const UNTIL = new Date();
const DAYS = 40;
const DAY_MS = 86_400_000;
const TEAMS = 8;
/** There are more calls than are read near the beginning of a list. */
const JOBS = 3_000;
const SEEDS = Array.from({ length: 40 }, (_, seed) => seed);
const FIRST = 15;

/** A row of a list, as the tests' own filter needs it. */
interface Fact {
  readonly id: string;
  readonly at: Date;
  readonly names: Readonly<Record<string, string | null>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly error: string | null;
}

interface RandomFilter {
  readonly oneOf: Readonly<Record<string, readonly string[]>>;
  readonly metadataContains?: Readonly<Record<string, unknown>>;
  readonly errorText?: string;
  readonly createdAfter?: Date;
  readonly createdBefore?: Date;
}

const fits = (filter: RandomFilter) => (fact: Fact) =>
  Object.entries(filter.oneOf).every(([name, values]) => values.includes(fact.names[name] ?? "")) &&
  (!filter.metadataContains ||
    (Object.keys(fact.metadata).length > 0 &&
      Object.entries(filter.metadataContains).every(([name, value]) => fact.metadata[name] === value))) &&
  (!filter.errorText ||
    wordsOf(filter.errorText).every((begun) => wordsOf(fact.error).some((word) => word.startsWith(begun)))) &&
  (!filter.createdAfter || fact.at >= filter.createdAfter) &&
  (!filter.createdBefore || fact.at < filter.createdBefore);

const wordsOf = (text: string | null): string[] => text?.toLowerCase().match(/[a-z0-9]+/g) ?? [];
const inputOf = ({ oneOf, ...others }: RandomFilter) => ({ ...oneOf, ...others });

const dayBefore = (days: number) => new Date(UNTIL.getTime() - days * DAY_MS);
const dayText = (days: number) => dayBefore(days).toISOString().slice(0, 10);

/** Whatever is common, rare and absent; and what only the oldest or the newest rows have. */
function others(random: Random): Omit<RandomFilter, "oneOf"> {
  const maybe = (share: number) => random.next() < share;
  const metadata = random.pick<Record<string, unknown>>([
    { tier: "common" },
    { tier: "common", customer: `customer-${random.below(97)}` },
    { ticket: random.below(19_997) },
    { tier: "absent" },
    { day: dayText(DAYS - 1) },
    { day: dayText(0) },
    { tier: "common", day: dayText(random.below(DAYS)) },
    {},
  ]);
  const words = random.pick([
    "upstream",
    "FAILED upstream",
    "overl",
    "no connection",
    `t${random.below(200)}`,
    "absent",
  ]);
  return {
    ...(maybe(0.6) && { metadataContains: metadata }),
    ...(maybe(0.3) && { errorText: words }),
    ...(maybe(0.2) && { createdAfter: dayBefore(random.below(DAYS)) }),
    ...(maybe(0.2) && { createdBefore: dayBefore(random.below(DAYS)) }),
  };
}

describe.runIf(hasPostgres())("lists with random filters, on PostgreSQL", { timeout: 120_000 }, () => {
  let gateway: Gateway;
  let organization: GraphqlClient;
  let calls: Fact[] = [];
  let jobs: Fact[] = [];
  let keyIds: [string, ...string[]];

  beforeAll(async () => {
    const databaseUrl = await createPostgresUrl();
    gateway = await startGateway({ databaseUrl, mayEndUnsound: true });
    await gateway.server.background.stop();
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    await addRandomWork(client, { jobs: JOBS, days: DAYS, until: UNTIL, organizations: 3, teams: TEAMS });
    const names = "'teamIds', team_id, 'keyIds', key_id, 'status', status";
    const fact = "created_at AS at, metadata, error_message AS error";
    jobs = (
      await client.query(`SELECT id, ${fact}, jsonb_build_object(${names}, 'jobType', job_type) AS names FROM jobs
        ORDER BY created_at DESC, id DESC`)
    ).rows;
    calls = (
      await client.query(`SELECT llm_calls.id, ${fact.replaceAll(/created_at|metadata|error_message/g, "llm_calls.$&")},
          jsonb_build_object('modelGroups', model_group, 'models', model, 'jobTypes', job_type, 'errorCodes', error_code,
            ${names.replaceAll(/(team_id|key_id|status)(?=,|$)/g, "llm_calls.$1")}) AS names
        FROM llm_calls JOIN jobs ON jobs.id = job_id ORDER BY llm_calls.created_at DESC, llm_calls.id DESC`)
    ).rows;
    keyIds = (await client.query("SELECT id FROM virtual_keys ORDER BY id")).rows.map(({ id }) => id) as typeof keyIds;
    await client.query("VACUUM ANALYZE");
    await client.end();
    organization = (await gateway.world.organizationKey("org-1")).client;
    const range = { from: dayBefore(DAYS + 1), to: new Date(), span: "ALL" as const, groupBy: [] };
    for (let isComplete = false; !isComplete; ) ({ isComplete } = await wholeReport(gateway.admin, range));
  }, 240_000);
  afterAll(() => gateway.close());

  const aTeam = (random: Random) => `team-${random.below(TEAMS)}`;

  function filterOfCalls(random: Random): RandomFilter {
    const maybe = (share: number) => random.next() < share;
    const oneOf = {
      ...(maybe(0.25) && { teamIds: [aTeam(random), aTeam(random)] }),
      ...(maybe(0.25) && { keyIds: [random.pick(keyIds), random.pick(keyIds)] }),
      ...(maybe(0.25) && { modelGroups: [`Group-${random.below(6)}`] }),
      ...(maybe(0.25) && { models: [`model-${random.below(7)}`] }),
      ...(maybe(0.25) && { jobTypes: [`type-${random.below(8)}`] }),
      ...(maybe(0.3) && { status: [random.pick(["SUCCEEDED", "FAILED", "CANCELLED", "RUNNING"])] }),
      ...(maybe(0.15) && { errorCodes: [random.pick(["UPSTREAM_FAILED", "CANCELLED"])] }),
    };
    return { oneOf, ...others(random) };
  }

  function filterOfJobs(random: Random): RandomFilter {
    const maybe = (share: number) => random.next() < share;
    const oneOf = {
      ...(maybe(0.25) && { teamIds: [aTeam(random), aTeam(random)] }),
      ...(maybe(0.3) && { keyIds: [random.pick(keyIds), random.pick(keyIds)] }),
      ...(maybe(0.3) && { jobType: [`type-${random.below(8)}`] }),
      ...(maybe(0.3) && { status: [random.pick(["COMPLETED", "FAILED", "EXPIRED", "IN_PROGRESS"])] }),
    };
    return { oneOf, ...others(random) };
  }

  const PAGE = "nodes { id } pageInfo { hasNextPage endCursor }";

  /** Reads a list's number and two pages of it. */
  async function expectList(ask: (part: string, after: string | null) => Promise<Listed>, expected: readonly string[]) {
    const { nodes, pageInfo } = await ask(PAGE, null);
    expect(nodes.map(({ id }) => id)).toEqual(expected.slice(0, FIRST));
    expect(pageInfo.hasNextPage).toBe(expected.length > FIRST);
    expect((await ask("totalCount", null)).totalCount).toBe(Math.min(10_000, expected.length));
    if (!pageInfo.hasNextPage) return;
    const later = await ask(PAGE, pageInfo.endCursor);
    expect(later.nodes.map(({ id }) => id)).toEqual(expected.slice(FIRST, 2 * FIRST));
    expect(later.pageInfo.hasNextPage).toBe(expected.length > 2 * FIRST);
  }

  /** The teams of the organization. */
  const isOwn = ({ names }: Fact) => Number(names.teamIds?.slice("team-".length)) % 3 === 1;

  it.each(SEEDS)("calls are those that a plain filter finds, with the filter %i", async (seed) => {
    const random = seededRandom(seed);
    const filter = filterOfCalls(random);
    const found = calls.filter(fits(filter));
    const ids = (facts: readonly Fact[]) => facts.map(({ id }) => id);
    const query = (part: string) =>
      `query ($filter: LlmCallFilter, $orderBy: LlmCallOrder, $after: String) { llmCalls(first: ${FIRST}, filter: $filter, orderBy: $orderBy, after: $after) { ${part} } }`;
    const ask = (client: GraphqlClient, orderBy: string) => async (part: string, after: string | null) =>
      (await client.data(query(part), { filter: inputOf(filter), orderBy, after })).llmCalls;
    await expectList(ask(gateway.admin, "NEWEST_FIRST"), ids(found));
    await expectList(ask(gateway.admin, "OLDEST_FIRST"), ids(found).reverse());
    await expectList(ask(organization, "NEWEST_FIRST"), ids(found.filter(isOwn)));
    const team = aTeam(random);
    const ofTeam = async (part: string, after: string | null) =>
      (
        await gateway.admin.data(
          `query ($id: ID!, $filter: LlmCallFilter, $after: String) { team(id: $id) { llmCalls(first: ${FIRST}, filter: $filter, after: $after) { ${part} } } }`,
          { id: team, filter: inputOf(filter), after },
        )
      ).team.llmCalls;
    await expectList(ofTeam, ids(found.filter(({ names }) => names.teamIds === team)));
    const offset = random.below(60);
    const { rows } = await gateway.app.services.callLists.list(ADMIN, {
      filter: inputOf(filter) as object,
      first: FIRST,
      offset,
    });
    expect(ids(rows as unknown as Fact[])).toEqual(ids(found).slice(offset, offset + FIRST));
  });

  it.each(SEEDS)("jobs are those that a plain filter finds, with the filter %i", async (seed) => {
    const random = seededRandom(1_000 + seed);
    const filter = filterOfJobs(random);
    const { jobType, ...oneOf } = filter.oneOf;
    const input = { ...inputOf({ ...filter, oneOf }), ...(jobType && { jobType: jobType[0] }) };
    const found = jobs.filter(fits(filter));
    const ids = (facts: readonly Fact[]) => facts.map(({ id }) => id);
    const ask = (client: GraphqlClient) => async (part: string, after: string | null) =>
      (
        await client.data(
          `query ($filter: JobFilter, $after: String) { jobs(first: ${FIRST}, filter: $filter, after: $after) { ${part} } }`,
          {
            filter: input,
            after,
          },
        )
      ).jobs;
    await expectList(ask(gateway.admin), ids(found));
    await expectList(ask(organization), ids(found.filter(isOwn)));
    const { teams } = await gateway.admin.data(
      `query ($filter: JobFilter) { teams { nodes { id jobs(first: ${FIRST}, filter: $filter) { totalCount nodes { id } } } } }`,
      { filter: input },
    );
    for (const team of teams.nodes) {
      const own = ids(found.filter(({ names }) => names.teamIds === team.id));
      expect(team.jobs.totalCount).toBe(own.length);
      expect(team.jobs.nodes.map(({ id }: { id: string }) => id)).toEqual(own.slice(0, FIRST));
    }
  });
});

const ADMIN = { kind: "admin", requestId: "test" } as const;

interface Listed {
  readonly totalCount: number;
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}
