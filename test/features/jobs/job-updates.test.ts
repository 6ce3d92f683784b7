import { describe, expect, it } from "vitest";
import { useGateway } from "../../kit/gateway/gateway.js";
import { scriptedJob } from "../../kit/scripted-job.js";
import type { Behaviour } from "../../kit/upstream/upstream-behaviours.js";
import { streamed } from "../../kit/upstream/upstream-streams.js";

const gateway = useGateway({ upstream: "scripted" });
const jobWith = (...behaviours: Behaviour[]) => scriptedJob(gateway, ...behaviours);

describe("jobUpdated", () => {
  it("shows the job as it stands, then each change, up to its end", async () => {
    const job = await jobWith(streamed(["Yes."]));
    const states = gateway
      .socket(job.team.secret)
      .iterate(
        `subscription ($id: ID!) { jobUpdated(jobId: $id) { status metadata costs { totalCalls runningCalls } } }`,
        { id: job.id },
      );
    const next = async () => (await states.next()).value?.data?.jobUpdated;
    expect(await next()).toMatchObject({ status: "PENDING" });
    await job.call();
    for (let state = await next(); state.costs.runningCalls > 0; state = await next())
      expect(state.status).toBe("IN_PROGRESS");
    await job.team.client.data(`mutation ($id: ID!) { updateJobMetadata(jobId: $id, metadata: { a: 1 }) { id } }`, {
      id: job.id,
    });
    expect(await next()).toMatchObject({ status: "IN_PROGRESS", metadata: { a: 1 } });
    await job.complete();
    expect(await next()).toMatchObject({ status: "COMPLETED" });
    expect((await states.next()).done).toBe(true);
  });

  it("shows an ended job once, and nothing of another team's job", async () => {
    const job = await (await gateway.world.team()).job();
    await job.complete();
    const follow = (secret: string) =>
      gateway.socket(secret).iterate(`subscription ($id: ID!) { jobUpdated(jobId: $id) { status } }`, { id: job.id });
    const states = follow(job.team.secret);
    expect((await states.next()).value?.data).toEqual({ jobUpdated: { status: "COMPLETED" } });
    expect((await states.next()).done).toBe(true);
    const { value } = await follow((await gateway.world.team()).secret).next();
    expect(value?.errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
  });
});
