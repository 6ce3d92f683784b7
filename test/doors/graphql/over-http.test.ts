import { createHash } from "node:crypto";
import { Client, cacheExchange, fetchExchange } from "@urql/core";
import { serverAudits } from "graphql-http";
import { describe, expect, it } from "vitest";
import { ADMIN, get, refusalOf, send } from "../../kit/clients/http.js";
import { ADMIN_KEY, useGateway } from "../../kit/gateway/gateway.js";

const gateway = useGateway();
const authorization = `Bearer ${ADMIN_KEY}`;

describe("a subscription over plain HTTP", () => {
  const subscription = 'subscription { jobUpdated(jobId: "x") { id } }';
  const mixed = `query A { viewer { __typename } } ${subscription.replace("{", "B {")}`;
  const body = (query: string, more = {}) => JSON.stringify({ query, ...more });

  it.each([
    ["POST", { method: "POST", headers: ADMIN, body: body(subscription) }],
    ["POST of several operations", { method: "POST", headers: ADMIN, body: body(mixed, { operationName: "B" }) }],
    ["GET", { path: get(subscription), headers: { authorization } }],
  ])("is refused with the way to go: %s", async (_, sent) => {
    const refusal = refusalOf(await send(gateway, sent));
    expect(refusal).toMatchObject({ status: 400, code: "INVALID_INPUT" });
    expect(refusal.message).toMatch(/graphql-ws.*accepts text\/event-stream.*\/graphql\/stream/);
  });
});

describe("a persisted query", () => {
  const query = "{ viewer { __typename } }";
  const ask = async (persistedQuery: object, more: object) =>
    send(gateway, {
      method: "POST",
      headers: ADMIN,
      body: JSON.stringify({ ...more, extensions: { persistedQuery } }),
    });
  const sha256Hash = createHash("sha256").update(query).digest("hex");

  it("is kept under its hash", async () => {
    expect(refusalOf(await ask({ version: 1, sha256Hash }, {})).code).toBe("PERSISTED_QUERY_NOT_FOUND");
    for (const more of [{ query }, {}]) {
      const { text } = await ask({ version: 1, sha256Hash }, more);
      expect(JSON.parse(text).data).toEqual({ viewer: { __typename: "AdminViewer" } });
    }
  });

  it.each([
    ["a wrong hash", { version: 1, sha256Hash: "0".repeat(64) }],
    ["an unknown version", { version: 2, sha256Hash }],
    ["no hash", { version: 1 }],
    ["a hash that is no text", { version: 1, sha256Hash: { a: 1 } }],
  ])("is refused as the client's mistake: %s", async (_, persistedQuery) => {
    expect(refusalOf(await ask(persistedQuery, { query }))).toMatchObject({ status: 400, code: "INVALID_INPUT" });
  });
});

describe("urql's client, as it is by default", () => {
  it("reads by GET and writes by POST", async () => {
    const client = new Client({
      url: `${gateway.url}/graphql`,
      exchanges: [cacheExchange, fetchExchange],
      fetchOptions: { headers: { authorization } },
    });
    const read = await client.query("{ viewer { __typename } }", {}).toPromise();
    expect(read).toMatchObject({ data: { viewer: { __typename: "AdminViewer" } } });
    const input = { id: "urql-org", name: "Organization" };
    const written = await client
      .mutation("mutation ($input: CreateOrganizationInput!) { createOrganization(input: $input) { id } }", { input })
      .toPromise();
    expect(written).toMatchObject({ data: { createOrganization: { id: "urql-org" } } });
  });
});

describe("the public audits of GraphQL over HTTP", () => {
  /** By its id, and why it is as it is. */
  const EXCEPTIONS: Record<string, string> = {
    "572B": "A document that cannot be parsed is 400 for every Accept, as in the newer media type.",
    FDE2: "A document that is not valid is 400 for every Accept, as in the newer media type.",
    "7B9B": "A variable that does not fit is 400 for every Accept, as in the newer media type.",
  };
  const audits = serverAudits({
    url: () => `${gateway.url}/graphql`,
    fetchFn: (url: string, init: RequestInit = {}) =>
      fetch(url, { ...init, headers: { ...(init.headers as object), authorization } }),
  });

  it.each(audits.map((audit) => [audit.name, audit] as const))("%s", async (_, audit) => {
    const result = await audit.fn();
    if (audit.id in EXCEPTIONS) expect(result.status, EXCEPTIONS[audit.id]).not.toBe("ok");
    else expect(result.status === "ok" ? "ok" : result.reason, audit.id).toBe("ok");
  });
});
