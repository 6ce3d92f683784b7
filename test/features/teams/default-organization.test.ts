import { describe, expect, it } from "vitest";
import { createApp } from "../../../src/app.js";
import { stop } from "../../../src/stop.js";
import { ADMIN_KEY, useGateway } from "../../kit/gateway/gateway.js";
import { name } from "../../kit/world.js";

const CREATE =
  "mutation ($input: CreateTeamInput!) { createTeam(input: $input) { team { organization { id name } } } }";

describe("DEFAULT_ORGANIZATION", () => {
  const gateway = useGateway({ env: { DEFAULT_ORGANIZATION: "acme" } });
  const plain = useGateway();

  it("is there from the start, and stays as the admin has changed it when another process starts", async () => {
    const ask = () => gateway.admin.data("{ organizations { nodes { id name } } }");
    expect((await ask()).organizations.nodes).toEqual([{ id: "acme", name: "acme" }]);
    await gateway.admin.data('mutation { updateOrganization(input: { id: "acme", name: "Acme" }) { id } }');
    const { config, database } = gateway.app;
    const app = await createApp(config, { database: { ...database, close: async () => {} }, log: gateway.app.log });
    await stop({ app });
    expect((await ask()).organizations.nodes).toEqual([{ id: "acme", name: "Acme" }]);
  });

  it("owns a team of the admin that names none, over GraphQL and REST", async () => {
    const { createTeam } = await gateway.admin.data(CREATE, { input: { id: name("team") } });
    expect(createTeam.team.organization.id).toBe("acme");
    const id = name("team");
    await gateway.rest(ADMIN_KEY).ok("POST", "/api/teams/create", { team_id: id });
    const { team } = await gateway.admin.data("query ($id: ID!) { team(id: $id) { organization { id } } }", { id });
    expect(team.organization.id).toBe("acme");
  });

  it("does not own a team of another organization's key, which owns its own", async () => {
    const other = await gateway.world.organization();
    const { client } = await gateway.world.organizationKey(other.id);
    const { createTeam } = await client.data(CREATE, { input: { id: name("team") } });
    expect(createTeam.team.organization.id).toBe(other.id);
  });

  it("must be set if a team of the admin names no organization", async () => {
    const { message } = await plain.admin.refusal("INVALID_INPUT", CREATE, { input: { id: name("team") } });
    expect(message).toBe("input.organizationId must be given: DEFAULT_ORGANIZATION is not set, got null.");
  });
});
