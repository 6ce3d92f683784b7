import type { Gateway } from "../gateway/gateway.js";
import { adminRest, mutate, type Operations } from "./operation.js";

const SUSPEND_ORGANIZATION = "mutation ($id: ID!) { suspendOrganization(id: $id) { id } }";

/** What operators do, through both doors. */
export const accountOperations = (gateway: Gateway): Operations => ({
  createOrganization: {
    graphql: ({ prefix }) =>
      gateway.admin.data(mutate("createOrganization", "CreateOrganizationInput"), {
        input: { id: `${prefix}-new`, name: "New", metadata: { a: 1 } },
      }),
    rest: ({ prefix }) =>
      adminRest(gateway).ok("POST", "/api/organizations/create", {
        organization_id: `${prefix}-new`,
        name: "New",
        metadata: { a: 1 },
      }),
  },
  updateOrganization: {
    graphql: ({ team }) =>
      gateway.admin.data(mutate("updateOrganization", "UpdateOrganizationInput"), {
        input: { id: team.organizationId, name: "Renamed", metadata: { b: 2 } },
      }),
    rest: ({ team }) =>
      adminRest(gateway).ok("PATCH", `/api/organizations/${team.organizationId}`, {
        name: "Renamed",
        metadata: { b: 2 },
      }),
  },
  "updateOrganization with a name that is no text, which is refused": {
    graphql: ({ team }) =>
      gateway.admin.refusal("INVALID_INPUT", mutate("updateOrganization", "UpdateOrganizationInput"), {
        input: { id: team.organizationId, name: " ", metadata: { b: 2 } },
      }),
    rest: ({ team }) =>
      adminRest(gateway).refusal(422, "PATCH", `/api/organizations/${team.organizationId}`, {
        name: " ",
        metadata: { b: 2 },
      }),
  },
  suspendOrganization: {
    graphql: ({ team }) => gateway.admin.data(SUSPEND_ORGANIZATION, { id: team.organizationId }),
    rest: ({ team }) => adminRest(gateway).ok("PUT", `/api/organizations/${team.organizationId}/suspend`),
  },
  resumeOrganization: {
    graphql: async ({ team }) => {
      await gateway.admin.data(SUSPEND_ORGANIZATION, { id: team.organizationId });
      await gateway.admin.data("mutation ($id: ID!) { resumeOrganization(id: $id) { id } }", {
        id: team.organizationId,
      });
    },
    rest: async ({ team }) => {
      await gateway.admin.data(SUSPEND_ORGANIZATION, { id: team.organizationId });
      await adminRest(gateway).ok("PUT", `/api/organizations/${team.organizationId}/resume`);
    },
  },
  createModelGroup: {
    graphql: ({ prefix }) =>
      gateway.admin.data(mutate("createModelGroup", "CreateModelGroupInput"), {
        input: { name: `${prefix}-new`, displayName: "New", models: [{ name: "a" }, { name: "b", priority: 0 }] },
      }),
    rest: ({ prefix }) =>
      adminRest(gateway).ok("POST", "/api/model-groups/create", {
        group_name: `${prefix}-new`,
        display_name: "New",
        models: [{ model_name: "a" }, { model_name: "b", priority: 0 }],
      }),
  },
  updateModelGroup: {
    graphql: ({ team }) =>
      gateway.admin.data(mutate("updateModelGroup", "UpdateModelGroupInput"), {
        input: { name: team.modelGroup, models: [{ name: "x", priority: 3, weight: 5 }, { name: "y" }] },
      }),
    rest: ({ team }) =>
      adminRest(gateway).ok("PUT", `/api/model-groups/${team.modelGroup}/models`, [
        { model_name: "x", priority: 3, weight: 5 },
        { model_name: "y" },
      ]),
  },
  "deleteModelGroup of a group that nobody has": {
    graphql: async ({ prefix }) => {
      await gateway.world.modelGroup(["a"], `${prefix}-free`);
      await gateway.admin.data("mutation ($name: ID!) { deleteModelGroup(name: $name) }", { name: `${prefix}-free` });
    },
    rest: async ({ prefix }) => {
      await gateway.world.modelGroup(["a"], `${prefix}-free`);
      await adminRest(gateway).ok("DELETE", `/api/model-groups/${prefix}-free`);
    },
  },
  "deleteModelGroup of a team's group, which is refused": {
    graphql: ({ team }) =>
      gateway.admin.refusal("INVALID_STATE", "mutation ($name: ID!) { deleteModelGroup(name: $name) }", {
        name: team.modelGroup,
      }),
    rest: ({ team }) => adminRest(gateway).refusal(409, "DELETE", `/api/model-groups/${team.modelGroup}`),
  },
  createTeam: {
    graphql: ({ prefix, team }) =>
      gateway.admin.data(mutate("createTeam", "CreateTeamInput"), {
        input: {
          id: `${prefix}-new`,
          organizationId: team.organizationId,
          alias: "New",
          modelGroups: [team.modelGroup],
          creditsAllocated: 7,
          metadata: { a: 1 },
        },
      }),
    rest: ({ prefix, team }) =>
      adminRest(gateway).ok("POST", "/api/teams/create", {
        team_id: `${prefix}-new`,
        organization_id: team.organizationId,
        team_alias: "New",
        model_groups: [team.modelGroup],
        credits_allocated: 7,
        metadata: { a: 1 },
      }),
  },
  "createTeam with a group that does not exist, which is refused": {
    graphql: ({ prefix, team }) =>
      gateway.admin.refusal("NOT_FOUND", mutate("createTeam", "CreateTeamInput"), {
        input: { id: `${prefix}-new`, organizationId: team.organizationId, modelGroups: ["no-such"] },
      }),
    rest: ({ prefix, team }) =>
      adminRest(gateway).refusal(404, "POST", "/api/teams/create", {
        team_id: `${prefix}-new`,
        organization_id: team.organizationId,
        model_groups: ["no-such"],
      }),
  },
  setTeamModelGroups: {
    graphql: async ({ prefix, team }) => {
      await gateway.world.modelGroup(["a"], `${prefix}-second`);
      await gateway.admin.data(mutate("setTeamModelGroups", "SetTeamModelGroupsInput"), {
        input: { teamId: team.id, modelGroups: [`${prefix}-second`, team.modelGroup] },
      });
    },
    rest: async ({ prefix, team }) => {
      await gateway.world.modelGroup(["a"], `${prefix}-second`);
      await adminRest(gateway).ok("PUT", `/api/teams/${team.id}/model-groups`, [`${prefix}-second`, team.modelGroup]);
    },
  },
  updateTeam: {
    graphql: async ({ prefix, team }) => {
      await gateway.world.modelGroup(["a"], `${prefix}-third`);
      await gateway.admin.data(mutate("updateTeam", "UpdateTeamInput"), {
        input: { id: team.id, alias: "Renamed", modelGroups: [`${prefix}-third`], metadata: { b: 2 } },
      });
    },
    rest: async ({ prefix, team }) => {
      await gateway.world.modelGroup(["a"], `${prefix}-third`);
      await adminRest(gateway).ok("PATCH", `/api/teams/${team.id}`, {
        team_alias: "Renamed",
        model_groups: [`${prefix}-third`],
        metadata: { b: 2 },
      });
    },
  },
  suspendTeam: {
    graphql: ({ team }) => gateway.admin.data("mutation ($id: ID!) { suspendTeam(id: $id) { id } }", { id: team.id }),
    rest: ({ team }) => adminRest(gateway).ok("PUT", `/api/teams/${team.id}/suspend`),
  },
  resumeTeam: {
    graphql: async ({ team }) => {
      await gateway.app.services.teams.suspend({ kind: "admin", requestId: "test" }, team.id);
      await gateway.admin.data("mutation ($id: ID!) { resumeTeam(id: $id) { id } }", { id: team.id });
    },
    rest: async ({ team }) => {
      await gateway.app.services.teams.suspend({ kind: "admin", requestId: "test" }, team.id);
      await adminRest(gateway).ok("PUT", `/api/teams/${team.id}/resume`);
    },
  },
  addCredits: {
    graphql: ({ team }) =>
      gateway.admin.data(mutate("addCredits", "AddCreditsInput"), {
        input: { teamId: team.id, credits: 5, reason: "Invoice 17" },
      }),
    rest: ({ team }) =>
      adminRest(gateway).ok("POST", `/api/credits/teams/${team.id}/add`, { credits: 5, reason: "Invoice 17" }),
  },
});
