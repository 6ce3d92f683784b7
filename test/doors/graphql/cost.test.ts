import { describe, expect, it } from "vitest";
import { ADMIN, get, post, refusalOf, send } from "../../kit/clients/http.js";
import { readSse } from "../../kit/clients/sse.js";
import { ADMIN_KEY, useGateway } from "../../kit/gateway/gateway.js";

const gateway = useGateway();

const QUERY = "{ organizations(first: 7) { nodes { id name } } }";
const COST = { requested: 22, maximum: 50_000 };
const TOO_MUCH =
  "{ teams(first: 100) { nodes { jobs(first: 100) { nodes { llmCalls(first: 100) { nodes { id } } } } } } }";
const ASKING = { extensions: { cost: true } };

const postTo = (path: string, body: object, headers: object = {}) =>
  send(gateway, { method: "POST", path, headers: { ...ADMIN, ...headers }, body: JSON.stringify(body) });
const firstOf = ({ text }: { text: string }) => JSON.parse(readSse(text)[0]?.data ?? "{}");

/** The first result of a query, by every way in which its cost may be asked for. */
const ASKED: Record<string, (query: string) => Promise<{ extensions?: unknown; errors?: unknown[] }>> = {
  "POST, in its body": async (query) => JSON.parse((await postTo("/graphql", { query, ...ASKING })).text),
  "POST, by its header": async (query) =>
    JSON.parse((await post(gateway, query, { ...ADMIN, "GraphQL-Cost": "1" })).text),
  "GET, in its address": async (query) =>
    JSON.parse(
      (await send(gateway, { path: get(query, `&extensions=${JSON.stringify(ASKING.extensions)}`), headers: ADMIN }))
        .text,
    ),
  "GET, by its header": async (query) =>
    JSON.parse((await send(gateway, { path: get(query), headers: { ...ADMIN, "graphql-cost": "true" } })).text),
  "event stream, in its body": async (query) => firstOf(await postTo("/graphql/stream", { query, ...ASKING })),
  "event stream, by its header": async (query) =>
    firstOf(await postTo("/graphql/stream", { query }, { "graphql-cost": "1" })),
  socket: (query) =>
    gateway
      .socket(ADMIN_KEY)
      .iterate(query, {}, ASKING)
      .next()
      .then(
        ({ value }) => value ?? {},
        (errors: unknown[]) => ({ errors }),
      ),
};

describe.each(Object.entries(ASKED))("the cost of an operation, asked for by %s", (_, answerTo) => {
  it("comes with its answer", async () => {
    const answer = await answerTo(QUERY);
    expect(answer.errors).toBeUndefined();
    expect(answer.extensions).toEqual({ cost: COST });
  });

  it("comes with an answer that has errors", async () => {
    const answer = await answerTo('{ organization(id: "nothing") { id } }');
    expect(answer.errors).toHaveLength(1);
    expect(answer.extensions).toEqual({ cost: { ...COST, requested: 2 } });
  });

  it("is told by the error if it is too much", async () => {
    const { errors = [] } = await answerTo(TOO_MUCH);
    expect(errors).toMatchObject([
      { extensions: { code: "GRAPHQL_VALIDATION_FAILED", cost: { requested: expect.any(Number), maximum: 50_000 } } },
    ]);
    const [{ extensions }] = errors as [{ extensions: { cost: { requested: number } } }];
    expect(extensions.cost.requested).toBeGreaterThan(50_000);
  });
});

describe("the cost of an operation", () => {
  it("is not told if nobody asks for it", async () => {
    for (const extensions of [undefined, {}, { cost: false }, { cost: "yes" }])
      expect((await gateway.admin.send(QUERY, {}, extensions)).extensions).toBeUndefined();
    expect(firstOf(await postTo("/graphql/stream", { query: QUERY })).extensions).toBeUndefined();
    expect((await gateway.socket(ADMIN_KEY).iterate(QUERY).next()).value?.extensions).toBeUndefined();
    const declined = await post(gateway, QUERY, { ...ADMIN, "graphql-cost": "0" });
    expect(JSON.parse(declined.text).extensions).toBeUndefined();
  });

  it("is told by the error also if nobody asks for it", async () => {
    const refusal = refusalOf(await post(gateway, TOO_MUCH));
    expect(refusal.extensions.cost.maximum).toBe(50_000);
  });

  it("comes with the first event of a subscription, and with no other", async () => {
    const team = await gateway.world.team();
    const input = { modelGroup: team.modelGroup, messages: [{ role: "USER", content: "Hello" }] };
    const query = "subscription ($input: LlmCallInput!) { streamLlmCall(input: $input) { __typename } }";
    const costs: unknown[] = [];
    for await (const { extensions } of gateway.socket(team.secret).iterate(query, { input }, ASKING))
      costs.push(extensions);
    expect(costs.length).toBeGreaterThan(2);
    expect(costs[0]).toEqual({ cost: { requested: 2, maximum: 50_000 } });
    expect(costs.slice(1).every((extensions) => extensions === undefined)).toBe(true);
  });
});
