import { request } from "node:http";
import { describe, expect, it } from "vitest";
import { useGateway } from "../kit/gateway/gateway.js";
import { answer, error } from "../kit/upstream/upstream-behaviours.js";
import { name } from "../kit/world.js";

const gateway = useGateway({ upstream: "scripted" });

const QUESTION = [{ role: "user", content: "Hello" }];
const VERSION = { "anthropic-version": "2023-06-01" };

/** How each door is asked for a call of a model group. */
const DOORS: Readonly<Record<string, (group: string) => { body: object; headers?: Record<string, string> }>> = {
  "/v1/chat/completions": (model) => ({ body: { model, messages: QUESTION } }),
  "/v1/responses": (model) => ({ body: { model, input: "Hello" } }),
  "/v1/messages": (model) => ({ body: { model, max_tokens: 10, messages: QUESTION }, headers: VERSION }),
  "/api/jobs/create-and-call": (model) => ({ body: { job_type: "test", model_group: model, messages: QUESTION } }),
};

async function ask(path: string, behaviour = answer()) {
  const model = name("model");
  gateway.upstream.on(model, behaviour);
  const team = await gateway.world.team({ models: [model] });
  const { body, headers } = DOORS[path]?.(team.modelGroup) ?? { body: {} };
  return fetch(gateway.url + path, {
    method: "POST",
    headers: { authorization: `Bearer ${team.secret}`, "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}

describe.each(Object.keys(DOORS))("%s", (path) => {
  it("names each request, and the call that it made", async () => {
    const response = await ask(path);
    expect(response.status).toBe(200);
    expect(response.headers.get("x-request-id")).toMatch(/^[\w-]{8,}$/);
    expect(response.headers.get("x-tollgate-call-id")).toMatch(/^[\da-f-]{36}$/);
    const named = path === "/v1/messages" ? response.headers.get("x-request-id") : null;
    expect(response.headers.get("request-id")).toBe(named);
  });

  it("says how long to wait, in seconds and in milliseconds, if the upstream says it", async () => {
    // A wait that is longer than a call waits by itself.
    const response = await ask(path, error(429, undefined, { "retry-after": "60" }));
    expect(response.status).toBe(429);
    expect(response.headers.get("retry-after")).toBe("60");
    expect(response.headers.get("retry-after-ms")).toBe("60000");
  });
});

describe.each(Object.keys(DOORS).filter((path) => path.startsWith("/v1")))("%s", (path) => {
  it("tells SDKs not to repeat what would be bought again", async () => {
    const failed = await ask(path, error(500));
    expect(failed.status).toBe(502);
    expect(failed.headers.get("x-should-retry")).toBe("false");
    const limited = await ask(path, error(429, undefined, { "retry-after": "60" }));
    expect(limited.headers.get("x-should-retry")).toBeNull();
  });
});

describe("headers that are too large", () => {
  it.each(["/graphql", "/api/teams", "/v1/models", "/v1/messages"])("are refused with 431 by %s", async (path) => {
    const status = await new Promise((resolve, reject) => {
      const headers = { "x-long": "x".repeat(20_000) };
      request(gateway.url + path, { method: "POST", headers }, ({ statusCode }) => resolve(statusCode))
        .on("error", reject)
        .end();
    });
    expect(status).toBe(431);
    expect((await fetch(`${gateway.url}/health/live`)).status).toBe(200);
  });
});
