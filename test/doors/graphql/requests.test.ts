import type { OutgoingHttpHeaders } from "node:http";
import { describe, expect, it } from "vitest";
import { ADMIN, get, HELLO, JSON_TYPE, post, refusalOf, type Sent, send } from "../../kit/clients/http.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { name } from "../../kit/world.js";

describe("a request that a page of another site could make without asking", () => {
  const gateway = useGateway();

  it.each<[string, Sent]>([
    ["GET without a header that only a script may set", { path: get("{ __typename }") }],
    ["GET as a form sends it", { path: get("{ __typename }"), headers: { "content-type": "text/plain" } }],
    ["POST of text", { method: "POST", body: HELLO, headers: { "content-type": "text/plain" } }],
    ["POST of text in UTF-8", { method: "POST", body: HELLO, headers: { "content-type": "text/plain;charset=UTF-8" } }],
    [
      "POST of a form",
      { method: "POST", body: "query={__typename}", headers: { "content-type": "application/x-www-form-urlencoded" } },
    ],
    [
      "POST of a form in parts",
      { method: "POST", body: HELLO, headers: { "content-type": "multipart/form-data; boundary=x" } },
    ],
    ["POST without a type", { method: "POST", body: HELLO }],
  ])("is refused: %s", async (_, sent) => {
    const reply = await send(gateway, sent);
    expect(refusalOf(reply).code).toBe("INVALID_INPUT");
    expect(reply.status).toBeGreaterThanOrEqual(400);
    expect(reply.status).toBeLessThan(500);
    expect(reply.text).not.toContain('__typename":');
  });

  it.each<[string, Sent]>([
    [
      "GET with apollo-require-preflight",
      { path: get("{ __typename }"), headers: { "apollo-require-preflight": "1" } },
    ],
    ["GET with a credential", { path: get("{ __typename }"), headers: { authorization: "Bearer any" } }],
    ["GET with the admin's header", { path: get("{ __typename }"), headers: { "x-admin-key": "any" } }],
    ["GET with a content type of JSON", { path: get("{ __typename }"), headers: JSON_TYPE }],
    ["POST of JSON", { method: "POST", body: HELLO, headers: JSON_TYPE }],
    [
      "POST of JSON in UTF-8",
      { method: "POST", body: HELLO, headers: { "content-type": "application/json; charset=utf-8" } },
    ],
  ])("is answered with a header that needs a preflight: %s", async (_, sent) => {
    const reply = await send(gateway, sent);
    expect(reply).toMatchObject({ status: 200, headers: { "content-type": "application/json; charset=utf-8" } });
    expect(JSON.parse(reply.text).data).toEqual({ __typename: "Query" });
  });

  it("changes nothing as a GET, whatever headers it has", async () => {
    const id = name("org");
    const mutation = `mutation { createOrganization(input: { id: "${id}", name: "X" }) { id } }`;
    const reply = await send(gateway, { path: get(mutation), headers: ADMIN });
    expect(reply).toMatchObject({ status: 405, headers: { allow: "POST" } });
    await gateway.admin.refusal("NOT_FOUND", `{ organization(id: "${id}") { id } }`);
  });
});

describe("a body that is no GraphQL request", () => {
  const gateway = useGateway();

  it.each<[string, number, string, OutgoingHttpHeaders?]>([
    ["malformed JSON", 400, '{ "query": '],
    ["nothing", 400, ""],
    ["JSON that is no object", 400, '"{ __typename }"'],
    ["null", 400, "null"],
    ["an object without a query", 400, "{}"],
    ["a query that is no text", 400, '{ "query": 5 }'],
    ["variables that are no object", 400, '{ "query": "{ __typename }", "variables": "a" }'],
    ["variables that are a list", 400, '{ "query": "{ __typename }", "variables": [1] }'],
    ["an operationName that is no text", 400, '{ "query": "{ __typename }", "operationName": 5 }'],
    ["extensions that are no object", 400, '{ "query": "{ __typename }", "extensions": 5 }'],
    ["a batch", 400, `[${HELLO}, ${HELLO}]`],
    ["an empty batch", 400, "[]"],
    ["a prototype in disguise", 400, '{ "query": "{ __typename }", "__proto__": { "a": 1 } }'],
    ["10,000 brackets", 400, "[".repeat(10_000)],
    ["another type", 415, HELLO, { "content-type": "application/xml" }],
    ["a type that is none", 415, HELLO, { "content-type": "garbage" }],
    [
      "a body over 8 MiB",
      413,
      JSON.stringify({ query: "{ __typename }", variables: { a: "x".repeat(8 * 1024 * 1024) } }),
      ADMIN,
    ],
    [
      "more than 100,000 values",
      422,
      `{ "query": "{ __typename }", "variables": { "a": [${"{},".repeat(100_000)}0] } }`,
      ADMIN,
    ],
  ])("is refused as INVALID_INPUT: %s", async (_, status, body, headers = JSON_TYPE) => {
    const reply = await send(gateway, { method: "POST", headers, body });
    expect(refusalOf(reply)).toMatchObject({ status, code: "INVALID_INPUT" });
  });

  it("may be nearly 8 MiB large, as one with images is", async () => {
    const body = JSON.stringify({ query: "{ __typename }", variables: { a: "x".repeat(8 * 1024 * 1024 - 100) } });
    expect(await send(gateway, { method: "POST", headers: ADMIN, body })).toMatchObject({ status: 200 });
    const strings = JSON.stringify({ query: "{ __typename }", variables: { a: '",[{\\"'.repeat(100_000) } });
    expect(await send(gateway, { method: "POST", headers: ADMIN, body: strings })).toMatchObject({ status: 200 });
  });

  it.each<[string, OutgoingHttpHeaders]>([
    ["its length", {}],
    ["no length", { "transfer-encoding": "chunked" }],
  ])("is refused from strangers before it is received, if it is long or says %s", async (_, headers) => {
    const body = JSON.stringify({ query: "{ __typename }", variables: { a: "x".repeat(600 * 1024) } });
    for (const path of ["/graphql", "/graphql/stream"]) {
      const reply = await send(gateway, { method: "POST", path, headers: { ...JSON_TYPE, ...headers }, body });
      expect(refusalOf(reply)).toMatchObject({ status: 401, code: "UNAUTHENTICATED" });
    }
  });

  it.each<[string, string, string]>([
    ["a document that is none", "{ nothing", "GRAPHQL_PARSE_FAILED"],
    ["a field that is none", "{ nothing }", "GRAPHQL_VALIDATION_FAILED"],
    ["two operations without a name", "query A { __typename } query B { __typename }", "OPERATION_RESOLUTION_FAILURE"],
  ])("is refused in GraphQL's own words: %s", async (_, query, code) => {
    expect(refusalOf(await post(gateway, query))).toMatchObject({ status: 400, code, extensions: { code } });
  });
});

describe("the fields of a mutation", () => {
  const gateway = useGateway();

  it("stand alone: if one fails it is null, and the results of the others are there", async () => {
    const [taken, first, last] = [await gateway.world.organization(), name("org"), name("org")];
    const create = (id: string) => `createOrganization(input: { id: "${id}", name: "X" }) { id }`;
    const { status, data, errors } = await gateway.admin.send(
      `mutation { a: ${create(first)} b: ${create(taken.id)} c: ${create(last)} d: createJob(input: { jobType: "x" }) { id } }`,
    );
    expect(status).toBe(200);
    expect(data).toEqual({ a: { id: first }, b: null, c: { id: last }, d: null });
    expect(errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [["b"], "ALREADY_EXISTS"],
      [["d"], "FORBIDDEN"],
    ]);
    await gateway.admin.data(`{ organization(id: "${last}") { id } }`);
  });

  it("stand alone in a query too, and a secret that is shown once is not lost", async () => {
    const team = await gateway.world.team();
    const { data, errors } = await gateway.admin.send(
      `mutation { createVirtualKey(input: { teamId: "${team.id}" }) { virtualKey } suspendTeam(id: "nothing") { id } }`,
    );
    expect(data).toEqual({
      createVirtualKey: { virtualKey: expect.stringMatching(/^sk-[0-9a-f]{64}$/) },
      suspendTeam: null,
    });
    expect(errors).toHaveLength(1);
    const read = await gateway.admin.send(`{ a: team(id: "${team.id}") { id } b: team(id: "nothing") { id } }`);
    expect(read.data).toEqual({ a: { id: team.id }, b: null });
    expect(read.errors?.map(({ path }) => path)).toEqual([["b"]]);
  });
});
