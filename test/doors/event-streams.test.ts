import { pino } from "pino";
import { afterEach, describe, expect, it, vi } from "vitest";
import { readSse } from "../kit/clients/sse.js";
import { useGateway } from "../kit/gateway/gateway.js";
import { type Behaviour, error, garbage, hang } from "../kit/upstream/upstream-behaviours.js";
import { heldStream, streamed } from "../kit/upstream/upstream-streams.js";
import { name, type TestTeam } from "../kit/world.js";

const logged: string[] = [];
const log = pino({ level: "error" }, { write: (line: string) => void logged.push(line) });
const gateway = useGateway({ upstream: "scripted", log, env: { UPSTREAM_FIRST_TOKEN_TIMEOUT_MS: "40000" } });
afterEach(() => void vi.useRealTimers());

const SAY = [{ role: "user", content: "What is a tollgate?" }];
const GRAPHQL = "subscription ($input: LlmCallInput!) { streamLlmCall(input: $input) { __typename sequence } }";
/** A request for a stream at each door, and how its errors name their kind. */
const DOORS: Record<string, (group: string) => { path: string; body: object }> = {
  "/v1": (model) => ({ path: "/v1/chat/completions", body: { model, messages: SAY, stream: true } }),
  "/v1/messages": (model) => ({
    path: "/v1/messages",
    body: { model, messages: SAY, stream: true, max_tokens: 100 },
  }),
  REST: (group) => ({ path: "/api/jobs/create-and-call-stream", body: { model_group: group, messages: SAY } }),
  GraphQL: (modelGroup) => ({
    path: "/graphql/stream",
    body: {
      query: GRAPHQL,
      variables: { input: { modelGroup, messages: [{ role: "USER", content: "What is a tollgate?" }] } },
    },
  }),
};
const CHAT_DOORS = ["/v1", "REST"];

const JSON_OF_A_VERSION = { "content-type": "application/json", "anthropic-version": "2023-06-01" };

async function teamWith(...behaviours: [Behaviour, ...Behaviour[]]): Promise<TestTeam> {
  const model = name("model");
  gateway.upstream.on(model, ...behaviours);
  return gateway.world.team({ models: [model] });
}

function ask(door: string, team: TestTeam, headers: Record<string, string> = {}): Promise<Response> {
  const { path, body } = DOORS[door]?.(team.modelGroup) ?? { path: "", body: {} };
  return fetch(gateway.url + path, {
    method: "POST",
    headers: { authorization: `Bearer ${team.secret}`, ...JSON_OF_A_VERSION, ...headers },
    body: JSON.stringify(body),
  });
}

describe("a quiet event stream", () => {
  it.each(Object.keys(DOORS))("is kept alive by comments that no reader takes for events: %s", async (door) => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const upstream = heldStream();
    const asked = ask(door, await teamWith(upstream), { "x-tollgate-resume": "on" });
    await upstream.arrived;
    upstream.text("one ");
    const response = await asked;
    vi.advanceTimersByTime(24_000);
    upstream.text("two");
    upstream.finish();
    const text = await response.text();
    expect(text.match(/^:$/gm)?.length).toBeGreaterThanOrEqual(2);
    expect(text).not.toMatch(/^:\n\n/m);
    expect(readSse(text).length).toBeGreaterThan(3);
  });

  it.each(CHAT_DOORS)("has its headers after 15 seconds, and an error as its last event: %s", async (door) => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const upstream = hang();
    const asked = ask(door, await teamWith(upstream));
    await upstream.arrived;
    vi.advanceTimersByTime(15_000);
    const response = await asked;
    expect(response.status).toBe(200);
    vi.advanceTimersByTime(30_000);
    const [role, last] = readSse(await response.text()).map(({ data }) => JSON.parse(data));
    expect(role.choices[0].delta).toEqual({ role: "assistant", content: "" });
    expect(last).toMatchObject({ error: { code: "upstream_timeout" } });
  });
});

describe("a call that fails before anything of its answer has come", () => {
  const role = 'data: {"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}\n\n';
  it.each<[string, Behaviour, number]>([
    ["the upstream's error", error(401), 502],
    ["an answer that is none", garbage(), 502],
    ["a stream of a role alone", garbage(role, "text/event-stream"), 502],
  ])("has the status and the JSON of a plain one, and its ids in headers: %s", async (_, behaviour, status) => {
    for (const door of CHAT_DOORS) {
      const response = await ask(door, await teamWith(behaviour));
      expect(response.status, door).toBe(status);
      expect(response.headers.get("content-type"), door).toMatch(/^application\/json/);
      expect(response.headers.get("x-tollgate-call-id"), door).toMatch(/^[0-9a-f-]{36}$/);
      expect(response.headers.get("x-job-id"), door).toMatch(/^[0-9a-f-]{36}$/);
      expect(await response.json()).toMatchObject(
        door === "REST" ? { detail: expect.any(String) } : { error: { code: "upstream_failed" } },
      );
    }
  });

  it("because it was cancelled has the status of a cancelled one", async () => {
    for (const door of CHAT_DOORS) {
      const upstream = heldStream();
      const team = await teamWith(upstream);
      const asked = ask(door, team);
      await upstream.arrived;
      const { jobs } = await team.client.data("{ jobs { nodes { llmCalls { nodes { id } } } } }");
      const { id } = jobs.nodes[0].llmCalls.nodes[0];
      await team.client.data("mutation ($id: ID!) { cancelLlmCall(id: $id) { id } }", { id });
      expect((await asked).status).toBe(499);
    }
  });
});

describe("the ids of events", () => {
  const idsOf = async (response: Promise<Response>) =>
    [...(await (await response).text()).matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));

  it("come over REST, and over /v1 only if they are asked for", async () => {
    const team = await teamWith(streamed(["one ", "two"]));
    expect((await idsOf(ask("REST", team))).length).toBeGreaterThan(2);
    expect(await idsOf(ask("/v1", team))).toEqual([]);
    expect((await idsOf(ask("/v1", team, { "x-tollgate-resume": "on" }))).length).toBeGreaterThan(2);
  });

  it("take a stream of /v1 up again, with the same idempotency key", async () => {
    const team = await teamWith(streamed(["one ", "two"]));
    const key = { "idempotency-key": name("key") };
    const [first = 0, ...others] = await idsOf(ask("/v1", team, { ...key, "x-tollgate-resume": "on" }));
    expect(await idsOf(ask("/v1", team, { ...key, "last-event-id": String(first) }))).toEqual(others);
    const refused = await ask("/v1", team, { ...key, "last-event-id": "x" });
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining("Last-Event-ID")]);
  });
});

it.each(CHAT_DOORS)("a stream that breaks inside ends with a masked error, and is logged: %s", async (door) => {
  const team = await teamWith(streamed(["one"]));
  vi.spyOn(gateway.app.services.callFollower, "followWhole").mockImplementationOnce(async (_viewer, callId) => {
    const events = (async function* () {
      yield { type: "text-delta" as const, callId, sequence: 1, content: "one" };
      throw new TypeError("the inside of it");
    })();
    return events as never;
  });
  const text = await (await ask(door, team)).text();
  expect(JSON.parse(readSse(text).at(-1)?.data ?? "")).toMatchObject({ error: { code: "internal" } });
  expect(text).not.toContain("the inside of it");
  expect(logged.at(-1)).toContain("A stream failed.");
  expect(logged.at(-1)).toContain("the inside of it");
});
