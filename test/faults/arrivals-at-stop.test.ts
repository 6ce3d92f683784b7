import { once } from "node:events";
import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { JSON_TYPE } from "../kit/clients/http.js";
import { STREAM } from "../kit/clients/ws.js";
import { ADMIN_KEY, useGateway } from "../kit/gateway/gateway.js";
import { type GatewayProcess, startGatewayProcess } from "../kit/gateway/gateway-process.js";
import { RUN_LLM_CALL, type TestTeam, World } from "../kit/world.js";

describe("a request that was let in before the gateway was told to stop", { timeout: 60_000 }, () => {
  let gateway: GatewayProcess;
  let team: TestTeam;

  async function start(shutdownGraceMs: number): Promise<void> {
    gateway = await startGatewayProcess({ DATA_DIR: "memory", SHUTDOWN_GRACE_MS: `${shutdownGraceMs}` });
    onTestFinished(() => gateway.kill());
    const world = new World(gateway.client(ADMIN_KEY), (credential) => gateway.client(credential));
    team = await world.team();
  }

  const isStopping = () =>
    expect.poll(async () => (await fetch(`${gateway.url}/health/ready`)).status, { timeout: 20_000 }).toBe(503);

  it("is answered in full, through every door", async () => {
    await start(60_000);
    const { modelGroup } = team;
    const run = { query: RUN_LLM_CALL, variables: { input: inputOf(modelGroup) } };
    const stream = { query: STREAM, variables: { input: inputOf(modelGroup) } };
    const rest = { job_type: "late", model_group: modelGroup, messages: [{ role: "user", content: "Hello" }] };
    const chat = { model: modelGroup, messages: [{ role: "user", content: "Hello" }] };
    const requests = [
      await letIn("/graphql", run, "SUCCEEDED"),
      await letIn("/graphql/stream", run, "SUCCEEDED"),
      await letIn("/graphql/stream", stream, "SUCCEEDED"),
      await letIn("/api/jobs/create-and-call", rest, "completed"),
      await letIn("/api/jobs/create-and-call-stream", rest, "[DONE]"),
      await letIn("/v1/chat/completions", chat, "chat.completion"),
      await letIn("/v1/chat/completions", { ...chat, stream: true }, "[DONE]"),
    ];
    gateway.signal("SIGTERM");
    await isStopping();
    for (const { path, finish, marker } of requests) {
      const { status, body } = await finish();
      expect({ path, status, body }).toEqual({ path, status: 200, body: expect.stringContaining(marker) });
      expect(body).not.toContain("UNAVAILABLE");
    }
    expect(await gateway.ended).toBe(0);
  });

  it("and whose body never comes, holds up the stop no longer than the grace", async () => {
    await start(500);
    const { cut } = await letIn("/graphql", { query: "{ __typename }" }, "");
    gateway.signal("SIGTERM");
    expect(await gateway.ended).toBe(0);
    await cut;
  });

  /** Sends all of a request but the last byte, and returns once the gateway reads its body. */
  async function letIn(path: string, value: object, marker: string) {
    const body = Buffer.from(JSON.stringify(value));
    const sent: ClientRequest = request(`${gateway.url}${path}`, {
      method: "POST",
      headers: {
        ...JSON_TYPE,
        authorization: `Bearer ${team.secret}`,
        "content-length": body.length,
        expect: "100-continue",
      },
    });
    const cut = once(sent, "error");
    const answered = once(sent, "response").then(async ([response]: IncomingMessage[]) => ({
      status: response?.statusCode,
      body: response ? await text(response) : "",
    }));
    answered.catch(() => undefined);
    sent.flushHeaders();
    await once(sent, "continue");
    sent.write(body.subarray(0, -1));
    const finish = () => {
      sent.end(body.subarray(-1));
      return answered;
    };
    return { path, marker, finish, cut };
  }
});

describe("a gateway whose grace is over", () => {
  const gateway = useGateway({ upstream: "scripted" });
  let team: TestTeam;
  beforeEach(async () => {
    team = await gateway.world.team();
  });

  it("begins no call any more, and says so", async () => {
    await gateway.app.calls.drain(0);
    await team.client.refusal("UNAVAILABLE", RUN_LLM_CALL, { input: inputOf(team.modelGroup) });
    expect(gateway.upstream.requests).toEqual([]);
  });
});

const inputOf = (modelGroup: string) => ({ modelGroup, messages: [{ role: "USER", content: "Hello" }] });
