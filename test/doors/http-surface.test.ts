import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from "node:http";
import { getIntrospectionQuery } from "graphql";
import { afterEach, describe, expect, it, vi } from "vitest";
import { ADMIN_KEY, type Gateway, startGateway, useGateway } from "../kit/gateway.js";
import { name } from "../kit/world.js";

interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}
interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
}

/** One request, header by header as a browser or an attacker would send it; fetch would not let us. */
function send(gateway: Gateway, { method = "GET", path = "/graphql", headers, body }: Sent): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${gateway.url}${path}`,
      { method, headers: { connection: "close", ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        });
      },
    );
    sent.on("error", reject).end(body);
  });
}

const JSON_TYPE = { "content-type": "application/json" };
const ADMIN = { ...JSON_TYPE, authorization: `Bearer ${ADMIN_KEY}` };
const HELLO = JSON.stringify({ query: "{ __typename }" });
const get = (query: string, more = "") => `/graphql?query=${encodeURIComponent(query)}${more}`;
const post = (gateway: Gateway, query: string, headers: OutgoingHttpHeaders = ADMIN) =>
  send(gateway, { method: "POST", headers, body: JSON.stringify({ query }) });

/** A refusal as JSON, in the shape that all have, that gives nothing away. */
function refusalOf({ status, headers, text }: Reply) {
  expect(headers["content-type"], text).toMatch(/^application\/json/);
  expect(text).not.toMatch(/stack|node_modules|\.ts\b|\.js\b|at .*:\d+:\d+|ECONN|PGlite|prisma/i);
  const { errors } = JSON.parse(text);
  expect(errors).toHaveLength(1);
  const [{ message, extensions }] = errors;
  expect(message).toBeTypeOf("string");
  return { status, code: extensions.code, message, extensions };
}

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
    ],
  ])("is refused as INVALID_INPUT: %s", async (_, status, body, headers = JSON_TYPE) => {
    const reply = await send(gateway, { method: "POST", headers, body });
    expect(refusalOf(reply)).toMatchObject({ status, code: "INVALID_INPUT" });
  });

  it("may be nearly 8 MiB large, as one with images is", async () => {
    const body = JSON.stringify({ query: "{ __typename }", variables: { a: "x".repeat(8 * 1024 * 1024 - 100) } });
    expect(await send(gateway, { method: "POST", headers: JSON_TYPE, body })).toMatchObject({ status: 200 });
  });

  it.each<[string, string, string]>([
    ["a document that is none", "{ nothing", "GRAPHQL_PARSE_FAILED"],
    ["a field that is none", "{ nothing }", "GRAPHQL_VALIDATION_FAILED"],
    ["two operations without a name", "query A { __typename } query B { __typename }", "OPERATION_RESOLUTION_FAILURE"],
  ])("is refused in GraphQL's own words: %s", async (_, query, code) => {
    expect(refusalOf(await post(gateway, query))).toMatchObject({ status: 400, code, extensions: { code } });
  });
});

describe("the pages for people", () => {
  const gateway = useGateway();
  const HTML = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

  it("are Apollo Sandbox at /graphql, allowed to load it and to be framed by nobody", async () => {
    const { status, headers, text } = await send(gateway, { headers: HTML });
    expect(status).toBe(200);
    expect(headers["content-type"]).toMatch(/^text\/html/);
    expect(text).toContain("embeddable-sandbox.cdn.apollographql.com");
    const policy = String(headers["content-security-policy"]);
    expect(policy).toMatch(/^default-src 'none'; /);
    expect(policy).toContain("https://embeddable-sandbox.cdn.apollographql.com");
    expect(policy).toContain("frame-src https://sandbox.embed.apollographql.com");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
    });
  });

  it("are GraphiQL at /graphiql, whole from this server and under a policy that allows nothing else", async () => {
    const { status, headers, text } = await send(gateway, { path: "/graphiql", headers: HTML });
    expect(status).toBe(200);
    expect(headers["content-type"]).toMatch(/^text\/html/);
    const policy = String(headers["content-security-policy"]);
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; /);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval/);
    expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "x-frame-options": "DENY" });
    expect(text).not.toMatch(/https?:\/\//);
    const assets = [...text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => String(path));
    expect(assets).toEqual(["/graphiql/assets/main.css", "/graphiql/assets/main.js"]);
    for (const path of assets) {
      const asset = await send(gateway, { path });
      expect(asset.status).toBe(200);
      expect(asset.headers["content-type"]).toMatch(
        path.endsWith(".css") ? /^text\/css/ : /^(text|application)\/javascript/,
      );
      expect(asset.headers["x-content-type-options"]).toBe("nosniff");
      expect(asset.text.length).toBeGreaterThan(1_000);
    }
  });

  it.each([
    "/graphiql/assets/../../package.json",
    "/graphiql/assets/%2e%2e/%2e%2e/package.json",
    "/graphiql/assets/..%2f..%2fpackage.json",
    "/graphiql/assets/",
    "/graphiql/assets/nothing.js",
  ])("give nothing but their own files: %s", async (path) => {
    const { status, text } = await send(gateway, { path });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(text).not.toContain("dependencies");
  });

  it("come with the schema for everyone: the query that both editors send is answered without a key", async () => {
    const { __schema } = await gateway.anonymous.data(getIntrospectionQuery());
    expect(__schema.types.map((type: { name: string }) => type.name)).toContain("LlmCall");
  });

  it("come with words that help: an unknown field is met with a suggestion", async () => {
    expect(refusalOf(await post(gateway, "{ organisations { totalCount } }")).message).toContain(
      'Did you mean "organizations"',
    );
  });
});

/** All that INTROSPECTION decides. */
async function whatIsShown(gateway: Gateway) {
  const landing = await send(gateway, { headers: { accept: "text/html" } });
  const graphiql = await send(gateway, { path: "/graphiql", headers: { accept: "text/html" } });
  const asset = await send(gateway, { path: "/graphiql/assets/main.js" });
  const ask = async (query: string, variables = {}) => (await gateway.admin.send(query, variables)).errors?.[0];
  const schema = await ask("{ __schema { queryType { name } } }");
  const type = await ask('{ __type(name: "Team") { name } }');
  const hints = [
    await ask("{ organisations { totalCount } }"),
    await ask("{ organizations { totalCuont } }"),
    await ask("{ organizations(frist: 1) { totalCount } }"),
    await ask("{ organizations(status: ACTIV) { totalCount } }"),
    await ask('mutation { createOrganization(input: { id: "x", nam: "x" }) { id } }'),
    await ask("query ($s: AccountStatu) { organizations(status: $s) { totalCount } }"),
    await ask("query ($s: AccountStatus) { organizations(status: $s) { totalCount } }", { s: "ACTIV" }),
    await ask("mutation ($i: CreateOrganizationInput!) { createOrganization(input: $i) { id } }", {
      i: { id: "x", nam: "x" },
    }),
  ];
  expect(hints).not.toContain(undefined);
  return {
    landing: landing.status === 200 && landing.text.includes("embeddable-sandbox"),
    graphiql: graphiql.status === 200,
    assets: asset.status === 200,
    introspection: schema === undefined && type === undefined,
    hints: hints.filter((error) => error?.message.includes("Did you mean")).length,
    codes: [schema?.extensions.code, type?.extensions.code],
    stacks: JSON.stringify(hints).includes("stacktrace"),
  };
}
const SHOWN = {
  landing: true,
  graphiql: true,
  assets: true,
  introspection: true,
  codes: [undefined, undefined],
  stacks: false,
};
const HIDDEN = {
  landing: false,
  graphiql: false,
  assets: false,
  introspection: false,
  hints: 0,
  codes: ["GRAPHQL_VALIDATION_FAILED", "GRAPHQL_VALIDATION_FAILED"],
  stacks: false,
};

describe("INTROSPECTION", () => {
  let gateway: Gateway | undefined;
  afterEach(async () => {
    vi.unstubAllEnvs();
    await gateway?.close();
    gateway = undefined;
  });

  it.each(["production", "development", "test", ""])(
    "on shows the pages, the schema and hints where NODE_ENV is %j",
    async (nodeEnv) => {
      vi.stubEnv("NODE_ENV", nodeEnv);
      gateway = await startGateway();
      const { hints, ...shown } = await whatIsShown(gateway);
      expect(shown).toEqual(SHOWN);
      expect(hints).toBeGreaterThanOrEqual(6);
    },
  );

  it.each(["production", "development"])("off hides all of that where NODE_ENV is %j", async (nodeEnv) => {
    vi.stubEnv("NODE_ENV", nodeEnv);
    gateway = await startGateway({ env: { INTROSPECTION: "off" } });
    expect(await whatIsShown(gateway)).toEqual(HIDDEN);
    const landing = await send(gateway, { headers: { accept: "text/html" } });
    expect(refusalOf(landing).status).toBe(400);
    expect(refusalOf(await send(gateway, { path: "/graphiql" })).status).toBe(404);
    expect(await gateway.admin.data("{ __typename viewer { __typename } }")).toEqual({
      __typename: "Query",
      viewer: { __typename: "AdminViewer" },
    });
  });
});

describe("the Host header", () => {
  const guarded = useGateway();
  const own = "a-key-of-our-own-with-32-letters";
  const open = useGateway({ env: { ADMIN_KEY: own } });
  const port = (gateway: Gateway) => new URL(gateway.url).port;
  const LOOPBACK = ["localhost", "127.0.0.1", "[::1]", "LOCALHOST"];
  const FOREIGN = [
    "evil.example",
    "evil.example:80",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "127.0.0.2",
    "0.0.0.0",
    "localhost.",
    "[::]",
    "::1.evil.example",
    "evil.example?localhost",
    "user@evil.example",
    " ",
  ];

  it.each(LOOPBACK)("may be %s while the default admin key is in use, with the port and without", async (host) => {
    for (const value of [host, `${host}:${port(guarded)}`]) {
      const reply = await send(guarded, { method: "POST", headers: { ...JSON_TYPE, host: value }, body: HELLO });
      expect(reply.status, reply.text).toBe(200);
    }
  });

  it.each(FOREIGN)("may not be %j while the default admin key is in use, whatever is asked for", async (host) => {
    for (const sent of [
      { method: "POST", headers: ADMIN, body: HELLO },
      { path: get("{ __typename }"), headers: ADMIN },
      { headers: { accept: "text/html" } },
      { method: "OPTIONS", headers: { origin: "http://evil.example", "access-control-request-method": "POST" } },
      { path: "/graphiql" },
      { path: "/graphiql/assets/main.js" },
      { path: "/health/ready" },
      { path: "/nothing" },
    ]) {
      const reply = await send(guarded, { ...sent, headers: { ...sent.headers, host } });
      expect(refusalOf(reply), sent.path).toMatchObject({ status: 403, code: "FORBIDDEN" });
      expect(reply.text).toContain("ADMIN_KEY");
    }
  });

  it.each(["evil.example", "gateway.internal:8003"])("may be %s once the admin key is one's own", async (host) => {
    const headers = { ...JSON_TYPE, host, "x-admin-key": own };
    const reply = await send(open, {
      method: "POST",
      headers,
      body: JSON.stringify({ query: "{ viewer { __typename } }" }),
    });
    expect(reply.status).toBe(200);
    expect(JSON.parse(reply.text).data).toEqual({ viewer: { __typename: "AdminViewer" } });
  });
});

describe("CORS", () => {
  const app = "https://app.example.com";
  const gateway = useGateway({ env: { CORS_ORIGINS: `${app}, http://localhost:3000` } });
  const closed = useGateway();
  const corsOf = ({ headers }: Reply) => Object.keys(headers).filter((header) => header.startsWith("access-control-"));
  const FOREIGN = [
    "https://evil.example",
    "https://app.example.com.evil.example",
    "http://app.example.com",
    "https://app.example.com:444",
    "https://sub.app.example.com",
    "null",
    "*",
  ];

  it.each([app, "http://localhost:3000"])("lets %s read answers and send its credentials", async (origin) => {
    const reply = await send(gateway, { method: "POST", headers: { ...ADMIN, origin }, body: HELLO });
    expect(reply).toMatchObject({
      status: 200,
      headers: { "access-control-allow-origin": origin, "access-control-allow-credentials": "true" },
    });
    expect(reply.headers.vary).toMatch(/\bOrigin\b/i);
    const asked = "authorization,content-type,x-admin-key,apollo-require-preflight";
    const preflight = await send(gateway, {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": "POST", "access-control-request-headers": asked },
    });
    expect(preflight).toMatchObject({
      status: 204,
      headers: { "access-control-allow-origin": origin, "access-control-allow-credentials": "true" },
    });
    expect(preflight.headers["access-control-allow-methods"]).toContain("POST");
    for (const header of asked.split(",")) expect(preflight.headers["access-control-allow-headers"]).toContain(header);
  });

  it.each(FOREIGN)("gives %s nothing, neither in an answer nor in a preflight", async (origin) => {
    for (const server of [gateway, closed]) {
      expect(corsOf(await send(server, { method: "POST", headers: { ...ADMIN, origin }, body: HELLO }))).toEqual([]);
      const preflight = await send(server, {
        method: "OPTIONS",
        headers: { origin, "access-control-request-method": "POST" },
      });
      expect(preflight.headers).not.toHaveProperty("access-control-allow-origin");
      expect(corsOf(preflight)).toEqual([]);
    }
  });

  it("gives nobody anything where CORS_ORIGINS is not set", async () => {
    expect(corsOf(await send(closed, { method: "POST", headers: { ...ADMIN, origin: app }, body: HELLO }))).toEqual([]);
    expect(corsOf(await send(closed, { path: "/health/live", headers: { origin: app } }))).toEqual([]);
  });
});

describe("every answer", () => {
  const gateway = useGateway();
  const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

  it.each<[string, Sent]>([
    ["of GraphQL", { method: "POST", headers: ADMIN, body: HELLO }],
    ["of GraphQL by GET", { path: get("{ __typename }"), headers: ADMIN }],
    ["to a document that is none", { method: "POST", headers: ADMIN, body: '{ "query": "{" }' }],
    ["to malformed JSON", { method: "POST", headers: ADMIN, body: "{" }],
    ["of /health/live", { path: "/health/live" }],
    ["of /health/ready", { path: "/health/ready" }],
    ["to an unknown path", { path: "/nothing" }],
    ["to an unknown method", { method: "DELETE" }],
    ["to a foreign Host", { path: "/health/live", headers: { host: "evil.example" } }],
  ])("%s has a request id of our own making and headers that forbid everything", async (_, sent) => {
    const own = { ...sent, headers: { ...sent.headers, "x-request-id": "chosen-by-the-client" } };
    const [first, second] = [await send(gateway, own), await send(gateway, own)];
    expect(first.headers["content-type"]).toMatch(/^application\/json/);
    expect(first.headers["x-request-id"]).toMatch(UUID);
    expect(second.headers["x-request-id"]).not.toBe(first.headers["x-request-id"]);
    expect(first.headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "content-security-policy": expect.stringMatching(/^default-src 'none'/),
    });
    expect(first.headers).not.toHaveProperty("x-powered-by");
  });

  it("on pages and assets has a request id too", async () => {
    for (const sent of [
      { headers: { accept: "text/html" } },
      { path: "/graphiql" },
      { path: "/graphiql/assets/main.css" },
    ]) {
      expect((await send(gateway, sent)).headers["x-request-id"]).toMatch(UUID);
    }
  });

  it.each(["/", "/nothing", "/graphql/", "/graphql/x", "/health", "/.env", "/%00", "/%ff"])(
    "to %s is a refusal as JSON",
    async (path) => {
      const { status } = refusalOf(await send(gateway, { path }));
      expect([400, 404]).toContain(status);
    },
  );
});

describe("an operation that is too much", () => {
  const gateway = useGateway();

  const nested = (levels: number) =>
    `${"organization { teams { nodes { ".repeat(levels / 3)}id${" } } }".repeat(levels / 3)}`;
  const TOO_MUCH: [string, (id: string) => string, RegExp][] = [
    // createOrganization, teams, nodes, six times the way round, id: 1 + 2 + 18 + 1 levels.
    [
      "more than 20 levels deep",
      (id) => `mutation { ${create(id)} { teams { nodes { ${nested(18)} } } } }`,
      /depth.*20/i,
    ],
    [
      "more than 20 levels deep by way of fragments",
      (id) => `mutation { ${create(id)} { ...A } }
        fragment A on Organization { teams { nodes { organization { ...B } } } }
        fragment B on Organization { teams { nodes { organization { ...C } } } }
        fragment C on Organization { teams { nodes { ${nested(12)} } } }`,
      /depth.*20/i,
    ],
    [
      "more than 50 aliases",
      (id) => `mutation { ${Array.from({ length: 51 }, (_, index) => `a${index}: ${create(id)} { id }`).join(" ")} }`,
      /alias.*50/i,
    ],
    [
      "more than 50 aliases by way of fragments",
      (id) => `mutation { a: ${create(id)} { ...A } b: ${create(`${id}-2`)} { ...A } }
        fragment A on Organization { ${Array.from({ length: 30 }, (_, index) => `a${index}: id`).join(" ")} }`,
      /alias.*50/i,
    ],
    ["more than 10,000 tokens", (id) => `mutation { ${create(id)} { ${"id ".repeat(10_000)} } }`, /10,?000/],
    [
      "more than 50,000 fields",
      (id) =>
        `mutation { ${create(id)} { teams(first: 100) { nodes { jobs(first: 100) { nodes { id status jobType createdAt metadata } } } } } }`,
      /costs \d+; at most 50000/,
    ],
    [
      "more than 50,000 fields by way of fragments",
      (id) => `mutation { ${create(id)} { teams(first: 100) { nodes { ...A } edges { node { ...A } } } } }
        fragment A on Team { jobs(first: 100) { nodes { ...B } edges { node { ...B } } } }
        fragment B on Job { id status }`,
      /costs \d+; at most 50000/,
    ],
    [
      "fragments that double at each level",
      (id) => `mutation { ${create(id)} { ...F15 } } fragment F0 on Organization { id }
        ${Array.from({ length: 15 }, (_, index) => `fragment F${index + 1} on Organization { ...F${index} ...F${index} }`).join(" ")}`,
      /maximum allowed number of nodes/,
    ],
  ];
  const create = (id: string) => `createOrganization(input: { id: "${id}", name: "X" })`;

  it.each(TOO_MUCH)("is refused, and said why, before any of it is done: %s", async (_, operation, reason) => {
    const id = name("org");
    const refusal = refusalOf(await post(gateway, operation(id)));
    expect(refusal.status).toBe(400);
    expect(["GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED"]).toContain(refusal.code);
    expect(refusal.message).toMatch(reason);
    await gateway.admin.refusal("NOT_FOUND", `{ organization(id: "${id}") { id } }`);
  });

  it("is counted with what its variables say, not with the defaults", async () => {
    const query = `query ($first: Int = 1) { organizations(first: $first) { nodes { teams(first: $first) { nodes {
      jobs(first: $first) { nodes { id } } } } } } }`;
    const { extensions } = await gateway.admin.send(query);
    expect(extensions?.cost?.requestedQueryCost).toBeLessThan(50);
    const refusal = await gateway.admin.refusal("GRAPHQL_VALIDATION_FAILED", query, { first: 100 });
    expect(refusal.message).toMatch(/costs \d{7}; at most 50000/);
  });

  it("is not one that keeps within the limits: 20 levels, 50 aliases, nearly 10,000 tokens", async () => {
    const organization = await gateway.world.organization();
    const read = (selection: string) => `{ organization(id: "${organization.id}") { ${selection} } }`;
    // organization, teams, nodes, organization ... id: 1 + 2 + 15 + 2 levels.
    const deep = `teams(first: 1) { nodes { ${"organization { teams(first: 1) { nodes { ".repeat(5)} organization { id }`;
    await gateway.admin.data(read(`${deep}${" } } }".repeat(5)} } }`));
    await gateway.admin.data(`{ ${Array.from({ length: 50 }, (_, index) => `a${index}: __typename`).join(" ")} }`);
    await gateway.admin.data(`{ jobs(filter: { status: [${"PENDING ".repeat(9_900)}] }) { totalCount } }`);
  });

  it("is told what it may cost: every answer says what was reckoned", async () => {
    const { extensions } = await gateway.admin.send("{ organizations(first: 7) { nodes { id name } } }");
    expect(extensions).toEqual({ cost: { requestedQueryCost: 22, maximumAvailable: 50_000 } });
    const refused = await gateway.admin.send('{ organization(id: "nothing") { id } }');
    expect(refused.extensions?.cost).toEqual({ requestedQueryCost: 2, maximumAvailable: 50_000 });
  });
});

describe("/health", () => {
  it("is live and ready while the database answers, and then only live", async () => {
    const gateway = await startGateway();
    const read = async (path: string) => {
      const { status, text } = await send(gateway, { path });
      return { status, body: JSON.parse(text) };
    };
    try {
      expect(await read("/health/live")).toEqual({ status: 200, body: { status: "live" } });
      expect(await read("/health/ready")).toEqual({ status: 200, body: { status: "ready" } });
      await gateway.app.database.close();
      expect(await read("/health/live")).toEqual({ status: 200, body: { status: "live" } });
      const reason = expect.stringMatching(/^The database does not answer/);
      expect(await read("/health/ready")).toEqual({ status: 503, body: { status: "not ready", reason } });
    } finally {
      await closeWithoutDatabase(gateway);
    }
  });
});

describe("a failure inside", () => {
  it.each(["the admin", "a team"])("is told to %s by its request id and nothing else", async (who) => {
    const gateway = await startGateway();
    try {
      const team = await gateway.world.team();
      const credential = who === "a team" ? team.secret : ADMIN_KEY;
      // A secret that the gateway has not seen for a while is looked up; one of no team is looked up each time.
      const headers = { ...JSON_TYPE, authorization: `Bearer ${credential}` };
      await gateway.app.database.close();
      const operations = [
        `{ team(id: "${team.id}") { id } }`,
        "{ teams { totalCount nodes { jobs { totalCount } } } }",
        'mutation { createJob(input: { jobType: "x" }) { id } }',
        'mutation { createOrganization(input: { id: "x", name: "X" }) { id } }',
      ];
      for (const operation of operations) {
        const reply = await post(gateway, operation, headers);
        const { code, extensions, message } = refusalOf(reply);
        if (code === "FORBIDDEN") continue; // Decided without the database.
        expect(["UNAVAILABLE", "INTERNAL"]).toContain(code);
        expect(extensions.requestId, operation).toBe(reply.headers["x-request-id"]);
        expect(Object.keys(extensions).sort()).toEqual(["code", "requestId", "retryable", "status"]);
        expect(message).toMatch(/^(The gateway's database does not answer|Something went wrong inside the gateway)/);
      }
    } finally {
      await closeWithoutDatabase(gateway);
    }
  });
});

/** Closes what is left of a gateway whose database is closed already. */
async function closeWithoutDatabase(gateway: Gateway): Promise<void> {
  await gateway.close().catch((error: unknown) => expect(String(error)).toMatch(/closed/i));
}

describe("the fields of a mutation", () => {
  const gateway = useGateway();

  it("stand alone: where one fails it is null, and what the others made is there", async () => {
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

  it("and of a query stand alone as well, and keep a secret that is shown once", async () => {
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
