import { beforeAll, describe, expect, it } from "vitest";
import type { GraphqlClient } from "../../kit/clients/graphql.js";
import { CREATE_KEY } from "../../kit/credentials.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { answer, error, openAiError } from "../../kit/upstream/upstream-behaviours.js";
import { RUN_LLM_CALL, type TestTeam } from "../../kit/world.js";

const LIST = `query ($filter: LlmCallFilter, $orderBy: LlmCallOrder, $first: Int, $after: String) {
  llmCalls(filter: $filter, orderBy: $orderBy, first: $first, after: $after) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }`;
const TOO_MANY =
  "Too many tokens in this request (29.5k, -5 left): it's refused at messages.0.content of /v1/chat for gpt-3.5-turbo.";

describe("the list of all calls", () => {
  const gateway = useGateway({ upstream: "scripted" });
  let mine: TestTeam;
  let sibling: TestTeam;
  let other: TestTeam;
  let organization: GraphqlClient;
  let secondKey: { id: string; client: GraphqlClient };
  /** The calls by name, in the order in which they were made. */
  const made: Record<string, string> = {};

  beforeAll(async () => {
    const customer = await gateway.world.organization();
    const groups = [await gateway.world.modelGroup(["small"]), await gateway.world.modelGroup(["large"])];
    mine = await customer.team({ groups });
    sibling = await customer.team({ groups });
    other = await gateway.world.team();
    organization = (await gateway.world.organizationKey(customer.id)).client;
    const { createVirtualKey } = await gateway.admin.data(CREATE_KEY, { input: { teamId: mine.id } });
    secondKey = { id: createVirtualKey.key.id, client: gateway.client(createVirtualKey.virtualKey) };
    const [small = "", large = ""] = groups;

    const call = async (name: string, client: GraphqlClient, input: object) => {
      const { runLlmCall } = await client.data(RUN_LLM_CALL, { input: { messages: HELLO, ...input } });
      made[name] = runLlmCall.id;
    };
    const importing = await mine.job("import");
    await call("small", mine.client, {
      jobId: importing.id,
      modelGroup: small,
      metadata: { customer: { id: 7, tags: ["a", "b"] } },
    });
    await call("large", mine.client, { jobId: importing.id, modelGroup: large, metadata: { customer: { id: 8 } } });
    const refusal = openAiError(TOO_MANY, "invalid_request_error", "context_length_exceeded");
    gateway.upstream.on("small", error(400, refusal), answer());
    await call("rejected", mine.client, { jobId: importing.id, modelGroup: small });
    await call("alone", secondKey.client, { modelGroup: large });
    await call("siblings", sibling.client, { modelGroup: small });
    await call("others", other.client, { modelGroup: other.modelGroup });
  });

  const names = (ids: readonly string[]) => ids.map((id) => Object.keys(made).find((name) => made[name] === id));
  const listed = async (client: GraphqlClient, filter?: object, more: object = {}) => {
    const { llmCalls } = await client.data(LIST, { filter, first: 100, ...more });
    expect(llmCalls.totalCount).toBe(llmCalls.nodes.length);
    return names(llmCalls.nodes.map(({ id }: { id: string }) => id));
  };

  it("shows each viewer the calls in its reach, newest first", async () => {
    const ofTeam = ["alone", "rejected", "large", "small"];
    expect(await listed(mine.client)).toEqual(ofTeam);
    expect(await listed(organization)).toEqual(["siblings", ...ofTeam]);
    expect(await listed(gateway.admin)).toEqual(["others", "siblings", ...ofTeam]);
    expect(await listed(gateway.admin, undefined, { orderBy: "OLDEST_FIRST" })).toEqual(
      ["others", "siblings", ...ofTeam].reverse(),
    );
  });

  it.each<[string, () => object, expected: string[], ofAdmin?: string[]]>([
    ["a state", () => ({ status: ["FAILED"] }), ["rejected"]],
    [
      "several states",
      () => ({ status: ["FAILED", "RUNNING", "SUCCEEDED"] }),
      ["siblings", "alone", "rejected", "large", "small"],
    ],
    ["a state that none has", () => ({ status: ["RUNNING"] }), []],
    ["no state at all", () => ({ status: [] }), []],
    ["a team", () => ({ teamIds: [sibling.id] }), ["siblings"]],
    ["a team out of reach", () => ({ teamIds: [other.id, "absent"] }), [], ["others"]],
    ["a key", () => ({ keyIds: [secondKey.id, "no uuid"] }), ["alone"]],
    ["a model group", () => ({ modelGroups: [mine.modelGroup] }), ["siblings", "rejected", "small"]],
    ["a model", () => ({ models: ["large"] }), ["alone", "large"]],
    ["a type of job", () => ({ jobTypes: ["import", "absent"] }), ["rejected", "large", "small"]],
    ["an error code", () => ({ errorCodes: ["UPSTREAM_REJECTED", "CANCELLED"] }), ["rejected"]],
    [
      "an error code and a state that do not go together",
      () => ({ errorCodes: ["UPSTREAM_REJECTED"], status: ["CANCELLED"] }),
      [],
    ],
    ["metadata", () => ({ metadataContains: { customer: { tags: ["b"] } } }), ["small"]],
    ["metadata of another value", () => ({ metadataContains: { customer: { id: 9 } } }), []],
    ["words of an error", () => ({ errorText: "TOKENS requ" }), ["rejected"]],
    ["all words of an error, as they are", () => ({ errorText: TOO_MANY }), ["rejected"]],
    ["words with points and lines in them", () => ({ errorText: "29.5k -5 Messages.0.cont gpt-3" }), ["rejected"]],
    ["words with points that no error has", () => ({ errorText: "29.6k messages.1.content" }), []],
    ["words that no error has", () => ({ errorText: "tokens absent" }), []],
    ["a text without a word", () => ({ errorText: "':* | &" }), []],
    [
      "everything at once",
      () => ({
        status: ["FAILED"],
        teamIds: [mine.id],
        keyIds: [mine.keyId],
        modelGroups: [mine.modelGroup],
        models: ["small"],
        jobTypes: ["import"],
        createdAfter: "2020-01-01T00:00:00Z",
        createdBefore: "2100-01-01T00:00:00Z",
        errorText: "many",
      }),
      ["rejected"],
    ],
  ])("is filtered by %s, for an organization and for the admin", async (_what, filter, expected, ofAdmin) => {
    expect(await listed(organization, filter())).toEqual(expected);
    const own = expected.filter((name) => name !== "siblings");
    const ofTeams = { teamIds: [mine.id, sibling.id], ...filter() };
    expect(await listed(gateway.admin, ofTeams)).toEqual(ofAdmin ?? expected);
    expect(await listed(mine.client, filter())).toEqual(own);
    const { team } = await mine.client.data(
      "query ($id: ID!, $filter: LlmCallFilter) { team(id: $id) { llmCalls(filter: $filter) { totalCount nodes { id } } } }",
      { id: mine.id, filter: filter() },
    );
    expect(names(team.llmCalls.nodes.map(({ id }: { id: string }) => id))).toEqual(own);
  });

  it("is filtered by time, from the first on and before the second", async () => {
    const { llmCall } = await mine.client.data("query ($id: ID!) { llmCall(id: $id) { createdAt } }", {
      id: made.large,
    });
    expect(await listed(mine.client, { createdBefore: llmCall.createdAt })).toEqual(["small"]);
    expect(await listed(mine.client, { createdAfter: llmCall.createdAt })).toEqual(["alone", "rejected", "large"]);
  });

  it.each(["NEWEST_FIRST", "OLDEST_FIRST"])(
    "is walked page by page, %s, without a gap or a repeat",
    async (orderBy) => {
      const walked: string[] = [];
      let after: string | null = null;
      for (;;) {
        const { llmCalls }: { llmCalls: Listed } = await organization.data(LIST, { orderBy, first: 2, after });
        walked.push(...llmCalls.nodes.map(({ id }) => id));
        if (!llmCalls.pageInfo.hasNextPage) break;
        after = llmCalls.pageInfo.endCursor;
      }
      const newest = ["siblings", "alone", "rejected", "large", "small"];
      expect(names(walked)).toEqual(orderBy === "NEWEST_FIRST" ? newest : newest.reverse());
    },
  );

  it("has over REST the same filters, and never what was asked or answered", async () => {
    const rest = gateway.rest(mine.secret);
    const ids = async (query: string) =>
      names((await rest.ok("GET", `/api/llm-calls?${query}`)).map((call: { call_id: string }) => call.call_id));
    expect(await ids("status=failed&status=running")).toEqual(["rejected"]);
    expect(await ids("status=succeeded&order_by=oldest_first&limit=2&offset=1")).toEqual(["large", "alone"]);
    expect(await ids(`key_ids=${secondKey.id}`)).toEqual(["alone"]);
    expect(
      await ids(`models=small&model_groups=${mine.modelGroup}&job_types=import&error_codes=UPSTREAM_REJECTED`),
    ).toEqual(["rejected"]);
    expect(await ids(`metadata_contains=${encodeURIComponent('{"customer":{"id":8}}')}`)).toEqual(["large"]);
    expect(await ids("error_text=tokens%20many&created_after=2020-01-01T00:00:00Z")).toEqual(["rejected"]);
    const answer = await rest.send("GET", "/api/llm-calls?job_types=import");
    expect(answer.headers.get("x-total-count")).toBe("3");
    expect(JSON.stringify(answer.body)).not.toMatch(/Hello|scripted|"content/);
    expect(answer.body[0]).toMatchObject({
      call_id: made.rejected,
      team_id: mine.id,
      key_id: mine.keyId,
      status: "failed",
      error_code: "UPSTREAM_REJECTED",
    });
  });

  it.each([
    [
      "created_after=yesterday",
      'must be a time with its zone, such as 2026-11-29T12:00:00Z, got "yesterday".',
      ["query", "created_after"],
    ],
    [
      "metadata_contains=[1]",
      'must be a JSON object, such as {"customer":"acme"}, got "[1]".',
      ["query", "metadata_contains"],
    ],
    ["error_text=%20", expect.stringContaining("must be text of 1 to 200 characters"), ["query", "error_text"]],
    ["status=ended", expect.stringContaining("must be equal to one of the allowed values"), ["query", "status", 0]],
    ["team=acme", '"team" is not a field of this request', ["query", "team"]],
    [
      "created_after=2026-02-30T00:00:00Z",
      'must be a time with its zone, such as 2026-11-29T12:00:00Z, got "2026-02-30T00:00:00Z".',
      ["query", "created_after"],
    ],
    [
      `metadata_contains=${encodeURIComponent('{"n":12345678901234567890}')}`,
      expect.stringContaining("with integers above 2^53 as text"),
      ["query", "metadata_contains"],
    ],
  ])("refuses over REST %s, and names the parameter", async (query, msg, loc) => {
    expect(await gateway.rest(mine.secret).refusal(422, "GET", `/api/llm-calls?${query}`)).toEqual([
      { loc, msg, type: expect.any(String) },
    ]);
  });

  it("refuses more than 100 values, and one that is too long", async () => {
    const many = Array.from({ length: 101 }, (_, index) => `team-${index}`);
    const refusal = await mine.client.refusal("INVALID_INPUT", LIST, { filter: { teamIds: many } });
    expect(refusal.message).toMatch(/filter.teamIds must contain no more than 100 elements/);
    await mine.client.refusal("INVALID_INPUT", LIST, { filter: { models: ["m".repeat(201)] } });
  });
});

const HELLO = [{ role: "USER", content: "Hello" }];

interface Listed {
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}
