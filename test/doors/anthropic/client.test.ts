import { describe, expect, it } from "vitest";
import { ANTHROPIC_CLIENTS, anthropicOf } from "../../kit/clients/anthropic.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { answer } from "../../kit/upstream/upstream-behaviours.js";
import { heldStream, streamed } from "../../kit/upstream/upstream-streams.js";

const gateway = useGateway({ upstream: "scripted" });

describe.each(ANTHROPIC_CLIENTS)("$title", ({ isSkipped, load }) => {
  const { teamWith, jobsOf } = anthropicOf(gateway, load);

  it.skipIf(isSkipped)("gets a whole message, in a job that is opened and completed for it", async () => {
    const { team, anthropic, ask } = await teamWith();
    const { data, response, request_id } = await anthropic.messages.create(ask).withResponse();
    expect(data).toMatchObject({
      type: "message",
      role: "assistant",
      content: [{ type: "text", text: "This is a scripted answer." }],
      stop_reason: "end_turn",
      stop_sequence: null,
      usage: { input_tokens: 12, output_tokens: 6, cache_read_input_tokens: 0, cache_creation_input_tokens: 0 },
    });
    const [job] = await jobsOf(team);
    expect(job).toMatchObject({ status: "COMPLETED", costs: { totalCalls: 1 } });
    expect(response.headers.get("x-job-id")).toBe(job.id);
    expect(data.id).toBe(`msg_${response.headers.get("x-tollgate-call-id")}`);
    expect(response.headers.get("x-tollgate-credits-remaining")).toBe("9");
    expect(request_id).toBe(response.headers.get("x-request-id"));
  });

  it.skipIf(isSkipped)("gets a stream, piece by piece", async () => {
    const upstream = heldStream();
    const { anthropic, ask } = await teamWith(upstream);
    const stream = anthropic.messages.stream(ask);
    const texts: string[] = [];
    const seen = new Promise<void>((resolve) =>
      stream.on("text", (text) => {
        texts.push(text);
        resolve();
      }),
    );
    await upstream.arrived;
    upstream.text("Toll");
    await seen;
    expect(texts).toEqual(["Toll"]);
    upstream.text("gate");
    upstream.finish();
    const message = await stream.finalMessage();
    expect(message).toMatchObject({
      content: [{ type: "text", text: "Tollgate" }],
      stop_reason: "end_turn",
      usage: { input_tokens: 12, output_tokens: 6 },
    });
    expect(texts.join("")).toBe("Tollgate");
  });

  it.skipIf(isSkipped)("makes calls in a job that it names", async () => {
    const { team, anthropic, ask } = await teamWith(streamed(["Yes."]));
    const job = await team.job();
    const options = { headers: { "X-Job-Id": job.id } };
    await anthropic.messages.stream(ask, options).finalMessage();
    gateway.upstream.on((await anthropic.messages.stream(ask, options).finalMessage()).model, answer());
    await anthropic.messages.create(ask, options);
    expect((await job.complete()).costs).toMatchObject({ totalCalls: 3, creditsRemaining: 9 });
    const late = anthropic.messages.create(ask, options);
    await expect(late).rejects.toMatchObject({ status: 409, error: { error: { type: "conflict_error" } } });
  });
});
