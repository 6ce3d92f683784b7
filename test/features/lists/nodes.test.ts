import { describe, expect, it } from "vitest";
import { newId } from "../../../src/lib/ids.js";
import { useGateway } from "../../kit/gateway/gateway.js";

const gateway = useGateway();

const NODE = `query ($id: ID!) { node(id: $id) { __typename id
  ... on Job { jobType } ... on LlmCall { status } ... on Team { alias } ... on Organization { name } } }`;
const NODES = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Job { team { id } } } }";

async function things() {
  const team = await gateway.world.team();
  const job = await team.job();
  const call = await job.call();
  return { team, job, call };
}

describe("node", () => {
  it("reads a job, a call, a team and an organization by their ids", async () => {
    const { team, job, call } = await things();
    const read = async (id: string) => (await team.client.data(NODE, { id })).node;
    expect(await read(job.id)).toEqual({ __typename: "Job", id: job.id, jobType: "test" });
    expect(await read(call.id.toUpperCase())).toEqual({ __typename: "LlmCall", id: call.id, status: "SUCCEEDED" });
    expect(await read(team.id)).toMatchObject({ __typename: "Team", id: team.id });
    expect(await read(team.organizationId)).toMatchObject({ __typename: "Organization", id: team.organizationId });
  });

  it("is a team, if an organization has the same id", async () => {
    const { id } = await gateway.world.organization();
    const input = { id, organizationId: id, modelGroups: [] };
    await gateway.admin.data("mutation ($input: CreateTeamInput!) { createTeam(input: $input) { virtualKey } }", {
      input,
    });
    expect((await gateway.admin.data(NODE, { id })).node.__typename).toBe("Team");
  });

  it("is not found for whom it is out of reach, as what does not exist", async () => {
    const { job, call, team } = await things();
    const stranger = await gateway.world.team();
    for (const id of [job.id, call.id, team.id, team.organizationId, newId(), "nothing", ""])
      await stranger.client.refusal("NOT_FOUND", NODE, { id });
  });
});

describe("nodes", () => {
  it("are in the order of their ids, with null for what is out of reach", async () => {
    const { team, job, call } = await things();
    const other = await things();
    const ids = [call.id, other.job.id, "nothing", team.id, job.id, call.id];
    const { nodes } = await team.client.data(NODES, { ids });
    expect(nodes).toEqual([
      { __typename: "LlmCall", id: call.id },
      null,
      null,
      { __typename: "Team", id: team.id },
      { __typename: "Job", id: job.id, team: { id: team.id } },
      { __typename: "LlmCall", id: call.id },
    ]);
    expect((await gateway.admin.data(NODES, { ids })).nodes[1]).toMatchObject({ id: other.job.id });
    expect((await team.client.data(NODES, { ids: [] })).nodes).toEqual([]);
  });

  it("are 100 at most", async () => {
    const { team } = await things();
    const ids = Array.from({ length: 101 }, () => newId());
    const { message } = await team.client.refusal("INVALID_INPUT", NODES, { ids });
    expect(message).toBe("ids must have at most 100 ids, got 101.");
  });
});
