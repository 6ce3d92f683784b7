import { describe, expect, it } from "vitest";
import type { GraphqlAnswer, GraphqlClient } from "../kit/clients/graphql.js";
import { CREATE_KEY, VIEWER } from "../kit/credentials.js";
import { hasPostgres } from "../kit/database/database.js";
import { expectSoundLedger } from "../kit/database/ledger.js";
import { waitingForLocks } from "../kit/database/waiting-for-locks.js";
import { useTwoGateways } from "../kit/gateway/gateway.js";
import { runTasks } from "../kit/gateway/tasks.js";
import { CHANGE_KEY, DELETE_TEAM, ROTATE, UPDATE_TEAM_NAMES } from "../kit/lifecycle.js";
import { answer } from "../kit/upstream/upstream-behaviours.js";
import { heldStream } from "../kit/upstream/upstream-streams.js";
import { answeredWithin, codeOf } from "../kit/within.js";
import { CREATE_JOB, LLM_CALL, name, RUN_LLM_CALL, START_LLM_CALL } from "../kit/world.js";

const ADD = "mutation ($input: AddCreditsInput!) { addCredits(input: $input) { id } }";
const TRANSFER = "mutation ($input: TransferCreditsInput!) { transferCredits(input: $input) { toTeam { id } } }";
const WORK = `query ($id: ID!) { team(id: $id) { credits { held available } virtualKeys { id status }
  jobs(first: 100) { nodes { status llmCalls(first: 100) { nodes { status } } } } } }`;

describe.runIf(hasPostgres())("a team that is deleted, in two processes on one database", { timeout: 120_000 }, () => {
  const { one, other } = useTwoGateways();
  const at = (index: number) => (index % 2 === 0 ? one : other);
  const codes = (answers: readonly GraphqlAnswer[]) => answers.map(codeOf);

  /** Returns when tasks have closed all jobs of a team. */
  const expectClosed = (id: string) =>
    expect
      .poll(
        async () => {
          await Promise.all([runTasks(one.app), runTasks(other.app)]);
          const { team } = await one.admin.data(WORK, { id });
          const open = team.jobs.nodes.filter(({ status }: { status: string }) =>
            ["PENDING", "IN_PROGRESS"].includes(status),
          );
          return { open: open.length, held: team.credits.held };
        },
        { timeout: 10_000 },
      )
      .toEqual({ open: 0, held: 0 });

  /** Does something while a row of a team is locked. `areWaiting` returns when so many statements wait for locks. */
  function whileLocked<Result>(
    table: "teams" | "credit_balances" | "jobs",
    id: string,
    work: (areWaiting: (count: number) => Promise<void>) => Promise<Result>,
  ): Promise<Result> {
    const { db } = one.database;
    const waiting = () => waitingForLocks(db);
    const column = table === "teams" ? "id" : "team_id";
    return db.$transaction(
      async (tx) => {
        await tx.$executeRawUnsafe(`SELECT FROM ${table} WHERE ${column} = $1 FOR UPDATE`, id);
        return work(async (count) => void (await expect.poll(waiting).toBeGreaterThanOrEqual(count)));
      },
      { timeout: 30_000 },
    );
  }

  it("a team that is deleted while keys, jobs, calls and credits come has none of them open afterwards", async () => {
    for (let round = 0; round < 5; round++) {
      const model = name("model");
      one.upstream.on(model, answer());
      const organization = await one.world.organization();
      const team = await organization.team({ models: [model], credits: 1_000 });
      const heir = await organization.team();
      const jobs = await Promise.all(Array.from({ length: 4 }, () => team.job()));
      const clients = [team.client, other.client(team.secret)];
      const send = (query: string, variables: Record<string, unknown>, by?: GraphqlClient) =>
        (by ?? (clients[round % 2] as GraphqlClient)).send(query, variables);
      const input = (index: number) => ({ ...jobs[index % 4]?.callInput(), ...(index % 3 === 0 && { jobId: null }) });
      const work = Array.from({ length: 42 }, (_, index) => {
        const { admin } = at(index);
        const client = clients[index % 2] as GraphqlClient;
        if (index === 20 + round) return send(DELETE_TEAM, { id: team.id }, admin);
        if (index === 30 + round) return send(DELETE_TEAM, { id: team.id }, at(index + 1).admin);
        if (index % 6 === 0) return send(CREATE_KEY, { input: { teamId: team.id } }, admin);
        if (index % 6 === 1) return send(CREATE_JOB, { input: { jobType: "race" } }, client);
        if (index % 6 === 2) return send(ADD, { input: { teamId: team.id, credits: 1 } }, admin);
        if (index % 6 === 3) {
          const sides = { fromTeamId: heir.id, toTeamId: team.id, credits: 1, reason: "Race." };
          return send(TRANSFER, { input: sides }, admin);
        }
        return send(index % 6 === 4 ? RUN_LLM_CALL : START_LLM_CALL, { input: input(index) }, client);
      });
      const seen = new Set(codes(await Promise.all(work)));
      // What is beside "ok" depends on when the request came. A free connection may not come in time, also to the deletion.
      const refusals = ["INVALID_STATE", "UNAUTHENTICATED", "MODEL_GROUP_NOT_ALLOWED", "CALLS_RUNNING", "UNAVAILABLE"];
      for (const code of seen) expect(["ok", "INSUFFICIENT_CREDITS", ...refusals]).toContain(code);
      await one.admin.data(DELETE_TEAM, { id: team.id });
      await expectClosed(team.id);
      const { team: read } = await one.admin.data(WORK, { id: team.id });
      for (const { status } of read.virtualKeys) expect(status).toBe("REVOKED");
      for (const { llmCalls } of read.jobs.nodes)
        for (const { status } of llmCalls.nodes) expect(status).not.toBe("RUNNING");
      await one.client(team.secret).refusal("UNAUTHENTICATED", VIEWER);
    }
    await expectSoundLedger(one.database.db);
    const [counted] = await one.database.db.$queryRaw<{ deadlocks: bigint }[]>`SELECT deadlocks FROM pg_stat_database
      WHERE datname = current_database()`;
    expect(counted).toEqual({ deadlocks: 0n });
  });

  it("what comes to a team while its deletion is under way is refused, also what was allowed when it was asked for", async () => {
    const organization = await one.world.organization();
    const [team, heir] = [await organization.team(), await organization.team()];
    const { id, keyId } = team;
    const sides = { fromTeamId: heir.id, toTeamId: id, credits: 1, reason: "Race." };
    const { deletion, others } = await whileLocked("teams", id, async (areWaiting) => {
      const deletion = other.admin.send(DELETE_TEAM, { id });
      await areWaiting(1);
      const others = [
        one.admin.send(CREATE_KEY, { input: { teamId: id } }),
        one.admin.send(ADD, { input: { teamId: id, credits: 1 } }),
        one.admin.send(TRANSFER, { input: sides }),
        one.admin.send(UPDATE_TEAM_NAMES, { input: { id, alias: "New", modelGroups: [team.modelGroup] } }),
        one.admin.send(CHANGE_KEY, { input: { id: keyId, name: "New" } }),
        one.admin.send(ROTATE, { id: keyId }),
      ];
      await areWaiting(1 + others.length);
      return { deletion, others };
    });
    expect(codes([await deletion])).toEqual(["ok"]);
    expect(codes(await Promise.all(others))).toEqual(others.map(() => "INVALID_STATE"));
    const { team: read } = await one.admin.data(WORK, { id });
    expect(read).toMatchObject({ credits: { available: 10 }, virtualKeys: [{ status: "REVOKED" }] });
  });

  it("a job and a call that wait for the balance while their team is deleted are opened, and then closed by tasks", async () => {
    const [model, upstream] = [name("model"), heldStream()];
    one.upstream.on(model, upstream);
    const team = await one.world.team({ models: [model] });
    const sent = await whileLocked("credit_balances", team.id, async (areWaiting) => {
      const call = { modelGroup: team.modelGroup, messages: [{ role: "USER", content: "Hello" }] };
      const sent = [
        team.client.send(CREATE_JOB, { input: { jobType: "race" } }),
        other.client(team.secret).send(START_LLM_CALL, { input: call }),
      ];
      await areWaiting(2);
      await other.admin.data(DELETE_TEAM, { id: team.id });
      return { all: sent };
    });
    // Both statements began before the team was deleted.
    expect(codes(await Promise.all(sent.all))).toEqual(["ok", "ok"]);
    await upstream.closed;
    await expectClosed(team.id);
    const { team: read } = await one.admin.data(WORK, { id: team.id });
    expect(read.jobs.nodes).toHaveLength(2);
    // The call may be cancelled before its job is marked. A job of one call then ends as FAILED, which is free too.
    for (const { status } of read.jobs.nodes) expect(["CANCELLED", "FAILED"]).toContain(status);
  });

  it("its keys are refused at once, also while somebody has locked one of its jobs", async () => {
    const team = await one.world.team();
    await team.job();
    const deletion = await whileLocked("jobs", team.id, async (areWaiting) => {
      const deletion = other.admin.send(DELETE_TEAM, { id: team.id });
      await areWaiting(1);
      await answeredWithin(1_000, () => team.client.send(VIEWER), "UNAUTHENTICATED");
      return { sent: deletion };
    });
    expect(codes([await deletion.sent])).toEqual(["ok"]);
    const { team: read } = await one.admin.data(WORK, { id: team.id });
    expect(read).toMatchObject({ credits: { held: 0, available: 10 }, jobs: { nodes: [{ status: "CANCELLED" }] } });
  });

  it("deleteTeam through the other ends what runs in the one, and returns when its jobs have ended", async () => {
    const [model, upstream] = [name("model"), heldStream()];
    one.upstream.on(model, upstream);
    const team = await one.world.team({ models: [model] });
    const job = await team.job();
    const { startLlmCall } = await team.client.data(START_LLM_CALL, { input: job.callInput() });
    await upstream.arrived;
    upstream.text("Once ");
    const stream = one.socket(team.secret).follow(startLlmCall.id);
    await stream.until("LlmCallDelta");
    const ended = stream.rest().catch((error: unknown) => error);
    await other.admin.data(DELETE_TEAM, { id: team.id });
    const { llmCall } = await one.admin.data(LLM_CALL, { id: startLlmCall.id });
    expect(llmCall).toMatchObject({ status: "CANCELLED", content: "Once ", job: { status: "CANCELLED" } });
    expect(llmCall.error.message).toBe("The call was cancelled: its team was deleted.");
    expect(await ended).toMatchObject({ code: "UNAUTHENTICATED" });
  });
});
