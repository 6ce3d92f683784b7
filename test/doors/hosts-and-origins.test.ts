import { describe, expect, it } from "vitest";
import { ADMIN, get, HELLO, JSON_TYPE, type Reply, refusalOf, send } from "../kit/clients/http.js";
import { type Gateway, useGateway } from "../kit/gateway/gateway.js";

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

  it("lets a page send whatever headers OpenAI's SDK has in a browser, by every method of REST", async () => {
    const asked = "authorization,content-type,x-stainless-lang,x-stainless-retry-count,x-stainless-timeout";
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
      const headers = {
        origin: app,
        "access-control-request-method": method,
        "access-control-request-headers": asked,
      };
      const preflight = await send(gateway, { method: "OPTIONS", path: "/v1/chat/completions", headers });
      expect(preflight.status).toBe(204);
      expect(preflight.headers["access-control-allow-methods"]).toContain(method);
      for (const header of asked.split(","))
        expect(preflight.headers["access-control-allow-headers"]).toContain(header);
    }
  });

  it("lets a page read every header of ours", async () => {
    const team = await gateway.world.team();
    const headers = { ...JSON_TYPE, origin: app, authorization: `Bearer ${team.secret}` };
    const messages = [{ role: "user", content: "Hello" }];
    const ask = (path: string, body: object) =>
      send(gateway, { method: "POST", path, headers, body: JSON.stringify(body) });
    const replies = [
      await ask("/v1/chat/completions", { model: team.modelGroup, messages }),
      await ask("/v1/chat/completions", { model: "nope", messages }),
      await ask("/v1/chat/completions", { model: team.modelGroup, messages, stream: true }),
      await ask("/api/jobs/create-and-call", { model_group: "nope", messages }),
      await send(gateway, { path: "/api/teams", headers }),
    ];
    const ours = new Set(["retry-after", "retry-after-ms"]);
    for (const { headers: sent } of replies)
      for (const header of Object.keys(sent))
        if (/^x-(?!content-type-options|dns|download|frame|permitted|xss|accel)/.test(header)) ours.add(header);
    expect(ours.size).toBeGreaterThan(8);
    for (const reply of replies) {
      const exposed = String(reply.headers["access-control-expose-headers"]).split(", ");
      expect(exposed).toEqual(expect.arrayContaining([...ours]));
    }
  });

  it.each(["/graphql", "/v1/models", "/api/teams"])("answers OPTIONS of %s without an origin", async (path) => {
    const reply = await send(gateway, { method: "OPTIONS", path });
    expect(reply).toMatchObject({ status: 204, headers: { allow: expect.stringContaining("POST") } });
    expect(corsOf(reply)).toEqual([]);
  });

  it("tells the developer of a page that is not allowed where to allow it", async () => {
    const headers = { origin: "http://localhost:5173", "access-control-request-method": "POST" };
    const reply = await send(gateway, { method: "OPTIONS", headers });
    expect(refusalOf(reply)).toMatchObject({ status: 403, code: "FORBIDDEN" });
    expect(reply.text).toContain("CORS_ORIGINS");
  });

  it.each(FOREIGN)("allows %s nothing, neither in an answer nor in a preflight", async (origin) => {
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

  it("allows no origin if CORS_ORIGINS is not set", async () => {
    expect(corsOf(await send(closed, { method: "POST", headers: { ...ADMIN, origin: app }, body: HELLO }))).toEqual([]);
    expect(corsOf(await send(closed, { path: "/health/live", headers: { origin: app } }))).toEqual([]);
  });
});
