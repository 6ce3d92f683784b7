import { createHash } from "node:crypto";
import { getIntrospectionQuery } from "graphql";
import { afterEach, describe, expect, it, vi } from "vitest";
import { post, refusalOf, send } from "../../kit/clients/http.js";
import { type Gateway, startGateway, useGateway } from "../../kit/gateway/gateway.js";

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
  ])("serve only their own files: %s", async (path) => {
    const { status, text } = await send(gateway, { path });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(text).not.toContain("dependencies");
  });

  it("come with the schema for everyone: the query that both editors send is answered without a key", async () => {
    const { __schema } = await gateway.anonymous.data(getIntrospectionQuery());
    expect(__schema.types.map((type: { name: string }) => type.name)).toContain("LlmCall");
  });

  it("come with help: the error for an unknown field has a suggestion", async () => {
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
    "on shows the pages, the schema and hints if NODE_ENV is %j",
    async (nodeEnv) => {
      vi.stubEnv("NODE_ENV", nodeEnv);
      gateway = await startGateway();
      const { hints, ...shown } = await whatIsShown(gateway);
      expect(shown).toEqual(SHOWN);
      expect(hints).toBeGreaterThanOrEqual(6);
    },
  );

  it.each(["production", "development"])("off hides all of that if NODE_ENV is %j", async (nodeEnv) => {
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

describe("a browser", () => {
  const gateway = useGateway();
  const open = async (path: string) => {
    const response = await fetch(`${gateway.url}${path}`, { headers: { accept: "text/html" } });
    return { response, html: await response.text(), policy: response.headers.get("content-security-policy") ?? "" };
  };

  it("finds Apollo Sandbox at /graphql, with the socket beside it for subscriptions", async () => {
    const { response, html, policy } = await open("/graphql");
    expect(response.status).toBe(200);
    const [, script = ""] = /<script>(.*?)<\/script>/s.exec(html) ?? [];
    expect(optionsOf(script, "https://gate.example.com/graphql")).toMatchObject({
      initialEndpoint: "https://gate.example.com/graphql",
      initialSubscriptionEndpoint: "wss://gate.example.com/graphql",
      runTelemetry: false,
      initialState: {
        document: expect.stringMatching(/^query WhoAmI \{/),
        headers: { Authorization: "Bearer sk-..." },
      },
    });
    expect(optionsOf(script, "http://127.0.0.1:8003/graphql")).toMatchObject({
      initialSubscriptionEndpoint: "ws://127.0.0.1:8003/graphql",
    });
    const [, style = ""] = /<style>(.*?)<\/style>/s.exec(html) ?? [];
    const [, source = ""] = /<script src="(https:\/\/[^/]+)/.exec(html) ?? [];
    expect(policy).toContain(`script-src 'sha256-${sha256(script)}' ${source};`);
    expect(policy).toContain(`style-src 'sha256-${sha256(style)}';`);
    expect(policy).toContain("connect-src 'self';");
    expect(policy).not.toContain("unsafe");
  });

  it("finds GraphiQL at /graphiql, which may connect to this server and nowhere else", async () => {
    const { policy } = await open("/graphiql");
    expect(policy).toContain("connect-src 'self';");
  });
});

describe("with introspection off", () => {
  const gateway = useGateway({ env: { INTROSPECTION: "off" } });
  it.each(["/graphql", "/graphiql"])("there is no page at %s", async (path) => {
    const response = await fetch(`${gateway.url}${path}`, { headers: { accept: "text/html" } });
    expect(response.status).not.toBe(200);
    expect(await response.text()).not.toContain("<script");
  });
});

/** What the page's script opens Sandbox with, if the page has this address. */
function optionsOf(script: string, address: string): unknown {
  let given: unknown;
  class EmbeddedSandbox {
    constructor(options: unknown) {
      given = options;
    }
  }
  new Function("location", "EmbeddedSandbox", script)(new URL(address), EmbeddedSandbox);
  return given;
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("base64");
