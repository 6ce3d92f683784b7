import { beforeAll, describe, expect, it } from "vitest";
import type { GraphqlClient } from "../../kit/clients/graphql.js";
import { engines } from "../../kit/database/database.js";
import { growTeam } from "../../kit/database/grown.js";
import { FakeClock } from "../../kit/gateway/clock.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { error, openAiError } from "../../kit/upstream/upstream-behaviours.js";
import { RUN_LLM_CALL, type TestTeam } from "../../kit/world.js";

const GROUPS = `query ($input: LlmCallErrorsInput!) { llmCallErrors(input: $input) {
  isComplete countedFrom countedCalls groupCount groups { errorCode model calls lastAt lastCall { id createdAt error { code } } } } }`;
const HOUR_MS = 3_600_000;

interface Group {
  readonly errorCode: string;
  readonly model: string | null;
  readonly calls: number;
  readonly lastAt: string;
  readonly lastCall: { readonly id: string; readonly createdAt: string; readonly error: { readonly code: string } };
}

describe.each(engines())("errors of calls, on %s", (engine) => {
  const clock = new FakeClock();
  const gateway = useGateway({ engine, clock, upstream: "scripted" });
  let mine: TestTeam;
  let sibling: TestTeam;
  let organization: GraphqlClient;
  let began: Date;
  /** The ids of the calls, in the order in which they were made. */
  const made: string[] = [];

  beforeAll(async () => {
    began = clock.now();
    const customer = await gateway.world.organization();
    const groups = [await gateway.world.modelGroup(["small"]), await gateway.world.modelGroup(["large"])];
    mine = await customer.team({ groups });
    sibling = await customer.team({ groups });
    organization = (await gateway.world.organizationKey(customer.id)).client;
    const refused = error(400, openAiError("Too long.", "invalid_request_error"));
    gateway.upstream.on("small", refused, refused, error(500, "no"));
    gateway.upstream.on("large", refused);
    const [small = "", large = ""] = groups;
    const call = async ({ client }: TestTeam, modelGroup: string, more: object = {}) => {
      await clock.advance(HOUR_MS);
      const input = { modelGroup, messages: [{ role: "USER", content: "Hello" }], ...more };
      made.push((await client.data(RUN_LLM_CALL, { input })).runLlmCall.id);
    };
    await call(mine, small, { metadata: { customer: "a" } });
    await call(mine, small);
    await call(mine, small);
    await call(mine, large, { jobId: (await mine.job("import")).id });
    await call(sibling, large);
  });

  const asked = async (client: GraphqlClient, filter: object = {}, more: object = {}) => {
    const to = new Date(clock.now().getTime() + 1).toISOString();
    const { llmCallErrors } = await client.data(GROUPS, { input: { from: began.toISOString(), to, filter, ...more } });
    return llmCallErrors;
  };
  /** Each group as its error, its model, how many calls, and the number of the newest of them. */
  const shown = ({ groups }: { groups: readonly Group[] }) =>
    groups.map(({ errorCode, model, calls, lastCall }) => [errorCode, model, calls, made.indexOf(lastCall.id)]);

  it("are grouped by code and model, of what the viewer reaches, the most frequent first", async () => {
    const ofMine = [
      ["UPSTREAM_REJECTED", "small", 2, 1],
      ["UPSTREAM_REJECTED", "large", 1, 3],
      ["UPSTREAM_FAILED", "small", 1, 2],
    ];
    const answer = await asked(mine.client);
    expect(shown(answer)).toEqual(ofMine);
    expect(answer).toMatchObject({
      isComplete: true,
      countedFrom: began.toISOString(),
      countedCalls: 4,
      groupCount: 3,
    });
    for (const { errorCode, lastAt, lastCall } of answer.groups) {
      expect(lastAt).toBe(lastCall.createdAt);
      expect(lastCall.error.code).toBe(errorCode);
    }
    expect(shown(await asked(sibling.client))).toEqual([["UPSTREAM_REJECTED", "large", 1, 4]]);
    for (const client of [organization, gateway.admin])
      expect(shown(await asked(client))).toEqual([
        ["UPSTREAM_REJECTED", "large", 2, 4],
        ["UPSTREAM_REJECTED", "small", 2, 1],
        ["UPSTREAM_FAILED", "small", 1, 2],
      ]);
  });

  it.each<[string, () => object, expected: number[]]>([
    ["a team", () => ({ teamIds: [sibling.id] }), [4]],
    ["a team that does not exist", () => ({ teamIds: ["absent"] }), []],
    ["no team", () => ({ teamIds: [] }), []],
    ["a key", () => ({ keyIds: [mine.keyId, "no uuid"] }), [1, 3, 2]],
    ["a model group", () => ({ modelGroups: [mine.modelGroup] }), [1, 2]],
    ["a model", () => ({ models: ["large"] }), [4]],
    ["a type of job", () => ({ jobTypes: ["import"] }), [3]],
    ["an error code", () => ({ errorCodes: ["UPSTREAM_FAILED", "CANCELLED"] }), [2]],
    ["no error code", () => ({ errorCodes: [] }), []],
    ["metadata", () => ({ metadataContains: { customer: "a" } }), [0]],
    ["all at once", () => ({ teamIds: [mine.id], models: ["small"], errorCodes: ["UPSTREAM_REJECTED"] }), [1]],
  ])("are filtered by %s", async (_what, filter, expected) => {
    const answer = await asked(gateway.admin, filter());
    expect(shown(answer).map((group) => group[3])).toEqual(expected);
    expect(answer).toMatchObject({ isComplete: true, groupCount: expected.length });
  });

  it("are those of the range, from its beginning and before its end", async () => {
    const at = (hours: number) => new Date(began.getTime() + hours * HOUR_MS).toISOString();
    const { llmCallErrors } = await gateway.admin.data(GROUPS, { input: { from: at(2), to: at(4) } });
    expect(shown(llmCallErrors)).toEqual([
      ["UPSTREAM_FAILED", "small", 1, 2],
      ["UPSTREAM_REJECTED", "small", 1, 1],
    ]);
  });

  it("are as many groups as are asked for, and say how many there are", async () => {
    const answer = await asked(gateway.admin, {}, { first: 1 });
    expect(shown(answer)).toEqual([["UPSTREAM_REJECTED", "large", 2, 4]]);
    expect(answer).toMatchObject({ countedCalls: 5, groupCount: 3 });
  });

  it.each([
    ["an end that is not after its beginning", () => ({ to: began }), /^input\.to must be after input\.from, got /],
    [
      "more than 31 days",
      () => ({ to: new Date(began.getTime() + 31 * 24 * HOUR_MS + 1) }),
      /^input\.to must be at most 31 days after input\.from, got /,
    ],
    ["no group", () => ({ first: 0 }), /^input\.first must not be less than 1, got 0\.$/],
    ["too many groups", () => ({ first: 101 }), /^input\.first must not be greater than 100, got 101\.$/],
    ["too long a name", () => ({ filter: { models: ["x".repeat(201)] } }), /^input\.filter\.models /],
  ])("are refused for %s", async (_what, wrong, message) => {
    const input = { from: began, to: clock.now(), ...wrong() };
    expect((await gateway.admin.refusal("INVALID_INPUT", GROUPS, { input })).message).toMatch(message);
  });
});

describe("more errors of calls than are looked at", () => {
  const CALLS = 5_500;
  const gateway = useGateway();
  let noisy: TestTeam;
  let quiet: TestTeam;
  let organization: GraphqlClient;

  beforeAll(async () => {
    const customer = await gateway.world.organization();
    organization = (await gateway.world.organizationKey(customer.id)).client;
    noisy = await customer.team({ credits: CALLS });
    quiet = await customer.team({ credits: CALLS });
    const { db } = gateway.database;
    await growTeam(db, noisy, { jobs: CALLS, failedAs: "FAILED", newestHoursAgo: 1 });
    await growTeam(db, quiet, { jobs: 40, failedAs: "FAILED", newestHoursAgo: 30 });
    await db.$executeRaw`UPDATE llm_calls SET status = 'FAILED', error_code = 'UPSTREAM_TIMEOUT', error_message = 'Late.', model = 'm'
      WHERE team_id = ${noisy.id}`;
  });

  const asked = async (client: GraphqlClient, filter: object | null = null) => {
    const [from, to] = [24 * HOUR_MS * 2, 0].map((ago) => new Date(Date.now() - ago).toISOString());
    const { llmCallErrors } = await client.data(GROUPS, { input: { from, to, filter } });
    return { from, ...llmCallErrors };
  };

  it("are the newest 5,000 of a team and of all, and say since when", async () => {
    for (const client of [noisy.client, gateway.admin]) {
      const { isComplete, countedFrom, countedCalls, groups } = await asked(client);
      expect({ isComplete, countedCalls }).toEqual({ isComplete: false, countedCalls: 5_000 });
      expect(groups).toMatchObject([{ errorCode: "UPSTREAM_TIMEOUT", model: "m", calls: 5_000 }]);
      // They are a second apart.
      expect(Date.parse(groups[0].lastAt) - Date.parse(countedFrom)).toBe(4_999_000);
    }
  });

  it("leave a quiet team its share of what its organization sees", async () => {
    const { isComplete, groups } = await asked(organization);
    expect(isComplete).toBe(false);
    expect(groups.map(({ errorCode, calls }: Group) => [errorCode, calls])).toEqual([
      ["UPSTREAM_TIMEOUT", 2_500],
      ["UPSTREAM_FAILED", 2],
    ]);
  });

  it("are no matter to a team with few, nor to a code with few", async () => {
    expect(await asked(quiet.client)).toMatchObject({ isComplete: true, countedCalls: 2 });
    const { from, ...rare } = await asked(gateway.admin, { errorCodes: ["UPSTREAM_FAILED"] });
    expect(rare).toMatchObject({ isComplete: true, countedFrom: from, countedCalls: 2 });
  });
});
