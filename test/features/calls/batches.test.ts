import { beforeAll, describe, expect, it } from "vitest";
import type { Viewer } from "../../../src/auth/viewer.js";
import type { CallOutcome } from "../../../src/features/calls/call.service.js";
import { LlmCallInput } from "../../../src/features/calls/question/call.input.js";
import { MessageRole } from "../../../src/features/calls/question/message.input.js";
import { DomainError } from "../../../src/lib/errors.js";
import { engines } from "../../kit/database/database.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { name, type TestTeam } from "../../kit/world.js";

/** The client of a call that does not go away. Each call has a signal of its own, as each request has. */
const never = () => new AbortController().signal;

describe.each(engines())("calls that are made in the same moment, on %s", (engine) => {
  const gateway = useGateway({ engine, env: { JOB_MAX_CALLS: "3" } });

  /** A team that has called before, so that its plan is remembered and its calls reach the database together. */
  async function teamWith(credits: number): Promise<{ team: TestTeam; viewer: Viewer }> {
    const team = await gateway.world.team({ credits: credits + 1 });
    const viewer = await gateway.app.gate.credentials.viewerOf(team.secret, "test");
    await gateway.app.services.calls.run(viewer, inputOf(team), never());
    return { team, viewer };
  }

  const inputOf = ({ modelGroup }: TestTeam, given: Partial<LlmCallInput> = {}): LlmCallInput =>
    Object.assign(new LlmCallInput(), {
      modelGroup,
      messages: [{ role: MessageRole.USER, content: "What is a tollgate?" }],
      ...given,
    });

  /** Makes calls at once. Returns the status of each, or the code of its refusal, and how many statements admitted them. */
  async function atOnce(calls: readonly (readonly [Viewer, LlmCallInput])[]) {
    const count = () => gateway.database.statements("INSERT INTO llm_calls");
    const before = count();
    const made = calls.map(async ([viewer, input]) => {
      const call = await gateway.app.services.calls.run(viewer, input, never()).catch((error: unknown) => error);
      if (call instanceof DomainError) return call.code;
      if (call instanceof Error) return "INTERNAL";
      return (call as CallOutcome).status;
    });
    const outcomes = await Promise.all(made);
    return { outcomes, admissions: count() - before };
  }

  it("of which three have credits: the first three are served, and one statement admits and refuses all", async () => {
    const { team, viewer } = await teamWith(3);
    const { outcomes, admissions } = await atOnce(Array.from({ length: 5 }, () => [viewer, inputOf(team)] as const));
    expect(outcomes).toEqual([
      ...["SUCCEEDED", "SUCCEEDED", "SUCCEEDED"],
      ...["INSUFFICIENT_CREDITS", "INSUFFICIENT_CREDITS"],
    ]);
    if (engine === "embedded") expect(admissions).toBe(1);
    expect(await team.credits()).toMatchObject({ used: 4, held: 0, available: 0 });
  });

  it("in a job that has room for three: the first three are admitted, and the job counts them", async () => {
    const { team, viewer } = await teamWith(1);
    const job = await team.job();
    const input = inputOf(team, { jobId: job.id });
    const { outcomes } = await atOnce(Array.from({ length: 5 }, () => [viewer, input] as const));
    expect(outcomes).toEqual(["SUCCEEDED", "SUCCEEDED", "SUCCEEDED", "INVALID_STATE", "INVALID_STATE"]);
    expect((await job.complete()).costs).toMatchObject({ totalCalls: 3, successfulCalls: 3, runningCalls: 0 });
  });

  it("by many teams, in jobs and without: each is judged by itself", async () => {
    const rich = await teamWith(3);
    const poor = await teamWith(0);
    const job = await rich.team.job();
    const closed = await rich.team.job();
    await closed.complete();
    const foreign = await (await teamWith(1)).team.job();
    const { outcomes } = await atOnce([
      [rich.viewer, inputOf(rich.team)],
      [poor.viewer, inputOf(poor.team)],
      [rich.viewer, inputOf(rich.team, { jobId: job.id.toUpperCase() })],
      [rich.viewer, inputOf(rich.team, { jobId: closed.id })],
      [rich.viewer, inputOf(rich.team, { jobId: foreign.id })],
      [rich.viewer, inputOf(rich.team, { jobId: job.id })],
    ]);
    expect(outcomes).toEqual([
      ...["SUCCEEDED", "INSUFFICIENT_CREDITS", "SUCCEEDED", "INVALID_STATE", "NOT_FOUND", "SUCCEEDED"],
    ]);
    expect((await job.complete()).costs).toMatchObject({ totalCalls: 2 });
    expect(await rich.team.credits()).toMatchObject({ used: 4, held: 0 });
  });

  it("with one idempotency key: one call, which answers all; and a neighbour is not refused for it", async () => {
    const { team, viewer } = await teamWith(2);
    const input = inputOf(team, { idempotencyKey: name("key") });
    const { outcomes } = await atOnce([
      ...Array.from({ length: 4 }, () => [viewer, input] as const),
      [viewer, inputOf(team)] as const,
    ]);
    expect(outcomes).toEqual(["SUCCEEDED", "SUCCEEDED", "SUCCEEDED", "SUCCEEDED", "SUCCEEDED"]);
    expect(await team.credits()).toMatchObject({ used: 3, held: 0, available: 0 });
  });

  it("with one idempotency key, of a team without a credit or in a job that has ended: each is refused for that", async () => {
    const { team, viewer } = await teamWith(0);
    const input = inputOf(team, { idempotencyKey: name("key") });
    const withoutCredit = await atOnce(Array.from({ length: 12 }, () => [viewer, input] as const));
    expect(new Set(withoutCredit.outcomes)).toEqual(new Set(["INSUFFICIENT_CREDITS"]));
    const rich = await teamWith(1);
    const job = await rich.team.job();
    await job.complete();
    const late = inputOf(rich.team, { jobId: job.id, idempotencyKey: name("key") });
    const inEndedJob = await atOnce(Array.from({ length: 12 }, () => [rich.viewer, late] as const));
    expect(new Set(inEndedJob.outcomes)).toEqual(new Set(["INVALID_STATE"]));
  });

  it("with one idempotency key, and one without: there are credits for two, and so two calls", async () => {
    const { team, viewer } = await teamWith(2);
    const input = inputOf(team, { idempotencyKey: name("key") });
    const { outcomes } = await atOnce([
      ...Array.from({ length: 12 }, () => [viewer, input] as const),
      [viewer, inputOf(team)] as const,
    ]);
    expect(new Set(outcomes)).toEqual(new Set(["SUCCEEDED"]));
    expect(await team.credits()).toMatchObject({ used: 3, held: 0, available: 0 });
  });

  it("and are followed in the same moment: one statement reads all of them, and each follower gets its own", async () => {
    const { team, viewer } = await teamWith(4);
    const { calls, callFollower } = gateway.app.services;
    const purposes = ["first", "second", "third", "fourth"];
    const made = await Promise.all(purposes.map((purpose) => calls.run(viewer, inputOf(team, { purpose }), never())));
    const reads = () => gateway.database.statements("FROM llm_calls JOIN jobs");
    const before = reads();
    const followed = await Promise.all(made.map(({ id }) => callFollower.whole(viewer, id.toUpperCase(), never())));
    const last = followed.map((events) => events.at(-1));
    expect(last).toMatchObject(purposes.map((purpose) => ({ type: "finished", call: { purpose } })));
    // Once to find them, and once because they have ended.
    if (engine === "embedded") expect(reads() - before).toBe(2);
  });

  describe("one of which the database refuses", () => {
    beforeAll(async () => {
      const { db } = gateway.database;
      await db.$executeRawUnsafe(`CREATE FUNCTION refuse_bad_calls() RETURNS TRIGGER LANGUAGE plpgsql AS $$
        BEGIN IF NEW.purpose = TG_ARGV[0] THEN RAISE EXCEPTION 'bad'; END IF; RETURN NEW; END $$`);
      await db.$executeRawUnsafe(`CREATE TRIGGER refuse_bad_calls BEFORE INSERT ON llm_calls
        FOR EACH ROW EXECUTE FUNCTION refuse_bad_calls('bad admission')`);
      await db.$executeRawUnsafe(`CREATE TRIGGER refuse_bad_ends BEFORE UPDATE ON llm_calls
        FOR EACH ROW WHEN (NEW.content IS NOT NULL) EXECUTE FUNCTION refuse_bad_calls('bad end')`);
    });

    it("at its admission: it is refused and leaves nothing, and its neighbours are served", async () => {
      const { team, viewer } = await teamWith(3);
      const { outcomes } = await atOnce([
        [viewer, inputOf(team)],
        [viewer, inputOf(team, { purpose: "bad admission" })],
        [viewer, inputOf(team)],
      ]);
      expect(outcomes).toEqual(["SUCCEEDED", "INTERNAL", "SUCCEEDED"]);
      expect(await team.credits()).toMatchObject({ used: 3, held: 0, available: 1 });
    });

    it("at its end: it is settled without its answer, and its neighbours with theirs", async () => {
      const { team, viewer } = await teamWith(3);
      const { outcomes } = await atOnce([
        [viewer, inputOf(team)],
        [viewer, inputOf(team, { purpose: "bad end" })],
        [viewer, inputOf(team)],
      ]);
      expect(outcomes).toEqual(["SUCCEEDED", "SUCCEEDED", "SUCCEEDED"]);
      const calls = await gateway.database.db.llmCall.findMany({ where: { job: { teamId: team.id } } });
      expect(calls.filter(({ content }) => content === null).map(({ purpose }) => purpose)).toEqual(["bad end"]);
      expect(await team.credits()).toMatchObject({ used: 4, held: 0, available: 0 });
    });
  });
});
