import { describe, expect, it } from "vitest";
import { CREATE_KEY, RESUME, REVOKE, refusalOf, SUSPEND, UNAUTHENTICATED, VIEWER } from "../../kit/credentials.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { runTasks } from "../../kit/gateway/tasks.js";
import { CHANGE_KEY, DELETE_TEAM, READ_TEAM, ROTATE, UPDATE_TEAM_NAMES } from "../../kit/lifecycle.js";
import { heldStream } from "../../kit/upstream/upstream-streams.js";
import { CREATE_JOB, LLM_CALL, name, RUN_LLM_CALL, START_LLM_CALL, TestJob } from "../../kit/world.js";

const gateway = useGateway({ upstream: "scripted" });
const TRANSFER = "mutation ($input: TransferCreditsInput!) { transferCredits(input: $input) { toTeam { id } } }";
const ADD = "mutation ($input: AddCreditsInput!) { addCredits(input: $input) { id } }";
const ADJUST = "mutation ($input: AdjustCreditsInput!) { adjustCredits(input: $input) { id } }";
const CREDITS = "query ($id: ID!) { team(id: $id) { credits { available held used } jobs { nodes { status } } } }";

/** A team with a running call that has said something, in a job beside another one. */
async function busyTeam() {
  const [model, upstream] = [name("model"), heldStream()];
  gateway.upstream.on(model, upstream);
  const team = await gateway.world.team({ models: [model], credits: 10 });
  const [job, idle] = [await team.job(), await team.job()];
  const { startLlmCall } = await team.client.data(START_LLM_CALL, { input: job.callInput() });
  await upstream.arrived;
  upstream.text("Once ");
  const stream = gateway.socket(team.secret).follow(startLlmCall.id);
  await stream.until("LlmCallDelta");
  return { team, job, idle, upstream, id: startLlmCall.id as string, ended: stream.rest().catch((error) => error) };
}

describe("deleteTeam", () => {
  it("revokes all keys, cancels what runs, ends open jobs as CANCELLED, and gives their credits back", async () => {
    const { team, upstream, id, ended } = await busyTeam();
    const { createVirtualKey } = await gateway.admin.data(CREATE_KEY, { input: { teamId: team.id } });
    const { deleteTeam } = await gateway.admin.data(DELETE_TEAM, { id: team.id });
    expect(deleteTeam).toMatchObject({ id: team.id, status: "DELETED", modelGroups: [] });
    await upstream.closed;
    expect(await ended).toMatchObject({ code: "UNAUTHENTICATED" });
    for (const secret of [team.secret, createVirtualKey.virtualKey])
      expect(refusalOf(await gateway.client(secret).send(VIEWER))).toEqual(UNAUTHENTICATED);
    const { llmCall } = await gateway.admin.data(LLM_CALL, { id });
    const error = { code: "CANCELLED", message: "The call was cancelled: its team was deleted." };
    expect(llmCall).toMatchObject({ status: "CANCELLED", content: "Once ", error, job: { status: "CANCELLED" } });
    const read = (await gateway.admin.data(CREDITS, { id: team.id })).team;
    expect(read.credits).toEqual({ available: 10, held: 0, used: 0 });
    expect(read.jobs.nodes).toEqual([{ status: "CANCELLED" }, { status: "CANCELLED" }]);
    const { virtualKeys } = (await gateway.admin.data(READ_TEAM, { id: team.id })).team;
    expect(virtualKeys.map(({ status }: { status: string }) => status)).toEqual(["REVOKED", "REVOKED"]);
  });

  it("is repeated without a change, and gives the id out no more", async () => {
    const team = await gateway.world.team();
    const UPDATED = "query ($id: ID!) { team(id: $id) { updatedAt } }";
    await gateway.admin.data(DELETE_TEAM, { id: team.id });
    const before = await gateway.admin.data(UPDATED, { id: team.id });
    expect((await gateway.admin.data(DELETE_TEAM, { id: team.id })).deleteTeam.status).toBe("DELETED");
    expect(await gateway.admin.data(UPDATED, { id: team.id })).toEqual(before);
    const create = "mutation ($input: CreateTeamInput!) { createTeam(input: $input) { virtualKey } }";
    const input = { id: team.id, organizationId: team.organizationId };
    await gateway.admin.refusal("ALREADY_EXISTS", create, { input });
    await gateway.admin.refusal("NOT_FOUND", DELETE_TEAM, { id: name("team") });
  });

  it("leaves nothing that could be changed, also by the admin", async () => {
    const { team, idle } = await busyTeam();
    const sibling = await gateway.world.team();
    await gateway.admin.data(DELETE_TEAM, { id: team.id });
    const groups = "mutation ($input: SetTeamModelGroupsInput!) { setTeamModelGroups(input: $input) { id } }";
    const message = `The team "${team.id}" is deleted.`;
    for (const [query, variables] of [
      [SUSPEND, { id: team.id }],
      [RESUME, { id: team.id }],
      [UPDATE_TEAM_NAMES, { input: { id: team.id, alias: "New" } }],
      [groups, { input: { teamId: team.id, modelGroups: [] } }],
      [CREATE_KEY, { input: { teamId: team.id } }],
      [CHANGE_KEY, { input: { id: team.keyId, name: "New", expiresAt: null } }],
      [ROTATE, { id: team.keyId }],
      ["mutation ($id: ID!) { resetTeamCounters(id: $id) { id } }", { id: team.id }],
      ["mutation ($id: ID!) { resetVirtualKeyCounters(id: $id) { id } }", { id: team.keyId }],
      [ADD, { input: { teamId: team.id, credits: 1 } }],
      [ADJUST, { input: { teamId: team.id, credits: 1, reason: "Test." } }],
    ] as const)
      expect((await gateway.admin.refusal("INVALID_STATE", query, variables)).message).toBe(message);
    const into = { fromTeamId: sibling.id, toTeamId: team.id, credits: 1, reason: "Test." };
    expect((await gateway.admin.refusal("INVALID_STATE", TRANSFER, { input: into })).message).toBe(message);
    const complete = "mutation ($input: CompleteJobInput!) { completeJob(input: $input) { job { status } } }";
    await gateway.admin.refusal("INVALID_STATE", complete, { input: { jobId: idle.id, status: "FAILED" } });
    await gateway.admin.data(REVOKE, { id: team.keyId });
  });

  it("keeps what is left of the credits, which the admin alone can take away or move", async () => {
    const organization = await gateway.world.organization();
    const [team, heir] = [await organization.team({ credits: 10 }), await organization.team({ credits: 0 })];
    const key = await gateway.world.organizationKey(organization.id);
    await key.client.data(DELETE_TEAM, { id: team.id });
    const input = { fromTeamId: team.id, toTeamId: heir.id, credits: 6, reason: "Its team is gone." };
    await key.client.refusal("NOT_FOUND", TRANSFER, { input });
    await gateway.admin.data(TRANSFER, { input });
    await gateway.admin.data(ADJUST, { input: { teamId: team.id, credits: -3, reason: "Paid back." } });
    expect((await gateway.admin.data(CREDITS, { id: team.id })).team.credits.available).toBe(1);
    expect(await heir.credits()).toMatchObject({ available: 6 });
    const ENTRIES =
      "query ($id: ID!) { team(id: $id) { creditEntries { totalCount } } ledgerAudit(teamId: $id) { isSound } }";
    expect(await gateway.admin.data(ENTRIES, { id: team.id })).toEqual({
      team: { creditEntries: { totalCount: 3 } },
      ledgerAudit: { isSound: true },
    });
  });

  it("makes the team, with all that is of it, as good as absent for its organization", async () => {
    const { team, job, id } = await busyTeam();
    const key = await gateway.world.organizationKey(team.organizationId);
    expect((await key.client.data(DELETE_TEAM, { id: team.id })).deleteTeam.status).toBe("DELETED");
    for (const [query, variables] of [
      [READ_TEAM, { id: team.id }],
      [DELETE_TEAM, { id: team.id }],
      [SUSPEND, { id: team.id }],
      [LLM_CALL, { id }],
      ["query ($id: ID!) { job(id: $id) { id } }", { id: job.id }],
      ["query ($id: ID!) { jobs(teamId: $id) { nodes { id } } }", { id: team.id }],
      ["query ($id: ID!) { ledgerAudit(teamId: $id) { isSound } }", { id: team.id }],
      [CREATE_KEY, { input: { teamId: team.id } }],
      [REVOKE, { id: team.keyId }],
      [ROTATE, { id: team.keyId }],
      [ADD, { input: { teamId: team.id, credits: 1 } }],
    ] as const)
      await key.client.refusal("NOT_FOUND", query, variables);
    const follow = gateway.socket(key.secret).follow(id);
    await expect(follow.rest()).rejects.toMatchObject({ code: "NOT_FOUND" });
    await gateway.rest(key.secret).refusal(404, "GET", `/api/credits/teams/${team.id}/balance`);
    const LISTS = `{ teams { totalCount } jobs { totalCount } modelGroups { totalCount }
      organizations { nodes { teams { totalCount } virtualKeys { totalCount } } } }`;
    expect(await key.client.data(LISTS)).toEqual({
      teams: { totalCount: 0 },
      jobs: { totalCount: 0 },
      modelGroups: { totalCount: 0 },
      organizations: { nodes: [{ teams: { totalCount: 0 }, virtualKeys: { totalCount: 0 } }] },
    });
  });

  it("is in the admin's lists, which a status narrows", async () => {
    const organization = await gateway.world.organization();
    const [gone, kept] = [await organization.team(), await organization.team()];
    await gateway.admin.data(DELETE_TEAM, { id: gone.id });
    const query = `query ($id: ID!) { all: teams(organizationId: $id) { nodes { id } }
      gone: teams(organizationId: $id, status: DELETED) { nodes { id } } kept: teams(organizationId: $id, status: ACTIVE) { nodes { id } } }`;
    const lists = await gateway.admin.data(query, { id: organization.id });
    expect(lists).toEqual({
      all: { nodes: [{ id: gone.id }, { id: kept.id }].sort((a, b) => (a.id < b.id ? -1 : 1)) },
      gone: { nodes: [{ id: gone.id }] },
      kept: { nodes: [{ id: kept.id }] },
    });
  });

  it("is finished by tasks if a crash cut it short", async () => {
    const { team } = await busyTeam();
    const { db } = gateway.database;
    // What deleteTeam has written when the process dies: all of it, but the end of the jobs.
    const now = new Date();
    await db.team.update({ where: { id: team.id }, data: { status: "DELETED", deletedAt: now } });
    await db.virtualKey.updateMany({ where: { teamId: team.id }, data: { revokedAt: now } });
    await db.job.updateMany({ where: { teamId: team.id }, data: { closingAs: "CANCELLED" } });
    await runTasks(gateway.app);
    await runTasks(gateway.app);
    const read = (await gateway.admin.data(CREDITS, { id: team.id })).team;
    expect(read.jobs.nodes).toEqual([{ status: "CANCELLED" }, { status: "CANCELLED" }]);
    expect(read.credits).toEqual({ available: 10, held: 0, used: 0 });
  });

  it("ends its jobs although one of them cannot be ended", async () => {
    const team = await gateway.world.team();
    await team.job();
    const { db } = gateway.database;
    const columns = { id: crypto.randomUUID(), teamId: team.id, jobType: "without a hold", createdAt: new Date(0) };
    await db.job.create({ data: { ...columns, expiresAt: new Date(0) } });
    const { deleteTeam } = await gateway.admin.data(DELETE_TEAM, { id: team.id });
    expect(deleteTeam.status).toBe("DELETED");
    const read = (await gateway.admin.data(CREDITS, { id: team.id })).team;
    expect(read.credits).toEqual({ available: 10, held: 0, used: 0 });
    await db.job.delete({ where: { id: columns.id } });
  });

  it("has a job closed by a task that was opened in the same moment", async () => {
    const { team } = await busyTeam();
    const { db } = gateway.database;
    // The jobs are not marked, as if they had been opened by a statement that began before the team was deleted.
    await db.team.update({ where: { id: team.id }, data: { status: "DELETED", deletedAt: new Date() } });
    await db.virtualKey.updateMany({ where: { teamId: team.id }, data: { revokedAt: new Date() } });
    await runTasks(gateway.app);
    await runTasks(gateway.app);
    const read = (await gateway.admin.data(CREDITS, { id: team.id })).team;
    expect(read.jobs.nodes).toEqual([{ status: "CANCELLED" }, { status: "CANCELLED" }]);
    expect(read.credits).toEqual({ available: 10, held: 0, used: 0 });
  });

  it("refuses a job and a call of a process that has not heard of it yet", async () => {
    const team = await gateway.world.team();
    const job = await team.job();
    await team.client.data(VIEWER);
    const { db } = gateway.database;
    await db.virtualKey.updateMany({ where: { teamId: team.id }, data: { revokedAt: new Date() } });
    await db.team.update({ where: { id: team.id }, data: { status: "DELETED", deletedAt: new Date() } });
    await team.client.refusal("UNAUTHENTICATED", CREATE_JOB, { input: { jobType: "test" } });
    await team.client.refusal("UNAUTHENTICATED", RUN_LLM_CALL, { input: new TestJob(job.id, team).callInput() });
    await runTasks(gateway.app);
  });
});
