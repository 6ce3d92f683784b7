import { describe, expect, it } from "vitest";
import { JSON_TYPE, send } from "../kit/clients/http.js";
import { useGateway } from "../kit/gateway/gateway.js";

const gateway = useGateway();

describe("A HEAD request", () => {
  it.each(["/graphql", "/graphql/stream"])("changes nothing at %s", async (path) => {
    const team = await gateway.world.team();
    const query = 'mutation { createJob(input: { jobType: "x" }) { id } }';
    const { status } = await send(gateway, {
      method: "HEAD",
      path: `${path}?query=${encodeURIComponent(query)}`,
      headers: { authorization: `Bearer ${team.secret}`, "apollo-require-preflight": "1" },
    });
    expect((await team.client.data("{ jobs { nodes { id } } }")).jobs.nodes).toEqual([]);
    expect([404, 405]).toContain(status);
  });
});

describe("A method that /mcp does not have", () => {
  it.each(["HEAD", "PUT", "PATCH", "DELETE", "GET"])("is refused as JSON-RPC has it: %s", async (method) => {
    const team = await gateway.world.team();
    const { status, text } = await send(gateway, {
      method,
      path: "/mcp",
      headers: { authorization: `Bearer ${team.secret}`, accept: "application/json, text/event-stream", ...JSON_TYPE },
      ...(method.startsWith("P") && { body: "{}" }),
    });
    expect(status).toBe(405);
    if (method !== "HEAD") expect(JSON.parse(text)).toMatchObject({ jsonrpc: "2.0", error: { code: -32000 } });
  });
});
