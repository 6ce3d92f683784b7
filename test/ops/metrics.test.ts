import { describe, expect, it } from "vitest";
import { stateReader } from "../../src/ops/read-state.js";
import { send } from "../kit/clients/http.js";
import { Metrics } from "../kit/clients/metrics.js";
import { freePort } from "../kit/free-port.js";
import { ADMIN_KEY, startGateway, useGateway } from "../kit/gateway/gateway.js";
import { answer, DEFAULT_USAGE, error, hang } from "../kit/upstream/upstream-behaviours.js";
import { streamed } from "../kit/upstream/upstream-streams.js";
import { name, RUN_LLM_CALL, START_LLM_CALL } from "../kit/world.js";

const gateway = useGateway({ upstream: "scripted" });
const read = () => Metrics.of(gateway.url, ADMIN_KEY);
const FINISH = `mutation ($id: ID!) { completeJob(input: { jobId: $id }) { job { status } } }`;

describe("/metrics", () => {
  it("is for the admin", async () => {
    const { secret } = await gateway.world.team();
    const statusFor = async (headers: Record<string, string>) =>
      (await send(gateway, { path: "/metrics", headers })).status;
    expect(await statusFor({})).toBe(401);
    expect(await statusFor({ authorization: `Bearer ${secret}` })).toBe(403);
    expect(await statusFor({ authorization: `Bearer ${ADMIN_KEY}` })).toBe(200);
    expect(await statusFor({ "x-admin-key": ADMIN_KEY })).toBe(200);
  });

  it("can be read by Prometheus: each name has one type, a sentence of help, and only numbers", async () => {
    const { families, series } = await read();
    expect(families.length).toBeGreaterThan(40);
    expect(new Set(families.map((family) => family.name)).size).toBe(families.length);
    for (const { name: metric, help, type } of families) {
      expect(help, metric).toMatch(/^[A-Z]/);
      expect(["COUNTER", "GAUGE", "HISTOGRAM", "SUMMARY"], metric).toContain(type);
    }
    const ours = series.filter((each) => each.name.startsWith("tollgate_"));
    expect(ours.length).toBeGreaterThan(10);
    for (const { name: metric, value } of ours) expect(value, metric).not.toBeNaN();
  });

  it("counts a call: its attempts, tokens, cost and times, and the credit of its job", async () => {
    const [first, second] = [name("model"), name("model")];
    gateway.upstream.on(first, error(429));
    gateway.upstream.on(second, answer({ usage: DEFAULT_USAGE, headers: { "x-litellm-response-cost": "0.25" } }));
    const team = await gateway.world.team({ models: [first, second] });
    const before = await read();
    const job = await team.job();
    const held = await read();
    await job.call();
    await team.client.data(FINISH, { id: job.id });
    const after = await read();
    const group = team.modelGroup;
    expect(after.sum("tollgate_calls_total", { group, model: second, outcome: "succeeded" })).toBe(1);
    expect(after.sum("tollgate_attempts_total", { upstream: "default", model: first, outcome: "rate-limited" })).toBe(
      1,
    );
    expect(after.sum("tollgate_attempts_total", { model: second, outcome: "succeeded" })).toBe(1);
    expect(after.sum("tollgate_tokens_total", { group, kind: "prompt" })).toBe(12);
    expect(after.sum("tollgate_tokens_total", { group, kind: "completion" })).toBe(6);
    expect(after.sum("tollgate_cost_usd_total", { group })).toBe(0.25);
    for (const histogram of ["call_duration", "call_time_to_first_token"])
      expect(after.sum(`tollgate_${histogram}_seconds_count`, { group }), histogram).toBe(1);
    const more = (metric: string, labels: Record<string, string> = {}) =>
      after.sum(metric, labels) - before.sum(metric, labels);
    expect(more("tollgate_call_overhead_seconds_count")).toBe(1);
    expect(more("tollgate_credits_total", { movement: "held" })).toBe(1);
    expect(more("tollgate_credits_total", { movement: "posted" })).toBe(1);
    expect(more("tollgate_jobs_ended_total", { status: "completed" })).toBe(1);
    for (const lane of ["open jobs", "admit calls", "settle calls", "end jobs"])
      for (const of of ["size", "wait_seconds", "write_seconds"])
        expect(more(`tollgate_batch_${of}_count`, { lane }), `${lane} ${of}`).toBe(1);
    expect(more("tollgate_requests_total", { door: "graphql", operation: "mutation runLlmCall", code: "OK" })).toBe(1);
    expect(held.sum("tollgate_open_jobs") - before.sum("tollgate_open_jobs")).toBe(1);
    expect(more("tollgate_open_jobs")).toBe(0);
  });

  it("counts the credits of a job that is billed by tokens", async () => {
    const model = name("model");
    gateway.upstream.on(model, answer({ usage: { prompt_tokens: 0, completion_tokens: 25, total_tokens: 25 } }));
    const billing = { mode: "TOKENS", tokensPerCredit: 10 };
    const team = await gateway.world.team({ models: [model], credits: 100, billing });
    const before = await read();
    const [completed, failed] = [await team.job(), await team.job()];
    // Two calls at once of one job are admitted, and may be settled, in one statement.
    await Promise.all([completed.call(), completed.call(), failed.call()]);
    await completed.complete();
    await failed.complete({ status: "FAILED" });
    await team.client.data(RUN_LLM_CALL, {
      input: { modelGroup: team.modelGroup, messages: [{ role: "USER", content: "?" }] },
    });
    const after = await read();
    const more = (movement: string) =>
      after.sum("tollgate_credits_total", { movement }) - before.sum("tollgate_credits_total", { movement });
    expect(await team.credits()).toMatchObject({ used: 5 + 3, held: 0 });
    expect(more("posted")).toBe(5 + 3);
    expect(more("voided")).toBe(3);
    const holds = await gateway.database.db.creditEntry.findMany({ where: { accountId: team.id, kind: "HOLD" } });
    expect(more("held")).toBe(holds.reduce((sum, { heldCredits }) => sum + heldCredits, 0));
  });

  it("counts a job of one call: its credit is posted, or voided", async () => {
    const [good, bad] = [name("model"), name("model")];
    gateway.upstream.on(good, streamed(["One", "two", "three"]));
    gateway.upstream.on(bad, error(400));
    const before = await read();
    for (const model of [good, bad]) {
      const team = await gateway.world.team({ models: [model] });
      await gateway
        .socket(team.secret)
        .stream({ modelGroup: team.modelGroup, messages: [{ role: "USER", content: "?" }] })
        .rest();
    }
    const after = await read();
    const more = (metric: string, labels: Record<string, string>) =>
      after.sum(metric, labels) - before.sum(metric, labels);
    expect(more("tollgate_credits_total", { movement: "held" })).toBe(2);
    expect(more("tollgate_credits_total", { movement: "posted" })).toBe(1);
    expect(more("tollgate_credits_total", { movement: "voided" })).toBe(1);
    expect(more("tollgate_jobs_ended_total", { status: "failed" })).toBe(1);
    expect(after.sum("tollgate_time_per_output_token_seconds_count", { model: good })).toBe(1);
    expect(after.sum("tollgate_attempts_total", { model: bad, outcome: "invalid-request" })).toBe(1);
  });

  it("tells what is open and running", async () => {
    const model = name("model");
    const held = hang();
    gateway.upstream.on(model, held);
    const team = await gateway.world.team({ models: [model] });
    const job = await team.job();
    const { startLlmCall } = await team.client.data(START_LLM_CALL, { input: job.callInput() });
    await held.arrived;
    const events = gateway.socket(team.secret).follow(startLlmCall.id);
    await events.next();
    const metrics = await read();
    expect(metrics.sum("tollgate_running_calls")).toBe(1);
    expect(metrics.sum("tollgate_open_streams")).toBe(1);
    expect(metrics.sum("tollgate_open_sockets")).toBeGreaterThan(0);
    expect(metrics.sum("tollgate_up", { part: "database" })).toBe(1);
    expect(metrics.sum("nodejs_eventloop_lag_seconds")).toBeGreaterThanOrEqual(0);
    expect(metrics.labels("tollgate_build_info", "node")).toEqual([process.version]);
    await team.client.data(`mutation ($id: ID!) { cancelLlmCall(id: $id) { id } }`, { id: startLlmCall.id });
  });

  it("has no label that a client can make up, and no id of anything", async () => {
    const team = await gateway.world.team();
    const made = [`made-up-${name("x")}`, `MadeUp${Date.now()}`];
    await gateway.rest(team.secret).send("GET", `/api/${made[0]}`);
    await send(gateway, { method: "POST", path: `/${made[0]}` });
    await gateway.anonymous.send(`query ${made[1]} { ${made[1]} }`);
    await gateway.anonymous.send(`query ${made[1]} { ${made[1]}: __typename }`);
    const { text } = await read();
    for (const word of [...made, team.id, team.keyId, team.organizationId]) expect(text).not.toContain(word);
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}/);
  });

  it("counts the turns of each background task", async () => {
    await expect
      .poll(async () => (await read()).labels("tollgate_task_duration_seconds_count", "task"))
      .toContain("expire jobs");
    const metrics = await read();
    expect(metrics.labels("tollgate_task_lag_seconds", "task").length).toBeGreaterThan(5);
    expect(metrics.sum("tollgate_task_failures_total")).toBe(0);
  });
});

it('More models than a hundred are counted as "other".', async () => {
  const { BoundedNames } = await import("../../src/ops/metrics/bounded-names.js");
  const names = new BoundedNames(2);
  expect(["a", "b", "c", "a", "d"].map((each) => names.of(each))).toEqual(["a", "b", "other", "a", "other"]);
});

it("METRICS_PORT serves the metrics without a key, and nothing else.", async () => {
  const port = await freePort();
  const own = await startGateway({ env: { METRICS_PORT: String(port) } });
  try {
    const url = `http://127.0.0.1:${port}`;
    const metrics = await Metrics.of(url);
    expect(metrics.sum("tollgate_up", { part: "database" })).toBe(1);
    for (const path of ["/graphql", "/api/teams", "/v1/models"])
      expect((await fetch(`${url}${path}`)).status, path).toBe(404);
  } finally {
    await own.close();
  }
  await expect(fetch(`http://127.0.0.1:${port}/metrics`)).rejects.toThrow();
});

it("Without the database, the metrics say so and are there all the same.", async () => {
  const own = await startGateway({ mayEndUnsound: true });
  await own.app.database.close();
  const metrics = await Metrics.of(own.url, ADMIN_KEY);
  expect(metrics.sum("tollgate_up", { part: "database" })).toBe(0);
  expect(metrics.sum("tollgate_open_jobs")).toBeNaN();
  await own.close().catch(() => undefined);
});

it("Many scrapes at once ask the database once.", async () => {
  const { app } = gateway;
  let asked = 0;
  const countOpenJobs = () => {
    asked += 1;
    return app.countOpenJobs();
  };
  const read = stateReader({ ...app, countOpenJobs }, () => 0);
  const states = await Promise.all(Array.from({ length: 20 }, read));
  expect(new Set(states.map(({ openJobs }) => openJobs))).toEqual(new Set([await app.countOpenJobs()]));
  expect(asked).toBe(1);
  await read();
  expect(asked).toBe(2);
});
