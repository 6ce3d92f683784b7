import { describe, expect, it } from "vitest";
import { answer, error } from "../../kit/upstream/upstream-behaviours.js";
import { heldStream } from "../../kit/upstream/upstream-streams.js";
import { useTwoUpstreams } from "../../kit/upstream/use-upstreams.js";
import { name } from "../../kit/world.js";

const ATTEMPTS = "query ($id: ID!) { llmCall(id: $id) { attempts { upstream failureKind } } }";

describe("a call whose first upstream is full", () => {
  const { gateway, east, west } = useTwoUpstreams({
    east: { concurrencyMax: 1, firstTokenTimeoutMs: 2_000 },
    west: { concurrencyMax: 1, firstTokenTimeoutMs: 2_000 },
  });
  const jobWith = async (...models: string[]) => (await gateway.world.team({ models })).job();
  /** Has a call under way at an upstream, which answers and does not end until it is released. */
  const full = async (upstream: typeof east, listed: string) => {
    const model = name("busy");
    const stream = heldStream();
    upstream.on(model, stream);
    const job = await jobWith(`${listed}/${model}`);
    const events = gateway.socket(job.team.secret).stream(job.callInput());
    await stream.arrived;
    stream.text("I am");
    await events.until("LlmCallDelta");
    return { release: () => stream.finish(), ended: () => events.until("LlmCallFinished") };
  };
  const made = async (...models: string[]) => {
    const job = await jobWith(...models);
    const { id, status, error } = await job.call();
    const { attempts } = (await job.team.client.data(ATTEMPTS, { id })).llmCall;
    return { status, error, attempts: attempts.map((each: Attempt) => `${each.upstream} ${each.failureKind}`) };
  };
  interface Attempt {
    readonly upstream: string;
    readonly failureKind: string | null;
  }

  it("waits for its turn there if its last model fails", async () => {
    const busy = await full(east, "east");
    const model = name("model");
    west.on(model, ({ request, response }) => {
      busy.release();
      error(503)({ request, response });
    });
    east.on(model, answer());
    expect(await made(`east/${model}`, `west/${model}`)).toEqual({
      status: "SUCCEEDED",
      error: null,
      attempts: ["east FULL", "west OVERLOADED", "east null"],
    });
    expect((await busy.ended()).call).toMatchObject({ status: "SUCCEEDED" });
  });

  it("is told that it is overloaded, if no turn comes", async () => {
    const busy = await full(east, "east");
    const model = name("model");
    west.on(model, error(503));
    expect(await made(`east/${model}`, `west/${model}`)).toMatchObject({
      status: "FAILED",
      error: { code: "OVERLOADED" },
      attempts: ["east FULL", "west OVERLOADED", "east FULL"],
    });
    busy.release();
    await busy.ended();
  });

  it("waits at one of them if all are full", async () => {
    const [first, second] = [await full(east, "east"), await full(west, "west")];
    const model = name("model");
    const call = made(`east/${model}`, `west/${model}`);
    first.release();
    expect(await call).toMatchObject({ status: "SUCCEEDED" });
    second.release();
    for (const busy of [first, second]) await busy.ended();
  });
});
