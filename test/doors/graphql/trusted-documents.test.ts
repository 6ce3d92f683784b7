import { createHash } from "node:crypto";
import { ApolloClient, HttpLink, InMemoryCache } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { generatePersistedQueryIdsFromManifest } from "@apollo/persisted-query-lists";
import { parse } from "graphql";
import { describe, expect, it } from "vitest";
import { ADMIN, get, JSON_TYPE, refusalOf, send } from "../../kit/clients/http.js";
import { readSse } from "../../kit/clients/sse.js";
import { manifestOf, writeManifest } from "../../kit/documents/manifest.js";
import { INTROSPECTION } from "../../kit/documents/worst-documents.js";
import { ADMIN_KEY, useGateway } from "../../kit/gateway/gateway.js";

const VIEWER =
  "query WhoAmI {\n  viewer {\n    __typename\n    ...Team\n    ...Admin\n  }\n}\n\nfragment Admin on AdminViewer {\n  __typename\n}\n\nfragment Team on TeamViewer {\n  team {\n    id\n    __typename\n  }\n}";
/** The same with its fragments the other way round, as clients write it, with comments, and all in one line. */
const SAME = [
  VIEWER,
  VIEWER.replace(/\n\s*/g, " "),
  `# A comment,\n${VIEWER.replace(/\n/g, ",\r\n")}`,
  VIEWER.replace(/(fragment Admin[\s\S]*?)(fragment Team[\s\S]*)/, "$2 $1"),
];
const OPEN = "mutation Open($type: String!) { createJob(input: { jobType: $type }) { id jobType __typename } }";
const STREAM = "subscription Ask($input: LlmCallInput!) { streamLlmCall(input: $input) { __typename } }";
const OPERATIONS = [
  { id: "viewer-1", name: "WhoAmI", type: "query", body: VIEWER },
  { id: "viewer-2", name: "WhoAmI", type: "query", body: SAME[1] },
  { id: "open-1", name: "Open", type: "mutation", body: OPEN },
  { id: "stream-1", name: "Ask", type: "subscription", body: STREAM },
];
const MANIFEST = manifestOf(OPERATIONS);
const gateway = useGateway({ env: { TRUSTED_DOCUMENTS: writeManifest(MANIFEST) } });

const persisted = (id: string) => ({ persistedQuery: { version: 1, sha256Hash: id } });
interface Asked {
  readonly query?: string;
  readonly documentId?: string;
  readonly extensions?: object;
  readonly variables?: object;
}
interface Answer {
  readonly data?: { viewer?: { __typename: string } } | null;
  readonly errors?: { message: string; extensions: { code: string } }[];
}
const headersOf = (key: string | undefined) => ({ ...JSON_TYPE, ...(key && { authorization: `Bearer ${key}` }) });
const postTo = async (path: string, asked: Asked, key?: string) =>
  (await send(gateway, { method: "POST", path, headers: headersOf(key), body: JSON.stringify(asked) })).text;

/** Asks by each transport, with a key or without. */
const TRANSPORTS: Record<string, (asked: Asked, key?: string) => Promise<Answer>> = {
  POST: async (asked, key) => JSON.parse(await postTo("/graphql", asked, key)),
  GET: async ({ query, documentId, extensions }, key) => {
    const parameters = new URLSearchParams({
      ...(query !== undefined && { query }),
      ...(documentId !== undefined && { documentId }),
      ...(extensions && { extensions: JSON.stringify(extensions) }),
    });
    return JSON.parse((await send(gateway, { path: `/graphql?${parameters}`, headers: headersOf(key) })).text);
  },
  "event stream": async (asked, key) => JSON.parse(readSse(await postTo("/graphql/stream", asked, key))[0]?.data ?? ""),
  socket: ({ query = "", variables = {}, ...more }, key = "") =>
    gateway
      .socket(key)
      .iterate(query, variables as Record<string, unknown>, more as { documentId?: string })
      .next()
      .then(
        ({ value }) => value as Answer,
        (errors) => ({ errors }),
      ),
};
const NOT_LISTED: [string, Asked][] = [
  ["another text", { query: "{ viewer { __typename } }" }],
  ["a listed text with a field more", { query: VIEWER.replace("id\n", "id alias\n") }],
  ["an unknown id", { documentId: "viewer-9" }],
  ["an unknown id in the place of a hash", { extensions: persisted("viewer-9") }],
  ["the id of one document with the text of another", { documentId: "open-1", query: VIEWER }],
  ["a listed id with another text", { extensions: persisted("viewer-1"), query: "{ __typename }" }],
  ["introspection", { query: INTROSPECTION }],
  ["a text that cannot be parsed", { query: "{ viewer" }],
  ["a text that is too much", { query: `{ ${"viewer{id}".repeat(250)} }` }],
];

describe.each(Object.entries(TRANSPORTS))("with a list of trusted documents, by %s", (_, answerTo) => {
  it.each<[string, Asked]>([
    ["its id", { documentId: "viewer-1" }],
    ["its id in the place of a hash", { extensions: persisted("viewer-1") }],
    ["its id beside other extensions", { extensions: { ...persisted("viewer-1"), cost: true } }],
    ...SAME.map((query, at): [string, Asked] => [`its text, form ${at + 1}`, { query }]),
    ["its id and its text", { extensions: persisted("viewer-2"), query: VIEWER }],
  ])("a team runs a listed document by %s", async (_, asked) => {
    const team = await gateway.world.team();
    const { data, errors } = await answerTo(asked, team.secret);
    expect(errors).toBeUndefined();
    expect(data?.viewer).toEqual({ __typename: "TeamViewer", team: { id: team.id, __typename: "Team" } });
  });

  it.each(NOT_LISTED)("a team runs no other: %s", async (_, asked) => {
    const team = await gateway.world.team();
    const { data, errors } = await answerTo(asked, team.secret);
    expect(data ?? null).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: "DOCUMENT_NOT_TRUSTED", status: 403, retryable: false } }]);
    expect(errors?.[0]?.message).toMatch(/^This gateway runs only the documents of its list, and .* is not on it\.$/);
  });

  it("the admin runs any text and any listed id", async () => {
    for (const asked of [{ query: "{ viewer { __typename } }" }, { documentId: "viewer-1" }])
      expect((await answerTo(asked, ADMIN_KEY)).data?.viewer).toEqual({ __typename: "AdminViewer" });
    expect((await answerTo({ query: "{ __schema { queryType { name } } }" }, ADMIN_KEY)).errors).toBeUndefined();
  });
});

describe("with a list of trusted documents", () => {
  it.each(NOT_LISTED.slice(0, 7))("a stranger runs no other either: %s", async (_, asked) => {
    const reply = await send(gateway, { method: "POST", headers: JSON_TYPE, body: JSON.stringify(asked) });
    expect(refusalOf(reply)).toMatchObject({ status: 403, code: "DOCUMENT_NOT_TRUSTED" });
  });

  it("a text that the admin has sent with a hash is not remembered for others", async () => {
    const query = "{ viewer { __typename } }";
    const hash = createHash("sha256").update(query).digest("hex");
    await send(gateway, {
      method: "POST",
      headers: ADMIN,
      body: JSON.stringify({ query, extensions: persisted(hash) }),
    });
    const team = await gateway.world.team();
    for (const sha256Hash of [hash, [hash]]) {
      const extensions = { persistedQuery: { version: 1, sha256Hash } };
      const { data, errors } = JSON.parse(await postTo("/graphql", { extensions }, team.secret));
      expect(data ?? null).toBeNull();
      expect(errors).toHaveLength(1);
    }
  });

  it.each<[string, string]>([
    ["a query twice", `${get(VIEWER)}&query=${encodeURIComponent("{ viewer { __typename } }")}`],
    [
      "a query that is hidden behind a second question mark",
      `/graphql?a=?&query=${encodeURIComponent("{ __typename }")}`,
    ],
  ])("an address with %s runs nothing else", async (_, path) => {
    const team = await gateway.world.team();
    const reply = await send(gateway, { path, headers: headersOf(team.secret) });
    expect(reply.text).not.toMatch(/"data":\{"(viewer":\{"__typename":"TeamViewer"\}|__typename)/);
  });

  it("a mutation by its id is no GET, and takes variables by POST", async () => {
    const team = await gateway.world.team();
    const reply = await send(gateway, { path: "/graphql?documentId=open-1", headers: headersOf(team.secret) });
    expect(reply.status).toBe(405);
    const asked = { documentId: "open-1", variables: { type: "question" } };
    const { data } = JSON.parse(await postTo("/graphql", asked, team.secret));
    expect(data.createJob.jobType).toBe("question");
  });

  it("a subscription runs by its id over a socket", async () => {
    const team = await gateway.world.team();
    const input = { modelGroup: team.modelGroup, messages: [{ role: "USER", content: "Hello" }] };
    const results = gateway.socket(team.secret).iterate("", { input }, { documentId: "stream-1" });
    const { value } = await results.next();
    expect(value?.data?.streamLlmCall.__typename).toBe("LlmCallStarted");
    await results.return?.();
  });

  it("Apollo Client sends ids of the manifest, and no text", async () => {
    const team = await gateway.world.team();
    const sent: string[] = [];
    const link = new HttpLink({
      uri: `${gateway.url}/graphql`,
      headers: { authorization: `Bearer ${team.secret}` },
      fetch: (address, options) => {
        sent.push(String(options?.body));
        return fetch(address, options);
      },
    });
    const ids = generatePersistedQueryIdsFromManifest({ loadManifest: async () => MANIFEST as never });
    const client = new ApolloClient({ cache: new InMemoryCache(), link: new PersistedQueryLink(ids).concat(link) });
    const mutation = parse(OPEN);
    // Apollo Client looks the id up by the name of the operation.
    const opened = await client.mutate<{ createJob: { jobType: string } }>({
      mutation,
      variables: { type: "from Apollo" },
    });
    expect(opened.data?.createJob.jobType).toBe("from Apollo");
    expect(sent).toHaveLength(1);
    expect(sent[0]).not.toContain("query");
    expect(sent[0]).toContain('"sha256Hash":"open-1"');
    client.stop();
  });
});
