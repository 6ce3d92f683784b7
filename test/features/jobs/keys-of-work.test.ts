import { describe, expect, it } from "vitest";
import { STREAM } from "../../kit/clients/ws.js";
import { CREATE_KEY, REVOKE } from "../../kit/credentials.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { CREATE_JOB, RUN_LLM_CALL, START_LLM_CALL, type TestTeam } from "../../kit/world.js";

const JOB = `query ($id: ID!) { job(id: $id) {
  key { id name prefix } team { id } llmCalls { nodes { id team { id } key { id name } } } } }`;

describe("the key of work", () => {
  const gateway = useGateway();

  /** A second key of a team. */
  async function secondKey({ id }: TestTeam) {
    const { createVirtualKey } = await gateway.admin.data(CREATE_KEY, { input: { teamId: id, name: "second" } });
    return { id: createVirtualKey.key.id as string, client: gateway.client(createVirtualKey.virtualKey) };
  }

  it("is stored with each job and each call, which may have different keys, and shown also once it is revoked", async () => {
    const team = await gateway.world.team();
    const job = await team.job();
    const second = await secondKey(team);
    const first = await job.call();
    const { runLlmCall } = await second.client.data(RUN_LLM_CALL, { input: job.callInput() });
    await gateway.admin.data(REVOKE, { id: second.id });
    const expected = {
      key: { id: team.keyId, name: null, prefix: team.secret.slice(0, 11) },
      team: { id: team.id },
      llmCalls: {
        nodes: [
          { id: first.id, team: { id: team.id }, key: { id: team.keyId, name: null } },
          { id: runLlmCall.id, team: { id: team.id }, key: { id: second.id, name: "second" } },
        ],
      },
    };
    for (const client of [team.client, gateway.admin])
      expect((await client.data(JOB, { id: job.id })).job).toEqual(expected);
  });

  it("is stored with a call that opens its own job, and known from the call's first answer on", async () => {
    const team = await gateway.world.team();
    const second = await secondKey(team);
    const { jobId: _, ...input } = (await team.job()).callInput();
    const selection = "{ id team { id } key { id } job { id key { id } } }";
    const { startLlmCall } = await second.client.data(
      `mutation ($input: LlmCallInput!) { startLlmCall(input: $input) ${selection} }`,
      { input },
    );
    expect(startLlmCall).toMatchObject({
      team: { id: team.id },
      key: { id: second.id },
      job: { key: { id: second.id } },
    });
    const read = await team.client.data(`query ($id: ID!) { llmCall(id: $id) ${selection} }`, { id: startLlmCall.id });
    expect(read.llmCall).toEqual(startLlmCall);
    const events = gateway
      .socket(team.secret)
      .events(STREAM.replace("id status content", "id key { id } status content"), {
        input,
      });
    expect((await events.until("LlmCallFinished")).call.key).toEqual({ id: team.keyId });
  });

  it("is that of the job's opening, also in the answer that opens it", async () => {
    const team = await gateway.world.team();
    const second = await secondKey(team);
    const { createJob } = await second.client.data(CREATE_JOB.replace("{ id jobType", "{ id key { id } jobType"), {
      input: { jobType: "test" },
    });
    expect(createJob.key).toEqual({ id: second.id });
  });

  it("is null for what an older version has written, and the team is then that of the job", async () => {
    const team = await gateway.world.team();
    const job = await team.job();
    const { id } = await job.call();
    await gateway.database.db.llmCall.update({ where: { id }, data: { teamId: null, keyId: null } });
    await gateway.database.db.job.update({ where: { id: job.id }, data: { keyId: null } });
    expect((await team.client.data(JOB, { id: job.id })).job).toEqual({
      key: null,
      team: { id: team.id },
      llmCalls: { nodes: [{ id, team: { id: team.id }, key: null }] },
    });
    const owner = await gateway.world.organizationKey(team.organizationId);
    expect((await owner.client.data("query ($id: ID!) { llmCall(id: $id) { team { id } } }", { id })).llmCall).toEqual({
      team: { id: team.id },
    });
  });

  it("is stored beside the team, which is that of the job in every row", async () => {
    const team = await gateway.world.team();
    const { jobId: _, ...input } = (await team.job()).callInput();
    await team.client.data(START_LLM_CALL, { input });
    const rows = await gateway.database.db.llmCall.findMany({ include: { job: true } });
    expect(rows.length).toBeGreaterThan(0);
    for (const { teamId, job } of rows.filter((row) => row.keyId !== null)) expect(teamId).toBe(job.teamId);
  });
});
