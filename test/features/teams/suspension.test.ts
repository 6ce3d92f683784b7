import { describe, expect, it } from "vitest";
import { CREATE_KEY, EVERYTHING, RESUME, SUSPEND, VIEWER } from "../../kit/credentials.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { CREATE_JOB, RUN_LLM_CALL } from "../../kit/world.js";

describe("a suspended team", () => {
  const gateway = useGateway();

  it("gets TEAM_SUSPENDED from every operation, reads included, with each of its keys, at once", async () => {
    const team = await gateway.world.team();
    const { createVirtualKey } = await gateway.admin.data(CREATE_KEY, { input: { teamId: team.id } });
    const clients = [team.client, gateway.client(createVirtualKey.virtualKey)];
    for (const client of clients) await client.data(VIEWER);
    expect(await gateway.admin.data(SUSPEND, { id: team.id })).toEqual({ suspendTeam: { status: "SUSPENDED" } });
    for (const operation of EVERYTHING) {
      for (const client of clients) {
        const refusal = await client.refusal("TEAM_SUSPENDED", operation);
        expect(refusal.extensions).toMatchObject({ status: 403, retryable: false });
      }
    }
  });

  it("keeps its jobs, refuses work in them, and goes on with them when it is resumed", async () => {
    const team = await gateway.world.team();
    const job = await team.job();
    await gateway.admin.data(SUSPEND, { id: team.id });
    await team.client.refusal("TEAM_SUSPENDED", RUN_LLM_CALL, { input: job.callInput() });
    await team.client.refusal("TEAM_SUSPENDED", CREATE_JOB, { input: { jobType: "test" } });
    await team.client.refusal("TEAM_SUSPENDED", `{ job(id: "${job.id}") { id } }`);
    const seen = await gateway.admin.data(`{ job(id: "${job.id}") { status team { status credits { held } } } }`);
    expect(seen.job).toEqual({ status: "PENDING", team: { status: "SUSPENDED", credits: { held: 1 } } });

    expect(await gateway.admin.data(RESUME, { id: team.id })).toEqual({ resumeTeam: { status: "ACTIVE" } });
    expect(await job.call()).toMatchObject({ status: "SUCCEEDED" });
    expect((await job.complete()).job).toMatchObject({ status: "COMPLETED" });
  });

  it("may be suspended and resumed twice, and leaves the teams beside it alone", async () => {
    const organization = await gateway.world.organization();
    const [team, other] = [await organization.team(), await organization.team()];
    for (let time = 0; time < 2; time++) {
      expect(await gateway.admin.data(SUSPEND, { id: team.id })).toEqual({ suspendTeam: { status: "SUSPENDED" } });
    }
    expect(await other.client.data(VIEWER)).toEqual({ viewer: { team: { id: other.id } } });
    for (let time = 0; time < 2; time++) {
      expect(await gateway.admin.data(RESUME, { id: team.id })).toEqual({ resumeTeam: { status: "ACTIVE" } });
    }
    expect(await team.client.data(VIEWER)).toEqual({ viewer: { team: { id: team.id } } });
  });

  it("is resumed by its organization only if the admin has not suspended it", async () => {
    const team = await gateway.world.team();
    const key = await gateway.world.organizationKey(team.organizationId);
    const suspended = { suspendTeam: { status: "SUSPENDED" } };
    const resumed = { resumeTeam: { status: "ACTIVE" } };
    const refused = async () => {
      const refusal = await key.client.refusal("FORBIDDEN", RESUME, { id: team.id });
      expect(refusal.message).toBe("The admin has suspended this team, so only the admin can resume it.");
      await team.client.refusal("TEAM_SUSPENDED", VIEWER);
    };
    // By the organization alone.
    expect(await key.client.data(SUSPEND, { id: team.id })).toEqual(suspended);
    expect(await key.client.data(RESUME, { id: team.id })).toEqual(resumed);
    await team.client.data(VIEWER);
    // By the admin, and then by the organization too, which takes nothing back.
    await gateway.admin.data(SUSPEND, { id: team.id });
    expect(await key.client.data(SUSPEND, { id: team.id })).toEqual(suspended);
    await refused();
    expect(await gateway.admin.data(RESUME, { id: team.id })).toEqual(resumed);
    // By the organization, and then by the admin, whose suspension comes first.
    await key.client.data(SUSPEND, { id: team.id });
    await gateway.admin.data(SUSPEND, { id: team.id });
    await refused();
    await gateway.admin.data(RESUME, { id: team.id });
    // The admin resumes everything.
    await key.client.data(SUSPEND, { id: team.id });
    expect(await gateway.admin.data(RESUME, { id: team.id })).toEqual(resumed);
    await team.client.data(VIEWER);
    expect(await key.client.data(RESUME, { id: team.id })).toEqual(resumed);
  });

  it("that an earlier version suspended is resumed by the admin alone", async () => {
    const team = await gateway.world.team();
    const key = await gateway.world.organizationKey(team.organizationId);
    await gateway.database.db.team.update({ where: { id: team.id }, data: { status: "SUSPENDED" } });
    await key.client.refusal("FORBIDDEN", RESUME, { id: team.id });
    expect(await gateway.admin.data(RESUME, { id: team.id })).toEqual({ resumeTeam: { status: "ACTIVE" } });
  });
});
