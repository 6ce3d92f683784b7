import { describe, expect, it } from "vitest";
import { useGateway } from "../../kit/gateway/gateway.js";
import { useTenants } from "../../kit/tenants.js";

const gateway = useGateway();
const tenants = useTenants(gateway);

describe("a team's lists", () => {
  const PAGE = "totalCount nodes { id } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage }";
  const pageOf = (...ids: string[]) => ({
    totalCount: ids.length,
    nodes: ids.map((id) => ({ id })),
    edges: ids.map((id) => ({ cursor: expect.any(String), node: { id } })),
    pageInfo: { hasNextPage: false, hasPreviousPage: false },
  });

  it("hold only what is its own", async () => {
    const { team, open, completed } = tenants.own;
    const data = await team.client.data(`{
      organizations { ${PAGE} } teams { ${PAGE} } jobs { ${PAGE} } modelGroups { totalCount nodes { name } }
      ofOrganization: teams(organizationId: "${team.organizationId}") { ${PAGE} }
      ofTeam: jobs(teamId: "${team.id}") { ${PAGE} }
      active: teams(status: ACTIVE) { ${PAGE} } suspended: teams(status: SUSPENDED) { ${PAGE} }
      pending: jobs(filter: { status: [PENDING, FAILED] }) { ${PAGE} }
    }`);
    expect(data).toEqual({
      organizations: pageOf(team.organizationId),
      teams: pageOf(team.id),
      jobs: pageOf(completed.id, open.id),
      modelGroups: { totalCount: 1, nodes: [{ name: team.modelGroup }] },
      ofOrganization: pageOf(team.id),
      ofTeam: pageOf(completed.id, open.id),
      active: pageOf(team.id),
      suspended: pageOf(),
      pending: pageOf(),
    });
  });

  it("hold only what is its own through every edge, on every way there and back", async () => {
    const { team, open } = tenants.own;
    const ORGANIZATION = `organization { id teams { ${PAGE} } }`;
    const data = await team.client.data(`{
      viewer { ... on TeamViewer { team { ${ORGANIZATION} } } }
      organization(id: "${team.organizationId}") { teams(first: 100) { ${PAGE} } }
      organizations { nodes { teams { ${PAGE} } } }
      job(id: "${open.id}") { team { ${ORGANIZATION} modelGroups { name } virtualKeys { id } } }
      teams { nodes { ${ORGANIZATION} jobs { totalCount } creditEntries { totalCount nodes { job { team { id } } } } } }
    }`);
    const teams = pageOf(team.id);
    const organization = { id: team.organizationId, teams };
    const job = { team: { id: team.id } };
    expect(data).toEqual({
      viewer: { team: { organization } },
      organization: { teams },
      organizations: { nodes: [{ teams }] },
      job: { team: { organization, modelGroups: [{ name: team.modelGroup }], virtualKeys: [{ id: team.keyId }] } },
      teams: {
        nodes: [
          {
            organization,
            jobs: { totalCount: 2 },
            creditEntries: { totalCount: 4, nodes: [{ job }, { job }, { job }, { job: null }] },
          },
        ],
      },
    });
  });

  it("go on after a cursor that another team was given without showing anything of that team", async () => {
    const { jobs } = await tenants.stranger.team.client.data("{ jobs(first: 1) { edges { cursor } } }");
    const after = jobs.edges[0].cursor;
    const { own } = tenants;
    const data = await own.team.client.data(
      "query ($after: String) { jobs(after: $after) { nodes { team { id } } totalCount } }",
      { after },
    );
    expect(data.jobs.totalCount).toBe(2);
    for (const node of data.jobs.nodes) expect(node.team.id).toBe(own.team.id);
    expect(data.jobs.nodes.length, "jobs older than the stranger's newest").toBe(2);
  });
});
