import { describe, expect, it } from "vitest";
import { type Sent, send } from "../../kit/clients/http.js";
import { MCP_CLIENTS } from "../../kit/clients/mcp.js";
import { SUSPEND } from "../../kit/credentials.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { World } from "../../kit/world.js";

const OWN = "a-key-of-our-own-with-32-letters";
const PAGE = "https://app.example.com";
const gateway = useGateway({ env: { CORS_ORIGINS: PAGE } });
/** It answers under any name of a host, as one behind a proxy does. */
const open = useGateway({ env: { CORS_ORIGINS: PAGE, ADMIN_KEY: OWN } });

const teamOfOpen = () => new World(open.client(OWN), (credential) => open.client(credential)).team();

const HEADERS = { "content-type": "application/json", accept: "application/json, text/event-stream" };
const LIST = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list" });
const post = (to: typeof gateway, { headers, body = LIST, ...more }: Sent) =>
  send(to, { method: "POST", path: "/mcp", headers: { ...HEADERS, ...headers }, body, ...more });
const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });

describe("a request without a valid key", () => {
  it("is told which kind of key is wanted, before its body is read", async () => {
    const nothing = await post(gateway, { body: "{" });
    expect(nothing.status).toBe(401);
    expect(nothing.headers["www-authenticate"]).toBe('Bearer realm="tollgate"');
    expect(JSON.parse(nothing.text)).toMatchObject({
      jsonrpc: "2.0",
      id: null,
      error: { code: -32000, data: { code: "UNAUTHENTICATED", request_id: nothing.headers["x-request-id"] } },
    });
    const wrong = await post(gateway, { headers: bearer("sk-wrong") });
    expect(wrong.status).toBe(401);
    expect(wrong.headers["www-authenticate"]).toContain('error="invalid_token"');
  });

  it.each(MCP_CLIENTS)("is an error that $title throws", async ({ connect }) => {
    await expect(connect(gateway, "sk-wrong")).rejects.toThrow(/No valid credential was sent|401|Unauthorized/);
    await expect(connect(gateway)).rejects.toThrow(/No valid credential was sent|401|Unauthorized/);
  });
});

describe("a suspended team", () => {
  it.each(MCP_CLIENTS)("is told so, also in the middle of its work: $title", async ({ connect }) => {
    const team = await gateway.world.team();
    const client = await connect(gateway, team.secret);
    await gateway.admin.data(SUSPEND, { id: team.id });
    await expect(client.call("create_job", { job_type: "x" })).rejects.toThrow(/suspended/);
    await client.close();
    const reply = await post(gateway, { headers: bearer(team.secret) });
    expect(reply.status).toBe(403);
    expect(JSON.parse(reply.text).error.data).toMatchObject({ code: "TEAM_SUSPENDED", suspended: "TEAM" });
  });
});

describe("a page of another origin", () => {
  const REBOUND = { host: "evil.example:8003", origin: "http://evil.example:8003" };

  it.each([
    ["that points a name of its own here", REBOUND],
    ["that is not in CORS_ORIGINS", { origin: "https://evil.example" }],
    ["that has none", { origin: "null" }],
    ["on this machine, under another name of the host", { ...REBOUND, origin: "http://localhost:3000" }],
  ])("%s is refused, with a valid key too", async (_what, headers) => {
    const { secret } = await teamOfOpen();
    const reply = await post(open, { headers: { ...bearer(secret), ...headers } });
    expect(reply.status).toBe(403);
    expect(JSON.parse(reply.text).error.data).toMatchObject({ code: "FORBIDDEN" });
    expect(reply.headers).not.toHaveProperty("access-control-allow-origin");
  });

  it.each([{ origin: PAGE }, { origin: PAGE, host: "gateway.example" }, { origin: "http://localhost:3000" }, {}])(
    "is let in if it is listed, or on this machine: %j",
    async (headers) => {
      const { secret } = await teamOfOpen();
      const reply = await post(open, { headers: { ...bearer(secret), ...headers } });
      expect(reply.status, reply.text).toBe(200);
      expect(reply.headers["access-control-allow-origin"]).toBe(headers.origin === PAGE ? PAGE : undefined);
      expect(reply.headers.connection).toBe("close");
    },
  );
});

describe("a message that is none", () => {
  it.each<[string, Sent, number, number]>([
    ["is no JSON", { body: "{" }, 400, -32700],
    ["is empty", { body: "" }, 400, -32700],
    ["is a batch", { body: `[${LIST}]` }, 400, -32600],
    ["is a number", { body: "5" }, 400, -32600],
    ["is no JSON-RPC", { body: "{}" }, 400, -32600],
    ["is nested too deeply", { body: `${"[".repeat(500)}${"]".repeat(500)}` }, 400, -32600],
    ["is text", { headers: { "content-type": "text/plain" } }, 415, -32000],
    ["is too large", { body: JSON.stringify({ text: "x".repeat(9_000_000) }) }, 413, -32000],
    ["would open a stream", { method: "GET", body: "" }, 405, -32000],
    ["would end a session", { method: "DELETE", body: "" }, 405, -32000],
  ])("that %s is refused as JSON-RPC has it", async (_what, sent, status, code) => {
    const { secret } = await gateway.world.team();
    const reply = await post(gateway, { ...sent, headers: { ...bearer(secret), ...sent.headers } });
    expect(reply.status, reply.text).toBe(status);
    expect(JSON.parse(reply.text)).toMatchObject({ jsonrpc: "2.0", id: null, error: { code } });
  });

  it("of a tool that there is not is an error of the protocol", async () => {
    const { secret } = await gateway.world.team();
    const body = JSON.stringify({ jsonrpc: "2.0", id: 7, method: "tools/call", params: { name: "rm", arguments: {} } });
    const reply = await post(gateway, { headers: bearer(secret), body });
    expect(reply.text).toContain('"id":7,"error":{"code":-32602');
  });
});
