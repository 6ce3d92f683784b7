import { beforeAll, describe, expect, it } from "vitest";
import { JSON_LINES } from "../../../src/edge/http/exports/send-json-lines.js";
import {
  documentedEvents,
  expectToFit,
  type Media,
  type OpenApi,
  type Operation,
  openApi,
} from "../../kit/clients/openapi.js";
import type { Method } from "../../kit/clients/rest.js";
import { ADMIN_KEY, useGateway } from "../../kit/gateway/gateway.js";

const gateway = useGateway();
const given: { document?: OpenApi; key?: string } = {};

beforeAll(async () => {
  given.document = await openApi(gateway.url);
});

interface Route extends Operation {
  readonly method: Method;
  readonly path: string;
}

const document = (): OpenApi => {
  if (!given.document) throw new Error("There is no document outside of tests.");
  return given.document;
};

const routes = (): Route[] =>
  Object.entries(document().paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      ...operation,
      method: method.toUpperCase() as Method,
      path,
    })),
  );

const answerOf = ({ responses }: Route): [type: string, media: Media] => {
  // Lines of JSON, or of CSV, are the items of the same list.
  const isJson = (type: string) => type !== JSON_LINES && !type.startsWith("text/csv");
  const [answer, ...others] = Object.entries(responses[200].content).filter(([type]) => isJson(type));
  if (!answer || others.length > 0) throw new Error("A route has one kind of answer.");
  return answer;
};

/** Fails unless the frames of a stream are those that the document describes, in the order that it tells. */
function expectDocumentedStream(stream: unknown, what: string): void {
  const messages = documentedEvents(document(), String(stream), what);
  for (const { id, data } of messages) expect(id !== undefined, data).toBe(data !== "[DONE]");
  const events = messages.map(({ data }) => (data === "[DONE]" ? data : JSON.parse(data)));
  const chunk = (delta: object, finish_reason: string | null = null) => ({ choices: [{ delta, finish_reason }] });
  expect(events[0], what).toMatchObject(chunk({ role: "assistant" }));
  for (const event of events.slice(1, -3)) expect(event, what).toMatchObject(chunk({ content: expect.any(String) }));
  expect(events.slice(-3), what).toEqual([
    expect.objectContaining({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] }),
    expect.objectContaining({ choices: [], usage: expect.objectContaining({ total_tokens: expect.any(Number) }) }),
    "[DONE]",
  ]);
  expect(events.length, what).toBeGreaterThan(4);
}

describe("the examples of the REST door", () => {
  it("exist for each body, each answer and each name in a path, and fit their schemas", () => {
    expect(routes().length).toBeGreaterThan(20);
    for (const route of routes()) {
      const what = route.operationId;
      for (const param of route.parameters ?? []) if (param.in === "path") expect(param.example, what).toBeDefined();
      const body = route.requestBody?.content["application/json"];
      if (body) expect(body.example, what).toBeDefined();
      if (body) expectToFit(document(), body.schema, body.example, what);
      const [type, { schema, example }] = answerOf(route);
      expect(example, what).toBeDefined();
      if (type === "text/event-stream") expectDocumentedStream(example, what);
      else expectToFit(document(), schema, example, what);
    }
  });

  it("work, when they are sent to a gateway whose customer they name", async () => {
    const sent = new Set<string>();
    for (const route of inOrder(routes())) {
      await before(route);
      const path = await pathOf(route);
      const body = route.requestBody?.content["application/json"].example;
      const key = /Admin only|\bthe admin\b/i.test(route.summary) ? ADMIN_KEY : given.key;
      const answer = await gateway.rest(key).send(route.method, path, body);
      const what = `${route.operationId}: ${JSON.stringify(answer.body)}`;
      expect(answer.status, what).toBe(200);
      const [type, { schema }] = answerOf(route);
      expect(answer.headers.get("content-type"), what).toContain(type);
      if (type === "text/event-stream") expectDocumentedStream(answer.body, what);
      else expectToFit(document(), schema, answer.body, what);
      if (route.operationId === "createTeam") given.key = answer.body.virtual_key;
      sent.add(route.operationId);
    }
    expect(sent.size).toBe(routes().length);
  });
});

const FIRST = ["createOrganization", "createModelGroup", "createTeam"];
const LAST = ["suspendOrganization", "resumeOrganization", "suspendTeam", "resumeTeam", "deleteModelGroup"];

/** What the other examples need is made first, by examples, and taken away last. */
function inOrder(all: readonly Route[]): Route[] {
  const named = (names: readonly string[]) =>
    names.flatMap((name) => all.filter((route) => route.operationId === name));
  const others = all.filter(({ operationId }) => ![...FIRST, ...LAST].includes(operationId));
  return [...named(FIRST), ...others, ...named(LAST)];
}

/** What the examples take for granted. */
async function before({ operationId }: Route): Promise<void> {
  const admin = gateway.rest(ADMIN_KEY);
  if (operationId === "createTeam") {
    const advanced = { group_name: "ChatAdvanced", models: [{ model_name: "gpt-4" }] };
    await admin.ok("POST", "/api/model-groups/create", advanced);
  }
  // A group that a team has cannot be deleted.
  if (operationId === "deleteModelGroup") await admin.ok("PUT", "/api/teams/engineering-team/model-groups", []);
}

/** The path with the names of the examples. Ids of jobs and calls are new each time, so they are those of a new job. */
async function pathOf({ path, parameters = [] }: Route): Promise<string> {
  const ids = path.includes("{job_id}") ? await newJob() : {};
  const values = Object.fromEntries(parameters.map(({ name, example }) => [name, example]));
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => String({ ...values, ...ids }[name]));
  const asked = parameters.filter((param) => param.in === "query" && param.example !== undefined);
  const query = new URLSearchParams(Object.fromEntries(asked.map(({ name, example }) => [name, String(example)])));
  return query.size > 0 ? `${filled}?${query}` : filled;
}

/** With a call that was streamed, so that it can be followed piece by piece. */
async function newJob(): Promise<{ job_id: string; call_id: string }> {
  const team = gateway.rest(given.key);
  const { job_id } = await team.ok("POST", "/api/jobs/create", exampleBodyOf("createJob"));
  const { headers } = await team.send("POST", `/api/jobs/${job_id}/llm-call-stream`, exampleBodyOf("runLlmCall"));
  return { job_id, call_id: String(headers.get("x-tollgate-call-id")) };
}

const exampleBodyOf = (name: string): unknown =>
  routes().find(({ operationId }) => operationId === name)?.requestBody?.content["application/json"].example;
