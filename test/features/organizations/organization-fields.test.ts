import { describe, expect, it } from "vitest";
import { useGateway } from "../../kit/gateway/gateway.js";
import { useTenants } from "../../kit/tenants.js";

const gateway = useGateway();
const tenants = useTenants(gateway);

describe("an organization", () => {
  it.each(["metadata", "status", "createdAt", "updatedAt"])(
    "shows no %s to a team, whichever way the team asks",
    async (field) => {
      const { team, open } = tenants.own;
      for (const way of [
        `organization(id: "${team.organizationId}") { id ${field} }`,
        `team(id: "${team.id}") { organization { ${field} } }`,
        `job(id: "${open.id}") { team { organization { ${field} } } }`,
        `viewer { ... on TeamViewer { team { organization { ${field} } } } }`,
        `organizations { nodes { id ${field} } }`,
      ]) {
        const refusal = await team.client.refusal("FORBIDDEN", `{ ${way} }`);
        expect(refusal.path?.at(-1)).toBe(field);
      }
      const shown = await gateway.admin.data(`{ organization(id: "${team.organizationId}") { ${field} } }`);
      expect(shown.organization[field]).toBeTruthy();
    },
  );

  it("is still shown where a field of it is not", async () => {
    const { team } = tenants.own;
    const query = `{ team(id: "${team.id}") { id organization { id name createdAt } } viewer { __typename } }`;
    const { data, errors } = await team.client.send(query);
    expect(data).toEqual({
      team: { id: team.id, organization: { id: team.organizationId, name: "Organization", createdAt: null } },
      viewer: { __typename: "TeamViewer" },
    });
    expect(errors).toMatchObject([{ path: ["team", "organization", "createdAt"], extensions: { code: "FORBIDDEN" } }]);
  });

  it("shows its id and name to a team", async () => {
    const { team } = tenants.own;
    const { organization } = await team.client.data(`{ organization(id: "${team.organizationId}") { id name } }`);
    expect(organization).toEqual({ id: team.organizationId, name: "Organization" });
  });
});
