import { describe, expect, it } from "vitest";
import {
  ADMIN_OPERATIONS,
  CREATE_KEY,
  EVERYTHING,
  RESUME,
  REVOKE,
  SUSPEND,
  TEAM_OPERATIONS,
} from "../../kit/credentials.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { RUN_LLM_CALL } from "../../kit/world.js";

describe("who may do what", () => {
  const gateway = useGateway();

  it("is tested for every operation of the schema, and so are credentials that are not accepted", async () => {
    const { __schema } = await gateway.anonymous.data(
      "{ __schema { queryType { fields { name } } mutationType { fields { name } } } }",
    );
    const fields: { name: string }[] = [...__schema.queryType.fields, ...__schema.mutationType.fields];
    const tried = new Set(EVERYTHING.map((operation) => /{ (\w+)/.exec(operation)?.[1]));
    expect(fields.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
  });

  it.each(ADMIN_OPERATIONS)("a team's key may not %s", async (field) => {
    const team = await gateway.world.team();
    const refusal = await team.client.refusal("FORBIDDEN", `mutation { ${field} }`);
    expect(refusal.extensions).toMatchObject({ status: 403, retryable: false });
  });

  it("a team's key may neither suspend nor resume nor fund its own team, nor handle its own keys", async () => {
    const team = await gateway.world.team();
    const { client, id, keyId } = team;
    await client.refusal("FORBIDDEN", SUSPEND, { id });
    await client.refusal("FORBIDDEN", RESUME, { id });
    await client.refusal("FORBIDDEN", CREATE_KEY, { input: { teamId: id } });
    await client.refusal("FORBIDDEN", REVOKE, { id: keyId });
    await client.refusal("FORBIDDEN", `mutation { addCredits(input: { teamId: "${id}", credits: 5 }) { id } }`);
    expect(await team.credits()).toMatchObject({ allocated: 10 });
  });

  it.each(TEAM_OPERATIONS)("the admin key may not %s", async (field) => {
    const refusal = await gateway.admin.refusal("FORBIDDEN", `mutation { ${field} }`);
    expect(refusal.extensions).toMatchObject({ status: 403, retryable: false });
  });

  it("the admin key may not work in a team's job or complete it, but may close it", async () => {
    const job = await (await gateway.world.team()).job();
    await gateway.admin.refusal("FORBIDDEN", RUN_LLM_CALL, { input: job.callInput() });
    const close = "mutation ($input: CompleteJobInput!) { completeJob(input: $input) { job { status } } }";
    await gateway.admin.refusal("FORBIDDEN", close, { input: { jobId: job.id } });
    await gateway.admin.refusal("FORBIDDEN", close, { input: { jobId: job.id, status: null } });
    const closed = await gateway.admin.data(close, { input: { jobId: job.id, status: "CANCELLED" } });
    expect(closed.completeJob.job.status).toBe("CANCELLED");
  });
});

describe("if TEAM_TOP_UP is allow", () => {
  const gateway = useGateway({ env: { TEAM_TOP_UP: "allow" } });

  it("a team may fund itself and no other", async () => {
    const [team, other] = [await gateway.world.team(), await gateway.world.team()];
    const add = "mutation ($input: AddCreditsInput!) { addCredits(input: $input) { credits { allocated } } }";
    const { addCredits } = await team.client.data(add, { input: { teamId: team.id, credits: 5 } });
    expect(addCredits).toEqual({ credits: { allocated: 15 } });
    await team.client.refusal("NOT_FOUND", add, { input: { teamId: other.id, credits: 5 } });
    expect(await other.credits()).toMatchObject({ allocated: 10 });
  });
});
