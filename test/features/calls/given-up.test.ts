import { type AddressInfo, createServer, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countPromptTokens } from "../../../src/upstream/tokens.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { signalled } from "../../kit/signalled.js";
import { error, hang } from "../../kit/upstream/upstream-behaviours.js";
import { heldStream } from "../../kit/upstream/upstream-streams.js";
import { name, RUN_LLM_CALL, type TestTeam } from "../../kit/world.js";

const CANCEL = `mutation ($id: ID!) { cancelLlmCall(id: $id) { status usage { promptTokens completionTokens source } costUsd costSource } }`;
const CALLS = "query ($id: ID!) { job(id: $id) { llmCalls { nodes { id } } costs { totalCostUsd } } }";
const LONG = "word ".repeat(10_000);
const MESSAGES = [{ role: "USER", content: LONG }];
const SET_PRICE = `mutation ($model: String!) {
  setModelPrice(input: { model: $model, inputUsdPerMillionTokens: "1", outputUsdPerMillionTokens: "100" }) { model } }`;

/** Accepts connections, and answers no handshake of TLS. */
async function silentServer() {
  const reached = signalled<Socket>();
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => reached.resolve(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, port: (server.address() as AddressInfo).port, reached: reached.promise };
}

const silent = await silentServer();

describe("a call that is given up before its first token", () => {
  const gateway = useGateway({ upstream: "scripted" });
  let model: string;
  let promptTokens: number;
  beforeAll(async () => {
    model = name("model");
    promptTokens = await countPromptTokens([{ role: "user", content: LONG }]);
    await gateway.admin.data(SET_PRICE, { model });
  });
  const costUsd = () => String(promptTokens / 1_000_000);

  it.each(["runLlmCall", "streamLlmCall"])("takes its prompt, which was sent, if it is cancelled: %s", async (how) => {
    const team = await gateway.world.team({ models: [model] });
    const job = await team.job();
    const upstream = how === "runLlmCall" ? hang() : heldStream();
    gateway.upstream.on(model, upstream);
    const input = { ...job.callInput(), messages: MESSAGES };
    const ran =
      how === "runLlmCall"
        ? team.client.data(RUN_LLM_CALL, { input })
        : gateway.socket(team.secret).stream(input).until("LlmCallFinished");
    await upstream.arrived;
    const { job: read } = await team.client.data(CALLS, { id: job.id });
    const { cancelLlmCall } = await team.client.data(CANCEL, { id: read.llmCalls.nodes[0].id });
    await ran;
    expect(cancelLlmCall).toEqual({
      status: "CANCELLED",
      usage: { promptTokens, completionTokens: 0, source: "ESTIMATED" },
      costUsd: costUsd(),
      costSource: "ADMIN_PRICE",
    });
    expect((await team.client.data(CALLS, { id: job.id })).job.costs).toEqual({ totalCostUsd: costUsd() });
  });

  it("takes its prompt too if the upstream has said until then that nothing was used", async () => {
    const team = await gateway.world.team({ models: [model] });
    const job = await team.job();
    const upstream = heldStream();
    gateway.upstream.on(model, upstream);
    const ran = gateway.socket(team.secret).stream({ ...job.callInput(), messages: MESSAGES });
    await upstream.arrived;
    const zeros = { choices: [], usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 } };
    upstream.raw(`data: ${JSON.stringify(zeros)}\n\n`);
    const { job: read } = await team.client.data(CALLS, { id: job.id });
    const { cancelLlmCall } = await team.client.data(CANCEL, { id: read.llmCalls.nodes[0].id });
    await ran.until("LlmCallFinished");
    expect(cancelLlmCall).toMatchObject({ usage: { promptTokens, source: "ESTIMATED" }, costUsd: costUsd() });
  });

  it("counts towards the team's budgets, so that cancelling is no way around them", async () => {
    const team = await gateway.world.team({ models: [model], billing: { unpaidCostUsdPerDay: "0.015" } });
    let begun = 0;
    for (let count = 0; count < 5; count++) begun += (await cancelled(team)) ? 1 : 0;
    expect(begun).toBe(2);
  });

  it("takes nothing if the upstream refused it", async () => {
    const team = await gateway.world.team({ models: [model] });
    gateway.upstream.on(model, error(400));
    const job = await team.job();
    const { runLlmCall } = await team.client.data(RUN_LLM_CALL, { input: { ...job.callInput(), messages: MESSAGES } });
    expect(runLlmCall).toMatchObject({ status: "FAILED", usage: null, costUsd: null });
  });

  it("takes nobody knows what if the upstream itself says that its time is over", async () => {
    const team = await gateway.world.team({ models: [model] });
    gateway.upstream.on(model, error(504));
    const job = await team.job();
    const { runLlmCall } = await team.client.data(RUN_LLM_CALL, { input: { ...job.callInput(), messages: MESSAGES } });
    expect(runLlmCall).toMatchObject({ status: "FAILED", usage: { source: "UNKNOWN" }, costUsd: null });
  });

  /** Begins a call of its own job, and cancels it. False if the call is refused. */
  async function cancelled(team: TestTeam): Promise<boolean> {
    const job = await team.job();
    const upstream = hang();
    gateway.upstream.on(model, upstream);
    const ran = team.client.send(RUN_LLM_CALL, { input: { ...job.callInput(), messages: MESSAGES } });
    const isRefused = await Promise.race([upstream.arrived.then(() => false), ran.then(() => true)]);
    if (isRefused) return false;
    await job.complete({ status: "CANCELLED" });
    await ran;
    return true;
  }
});

describe("a call that is given up before anything was sent", () => {
  const gateway = useGateway({ env: { UPSTREAM_URL: `https://127.0.0.1:${silent.port}/v1` } });
  afterAll(() => silent.server.close());

  it("takes nothing, because no model has seen its prompt", async () => {
    const model = name("model");
    await gateway.admin.data(SET_PRICE, { model });
    const team = await gateway.world.team({ models: [model] });
    const job = await team.job();
    const ran = team.client.data(RUN_LLM_CALL, { input: { ...job.callInput(), messages: MESSAGES } });
    const socket = await silent.reached;
    await job.complete({ status: "CANCELLED" });
    expect((await ran).runLlmCall).toMatchObject({ status: "CANCELLED", usage: null, costUsd: null });
    socket.destroy();
  });
});
