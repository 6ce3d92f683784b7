import { beforeAll, describe, expect, it } from "vitest";
import { allRows } from "../../kit/database/tables.js";
import { ADMIN_KEY, useGateway } from "../../kit/gateway/gateway.js";
import { RUN_LLM_CALL, type TestTeam } from "../../kit/world.js";

const gateway = useGateway();

/** One operation, asked for through both doors: of the same team, or of two teams that are alike. */
interface Operation {
  graphql(on: Stage): Promise<unknown>;
  rest(on: Stage): Promise<unknown>;
}

/** What an operation works on; ids that it makes begin with the prefix. */
interface Stage {
  readonly prefix: string;
  readonly team: TestTeam;
  readonly jobId: string;
}

const admin = () => gateway.rest(ADMIN_KEY);
const rest = ({ team }: Stage) => gateway.rest(team.secret);
const mutate = (name: string, type: string, selection = "{ __typename }") =>
  `mutation ($input: ${type}!) { ${name}(input: $input) ${selection} }`;
const QUESTION = { messages: [{ role: "user", content: "What is a tollgate?" }], purpose: "parity", temperature: 0.5 };

const OPERATIONS: Readonly<Record<string, Operation>> = {
  createOrganization: {
    graphql: ({ prefix }) =>
      gateway.admin.data(mutate("createOrganization", "CreateOrganizationInput"), {
        input: { id: `${prefix}-new`, name: "New", metadata: { a: 1 } },
      }),
    rest: ({ prefix }) =>
      admin().ok("POST", "/api/organizations/create", {
        organization_id: `${prefix}-new`,
        name: "New",
        metadata: { a: 1 },
      }),
  },
  createModelGroup: {
    graphql: ({ prefix }) =>
      gateway.admin.data(mutate("createModelGroup", "CreateModelGroupInput"), {
        input: { name: `${prefix}-new`, displayName: "New", models: [{ name: "a" }, { name: "b", priority: 0 }] },
      }),
    rest: ({ prefix }) =>
      admin().ok("POST", "/api/model-groups/create", {
        group_name: `${prefix}-new`,
        display_name: "New",
        models: [{ model_name: "a" }, { model_name: "b", priority: 0 }],
      }),
  },
  updateModelGroup: {
    graphql: ({ team }) =>
      gateway.admin.data(mutate("updateModelGroup", "UpdateModelGroupInput"), {
        input: { name: team.modelGroup, models: [{ name: "x", priority: 3 }, { name: "y" }] },
      }),
    rest: ({ team }) =>
      admin().ok("PUT", `/api/model-groups/${team.modelGroup}/models`, [
        { model_name: "x", priority: 3 },
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
      await admin().ok("DELETE", `/api/model-groups/${prefix}-free`);
    },
  },
  "deleteModelGroup of a team's group, which is refused": {
    graphql: ({ team }) =>
      gateway.admin.refusal("INVALID_STATE", "mutation ($name: ID!) { deleteModelGroup(name: $name) }", {
        name: team.modelGroup,
      }),
    rest: ({ team }) => admin().refusal(409, "DELETE", `/api/model-groups/${team.modelGroup}`),
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
      admin().ok("POST", "/api/teams/create", {
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
      admin().refusal(404, "POST", "/api/teams/create", {
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
      await admin().ok("PUT", `/api/teams/${team.id}/model-groups`, [`${prefix}-second`, team.modelGroup]);
    },
  },
  suspendTeam: {
    graphql: ({ team }) => gateway.admin.data("mutation ($id: ID!) { suspendTeam(id: $id) { id } }", { id: team.id }),
    rest: ({ team }) => admin().ok("PUT", `/api/teams/${team.id}/suspend`),
  },
  resumeTeam: {
    graphql: async ({ team }) => {
      await gateway.app.services.teams.suspend({ kind: "admin" }, team.id);
      await gateway.admin.data("mutation ($id: ID!) { resumeTeam(id: $id) { id } }", { id: team.id });
    },
    rest: async ({ team }) => {
      await gateway.app.services.teams.suspend({ kind: "admin" }, team.id);
      await admin().ok("PUT", `/api/teams/${team.id}/resume`);
    },
  },
  addCredits: {
    graphql: ({ team }) =>
      gateway.admin.data(mutate("addCredits", "AddCreditsInput"), {
        input: { teamId: team.id, credits: 5, reason: "Invoice 17" },
      }),
    rest: ({ team }) => admin().ok("POST", `/api/credits/teams/${team.id}/add`, { credits: 5, reason: "Invoice 17" }),
  },
  createJob: {
    graphql: ({ team }) =>
      team.client.data(mutate("createJob", "CreateJobInput"), { input: { jobType: "new", metadata: { a: 1 } } }),
    rest: (on) => rest(on).ok("POST", "/api/jobs/create", { job_type: "new", metadata: { a: 1 } }),
  },
  updateJobMetadata: {
    graphql: ({ team, jobId }) =>
      team.client.data("mutation ($id: ID!) { updateJobMetadata(jobId: $id, metadata: { a: 1 }) { id } }", {
        id: jobId,
      }),
    rest: (on) => rest(on).ok("PATCH", `/api/jobs/${on.jobId}/metadata`, { metadata: { a: 1 } }),
  },
  runLlmCall: {
    graphql: ({ team, jobId }) =>
      team.client.data(RUN_LLM_CALL, {
        input: {
          ...QUESTION,
          messages: [{ role: "USER", content: "What is a tollgate?" }],
          jobId,
          modelGroup: team.modelGroup,
        },
      }),
    rest: (on) =>
      rest(on).ok("POST", `/api/jobs/${on.jobId}/llm-call`, { ...QUESTION, model_group: on.team.modelGroup }),
  },
  "runLlmCall without a job": {
    graphql: ({ team }) =>
      team.client.data(RUN_LLM_CALL, {
        input: {
          ...QUESTION,
          messages: [{ role: "USER", content: "What is a tollgate?" }],
          jobType: "single",
          modelGroup: team.modelGroup,
        },
      }),
    rest: (on) =>
      rest(on).ok("POST", "/api/jobs/create-and-call", {
        ...QUESTION,
        job_type: "single",
        model_group: on.team.modelGroup,
      }),
  },
  ...Object.fromEntries(
    ["COMPLETED", "FAILED", "CANCELLED"].map((status): [string, Operation] => [
      `completeJob as ${status}`,
      {
        graphql: ({ team, jobId }) =>
          team.client.data(mutate("completeJob", "CompleteJobInput"), {
            input: { jobId, status, errorMessage: "why", metadata: { a: 1 } },
          }),
        rest: (on) =>
          rest(on).ok("POST", `/api/jobs/${on.jobId}/complete`, {
            status: status.toLowerCase(),
            error_message: "why",
            metadata: { a: 1 },
          }),
      },
    ]),
  ),
};

// Only what the operations do is to be compared, not what a task notes of their keys.
beforeAll(() => gateway.server.background.stop());

describe.each(Object.entries(OPERATIONS))("%s", (name, operation) => {
  it("does to the database through REST what it does through GraphQL", async () => {
    const number = Object.keys(OPERATIONS).indexOf(name);
    const stages = { graphql: await stage(`g-${number}`), rest: await stage(`r-${number}`) };
    const before = await database();
    await operation.graphql(stages.graphql);
    const between = await database();
    await operation.rest(stages.rest);
    const after = await database();
    const asGraphql = changes(before, between).map((row) => anonymous(row, stages.graphql));
    const asRest = changes(between, after).map((row) => anonymous(row, stages.rest));
    expect(asRest.sort()).toEqual(asGraphql.sort());
    // A group that is made and deleted again, and what is refused, leave nothing.
    expect(asGraphql.length > 0).toBe(!name.startsWith("delete") && !name.includes("refused"));
  });
});

async function stage(prefix: string): Promise<Stage> {
  const organization = await gateway.world.organization(`${prefix}-org`);
  const group = await gateway.world.modelGroup(["gpt-4o-mini"], `${prefix}-group`);
  const team = await organization.team({ id: `${prefix}-team`, groups: [group] });
  return { prefix, team, jobId: (await team.job()).id };
}

const database = async () => new Set(await allRows(gateway.database.db));

function changes(before: Set<string>, after: Set<string>): string[] {
  const added = [...after].filter((row) => !before.has(row)).map((row) => `+ ${row}`);
  return [...added, ...[...before].filter((row) => !after.has(row)).map((row) => `- ${row}`)];
}

/** A row without what is another each time: ids, times, secrets. */
function anonymous(row: string, { prefix }: Stage): string {
  return row
    .replaceAll(prefix, "<prefix>")
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "<uuid>")
    .replace(/"\d{4}-\d\d-\d\dT[^"]+"/g, "<time>")
    .replace(/"(latency_ms|latency_ms_total|time_to_first_token_ms)": \d+/g, '"$1": <ms>')
    .replace(/"(secret_hash|prefix)": "[^"]+"/g, '"$1": <secret>');
}
