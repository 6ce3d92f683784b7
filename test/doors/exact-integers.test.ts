import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { openAiOf } from "../kit/clients/openai.js";
import { STREAM } from "../kit/clients/ws.js";
import { useGateway } from "../kit/gateway/gateway.js";
import { answer } from "../kit/upstream/upstream-behaviours.js";
import { streamed } from "../kit/upstream/upstream-streams.js";
import { RUN_LLM_CALL, type TestTeam } from "../kit/world.js";

// Schemas of tools bound 64-bit integers, and seeds are often random ones. Neither fits into a double.

const gateway = useGateway({ upstream: "scripted" });
const { teamWith } = openAiOf(gateway);
const LONG = "9223372036854775807";
const TOOLS = `[{"type":"function","function":{"name":"f","parameters":{"maximum":${LONG}}}}]`;

const post = (team: TestTeam, path: string, body: string, headers: Record<string, string> = {}) =>
  gateway.rest(team.secret).send("POST", path, body, headers);
const inputOf = ({ modelGroup }: TestTeam, more: string) =>
  `{"modelGroup":"${modelGroup}","messages":[{"role":"USER","content":"Hi"}],${more}}`;
const restBody = ({ modelGroup }: TestTeam, more: string) =>
  `{"model_group":"${modelGroup}","messages":[{"role":"user","content":"Hi"}],${more}}`;
const v1Body = (team: TestTeam, more: string) => restBody(team, more).replace("model_group", "model");
const operation = (query: string, team: TestTeam, more: string) =>
  `{"query":${JSON.stringify(query)},"variables":{"input":${inputOf(team, more)}}}`;
/** The same as a literal of GraphQL, whose names have no quotes. */
const literal = (team: TestTeam, more: string) =>
  inputOf(team, more)
    .replace('"USER"', "USER")
    .replace(/"(\w+)":/g, "$1:");

/** Sends an operation over a socket as raw text, because a client would write it with JSON.stringify. */
async function overSocket(team: TestTeam, text: string): Promise<void> {
  const socket = new WebSocket(`${gateway.url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
  await new Promise<void>((resolve, reject) => {
    socket.on("error", reject);
    socket.on("open", () =>
      socket.send(JSON.stringify({ type: "connection_init", payload: { authorization: `Bearer ${team.secret}` } })),
    );
    socket.on("message", (data) => {
      const { type, payload } = JSON.parse(String(data));
      if (type === "connection_ack") socket.send(`{"id":"${randomUUID()}","type":"subscribe","payload":${text}}`);
      if (type === "error") reject(new Error(JSON.stringify(payload)));
      if (type === "complete") resolve();
    });
  });
  socket.close();
}

type Send = (team: TestTeam, tools: string, seed: string) => Promise<unknown>;

describe("an integer beyond 2^53 keeps its digits", () => {
  const options = (tools: string, seed: string) => `"tools":${tools},"providerOptions":{"random_seed":${seed}}`;
  it.each<[string, Send]>([
    [
      "over /v1",
      (team, tools, seed) => post(team, "/v1/chat/completions", v1Body(team, `"tools":${tools},"seed":${seed}`)),
    ],
    [
      "over REST",
      (team, tools, seed) => post(team, "/api/jobs/create-and-call", restBody(team, `"tools":${tools},"seed":${seed}`)),
    ],
    [
      "in GraphQL's variables",
      (team, tools, seed) => post(team, "/graphql", operation(RUN_LLM_CALL, team, options(tools, seed))),
    ],
    [
      "in GraphQL's literals",
      (team, tools, seed) =>
        post(
          team,
          "/graphql",
          JSON.stringify({ query: `mutation { runLlmCall(input: ${literal(team, options(tools, seed))}) { id } }` }),
        ),
    ],
    [
      "over an event stream",
      (team, tools, seed) => post(team, "/graphql/stream", operation(STREAM, team, options(tools, seed))),
    ],
    ["over a socket", (team, tools, seed) => overSocket(team, operation(STREAM, team, options(tools, seed)))],
  ])("%s", async (_door, send) => {
    const { team, model } = await teamWith();
    gateway.upstream.on(model, (exchange) => (exchange.request.body.stream ? streamed(["Hi."]) : answer())(exchange));
    const asked = JSON.stringify(await send(team, TOOLS, "9007199254740993"));
    const sent = gateway.upstream.requests.find(({ body }) => body.model === model)?.text;
    expect(sent, asked).toContain(`"maximum":${LONG}`);
    expect(sent).toContain('seed":9007199254740993');
  });
});

describe("an integer beyond 2^53", () => {
  it("differs from its neighbour, which a double would make the same, for an idempotency key", async () => {
    const { team } = await teamWith();
    const key = { "idempotency-key": randomUUID() };
    const ask = (seed: string) => post(team, "/v1/chat/completions", v1Body(team, `"seed":${seed}`), key);
    expect((await ask("9007199254740993")).status).toBe(200);
    expect((await ask("9007199254740993")).status).toBe(200);
    expect((await ask("9007199254740995")).status).toBe(409);
  });

  it.each(["over REST", "in GraphQL"])("is refused in metadata, which is stored, %s", async (door) => {
    const { team } = await teamWith();
    const metadata = `"metadata":{"trace":${LONG}}`;
    const refused =
      door === "over REST"
        ? await post(team, "/api/jobs/create-and-call", restBody(team, metadata))
        : await post(team, "/graphql", operation(RUN_LLM_CALL, team, metadata));
    expect(JSON.stringify(refused.body)).toContain("with integers above 2^53 as text");
    expect(JSON.stringify(refused.body)).toContain(LONG);
  });

  it("is refused where a number has a limit, and shown as it was sent", async () => {
    const { team } = await teamWith();
    const tokens = await post(team, "/api/jobs/create-and-call", restBody(team, `"max_tokens":${LONG}`));
    expect(tokens).toMatchObject({ status: 422, body: { detail: [{ loc: ["body", "max_tokens"] }] } });
    expect(tokens.body.detail[0].msg).toContain(LONG);
  });
});
