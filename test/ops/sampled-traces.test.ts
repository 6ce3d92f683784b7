import { expect, it, onTestFinished } from "vitest";
import { ADMIN_KEY } from "../kit/gateway/gateway.js";
import { startGatewayProcess } from "../kit/gateway/gateway-process.js";
import { OtlpReceiver } from "../kit/telemetry/otlp-receiver.js";
import { startUpstream } from "../kit/upstream/upstream.js";
import { World } from "../kit/world.js";

it("A request that is not sampled has no spans, also where it shares work with one that is", {
  timeout: 60_000,
}, async () => {
  const [receiver, upstream] = await Promise.all([OtlpReceiver.start(), startUpstream()]);
  onTestFinished(async () => void (await Promise.all([receiver.close(), upstream.close()])));
  const gateway = await startGatewayProcess({
    DATA_DIR: "memory",
    LOG_LEVEL: "info",
    UPSTREAM_URL: upstream.url,
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_TRACES_SAMPLER: "parentbased_always_off",
  });
  onTestFinished(() => gateway.kill());
  const world = new World(gateway.client(ADMIN_KEY), (secret) => gateway.client(secret));
  const team = await world.team({ credits: 20 });
  const traceId = "a".repeat(32);
  const call = async (headers: Record<string, string>) => {
    const reply = await fetch(`${gateway.url}/v1/chat/completions`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${team.secret}`, ...headers },
      body: JSON.stringify({ model: team.modelGroup, messages: [{ role: "user", content: "What is a tollgate?" }] }),
    });
    expect(reply.status, await reply.text()).toBe(200);
    return reply.headers.get("x-trace-id");
  };
  const sampled = { traceparent: `00-${traceId}-${"b".repeat(16)}-01` };
  const ids = await Promise.all([call({}), call(sampled), call({}), call({})]);
  expect(ids[1]).toBe(traceId);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
  gateway.signal("SIGTERM");
  expect(await gateway.ended).toBe(0);
  expect(new Set(receiver.spans.map((span) => span.traceId))).toEqual(new Set([traceId]));
  for (const name of ["POST /v1/chat/completions", "admit-calls", "chat gpt-4o-mini", "settle-calls"])
    expect(receiver.named(name, traceId), name).toHaveLength(1);
  const parents = upstream.requests.map(({ headers }) => headers.traceparent);
  expect(parents.filter((parent) => parent !== undefined)).toEqual([expect.stringContaining(traceId)]);
  const lines = gateway.log.filter(({ operation }) => operation === "POST /v1/chat/completions");
  expect(lines.map((line) => line.traceId).sort()).toEqual([...ids].sort());
});
