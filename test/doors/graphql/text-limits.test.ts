import { describe, expect, it } from "vitest";
import { get, post, refusalOf, send } from "../../kit/clients/http.js";
import { readSse } from "../../kit/clients/sse.js";
import { ADMIN_KEY, useGateway } from "../../kit/gateway/gateway.js";

const gateway = useGateway();
const KIB = 1024;

const authorization = `Bearer ${ADMIN_KEY}`;
const viewer = "{ viewer { __typename } }";
/** The answer to a document in every transport that takes one of its length. */
const TRANSPORTS: Record<string, (query: string) => Promise<{ message: string; code: string }>> = {
  POST: async (query) => {
    const refusal = refusalOf(await post(gateway, query));
    expect(refusal.status).toBe(400);
    return refusal;
  },
  GET: async (query) => refusalOf(await send(gateway, { path: get(query), headers: { authorization } })),
  socket: async (query) => {
    const errors = await gateway
      .socket(ADMIN_KEY)
      .iterate(query)
      .next()
      .catch((thrown) => thrown);
    return { message: errors[0].message, code: errors[0].extensions.code };
  },
  "event stream": async (query) => {
    const headers = { authorization, "content-type": "application/json" };
    const body = JSON.stringify({ query });
    const { text } = await send(gateway, { method: "POST", path: "/graphql/stream", headers, body });
    const [{ message, extensions }] = JSON.parse(readSse(text)[0]?.data ?? "").errors;
    return { message, code: extensions.code };
  },
};

describe.each(Object.entries(TRANSPORTS))("a document by %s is refused before it is read", (transport, refusalBy) => {
  it.each<[string, string, RegExp]>([
    ["that is longer than 256 Ki characters", viewer.padEnd(256 * KIB + 1), /may have 262144 characters, got 262145/],
    ["of deep selections", `${"{a".repeat(1_000)}${"}".repeat(1_000)}`, /may have 200 levels of brackets/],
    ["of deep lists", `{ job(id: ${"[".repeat(1_000)}`, /may have 200 levels/],
    ["that repeats its fields", `{ ${"viewer{id}".repeat(300)} }`, /more than 50000 comparisons/],
  ])("%s", async (_, query, reason) => {
    // An address has at most 16 KiB.
    if (transport === "GET" && query.length > 8 * KIB) return;
    const { message, code } = await refusalBy(query);
    expect(message).toMatch(reason);
    expect(code).toBe("GRAPHQL_PARSE_FAILED");
  });
});

it("brackets and names inside of strings and comments do not count, nor do values", async () => {
  const text = JSON.stringify(`"${"{ a [(".repeat(1_000)}`);
  const block = `"""${'\\"""{ a '.repeat(1_000)}"""`;
  const query = `# ${"{a ".repeat(1_000)}\n {
    viewer { __typename } jobs(filter: { jobType: ${text} }) { totalCount }
    other: jobs(filter: { jobType: ${block} }) { totalCount }
    third: jobs(filter: { status: [${"PENDING ".repeat(2_000)}] }) { totalCount } }`;
  const { errors = [] } = await gateway.admin.send(query);
  for (const { message } of errors) expect(message).not.toMatch(/brackets|comparisons|Syntax/);
  await gateway.admin.data(viewer.padEnd(256 * KIB));
});
