import type { FastifyInstance } from "fastify";
import { Type } from "typebox";
import { CREDITS_MAX } from "../../../features/credits/credits-max.js";
import { CreateTeamInput, SetTeamModelGroupsInput, UpdateTeamInput } from "../../../features/teams/team.input.js";
import { FREE_DATA_TEXT, METADATA_SIZE_TEXT } from "../../../input/rules.js";
import { ID_TEXT } from "../../../lib/ids.js";
import { Body, ListBody, optional, required } from "../body.js";
import { EXAMPLE } from "../example.js";
import { TOTAL_COUNT } from "../headers.js";
import { JOB_STATUSES, Jobs, jobsShape } from "../jobs/job.shapes.js";
import { upperCase } from "../letter-case.js";
import { PAGE_QUERY, pageOf } from "../page-query.js";
import { Routes } from "../route.js";
import { freeObject, integer, listOf, oneOf, text } from "../schemas.js";
import { NewTeam, newTeamShape, Team } from "./team.shapes.js";
import { partsOf, wholeTeam } from "./team-parts.js";

const createTeam = new Body(
  CreateTeamInput,
  {
    team_id: required("id", text(`The team's id, ${ID_TEXT}. It is unique among all teams and never changes.`)),
    organization_id: optional(
      "organizationId",
      text(
        "The id of the team's organization. Null means the key's own, or for the admin that of DEFAULT_ORGANIZATION.",
      ),
    ),
    team_alias: optional("alias", text("A name for people, 1 to 200 characters. Null means the id.")),
    model_groups: optional(
      "modelGroups",
      listOf(text("The name of a model group."), "The model groups that the team may use, at most 100."),
    ),
    credits_allocated: optional(
      "creditsAllocated",
      integer(`The credits that the team starts with, 0 to ${CREDITS_MAX}. Null means 0.`),
    ),
    metadata: optional("metadata", freeObject(`${FREE_DATA_TEXT}.`)),
  },
  {
    organization_id: EXAMPLE.organizationId,
    team_id: EXAMPLE.teamId,
    team_alias: "Engineering Team",
    model_groups: [EXAMPLE.group, "ChatAdvanced"],
    credits_allocated: 100,
  },
);

const updateTeam = new Body(
  UpdateTeamInput,
  {
    team_alias: optional("alias", text("A name for people, 1 to 200 characters. Null means the id.")),
    model_groups: optional(
      "modelGroups",
      listOf(
        text("The name of a model group."),
        "The model groups that replace those of the team, at most 100. Null keeps them.",
      ),
    ),
    metadata: optional(
      "metadata",
      freeObject(`Names to set; the other names stay. The whole is ${METADATA_SIZE_TEXT}. Null empties it.`),
    ),
  },
  { team_alias: "Platform Team", metadata: { cost_center: "R-43" } },
);

const teamModelGroups = new ListBody(SetTeamModelGroupsInput, "modelGroups", {
  items: text("The name of a model group."),
  example: [EXAMPLE.group],
});

export function teamRoutes(server: FastifyInstance): void {
  const routes = new Routes(server, "Teams");
  changeTeams(routes);
  suspendTeams(routes);
  readTeams(routes);
}

function changeTeams(routes: Routes): void {
  routes.on(
    "POST /teams/create",
    {
      name: "createTeam",
      summary:
        "Creates a team with its model groups, its credits and its first key. For the admin and an organization's key. The answer is 400 if the id is taken.",
      body: createTeam,
      answer: NewTeam,
    },
    async (context, { body }) => {
      const { team, virtualKey } = await context.services.teams.create(context.viewer, createTeam.toInput(body));
      return newTeamShape(team, await partsOf(context, team), virtualKey);
    },
  );

  routes.on(
    "PUT /teams/:team_id/model-groups",
    {
      name: "setTeamModelGroups",
      summary:
        "Replaces the model groups of a team. For the admin and an organization's key. Calls that are already running go on.",
      body: teamModelGroups,
      answer: Team,
    },
    async (context, { params, body }) => {
      const input = teamModelGroups.toInput(body, { teamId: params.team_id });
      const team = await context.services.teams.setModelGroups(context.viewer, input);
      return wholeTeam(context, team);
    },
  );

  routes.on(
    "PATCH /teams/:team_id",
    {
      name: "updateTeam",
      summary:
        "Changes what is given of a team, and nothing else. For the admin and an organization's key. The answer is 409 if the team is deleted.",
      body: updateTeam,
      answer: Team,
    },
    async (context, { params, body }) => {
      const input = updateTeam.toInput(body, { id: params.team_id });
      return wholeTeam(context, await context.services.teams.update(context.viewer, input));
    },
  );
}

function suspendTeams(routes: Routes): void {
  routes.on(
    "PUT /teams/:team_id/suspend",
    {
      name: "suspendTeam",
      summary:
        "Suspends a team: its keys are refused from now on, and its running calls are cancelled. For the admin and an organization's key.",
      answer: Team,
    },
    async (context, { params }) => {
      const team = await context.services.teams.suspend(context.viewer, params.team_id);
      return wholeTeam(context, team);
    },
  );

  routes.on(
    "PUT /teams/:team_id/resume",
    {
      name: "resumeTeam",
      summary:
        "Ends the suspension of a team. For the admin, and for an organization's key unless the admin has suspended the team.",
      answer: Team,
    },
    async (context, { params }) => {
      const team = await context.services.teams.resume(context.viewer, params.team_id);
      return wholeTeam(context, team);
    },
  );
}

function readTeams(routes: Routes): void {
  routes.on(
    "GET /teams",
    {
      name: "teams",
      summary: "Lists the teams in order of id. A team's key sees only its own team.",
      query: PAGE_QUERY,
      answer: listOf(Team),
      answerHeaders: TOTAL_COUNT,
    },
    async (context, { query, reply }) => {
      const page = await context.services.teams.list(context.viewer, pageOf(query));
      reply.header("x-total-count", await page.count());
      return Promise.all(page.rows.map((team) => wholeTeam(context, team)));
    },
  );

  routes.on(
    "GET /teams/:team_id",
    { name: "team", summary: "Returns one team, without its keys.", answer: Team },
    async (context, { params }) => {
      const team = await context.services.teams.get(context.viewer, params.team_id);
      return wholeTeam(context, team);
    },
  );

  routes.on(
    "GET /teams/:team_id/jobs",
    {
      name: "teamJobs",
      summary: "Lists the jobs of a team, newest first.",
      query: { ...PAGE_QUERY, status: Type.Optional(oneOf(JOB_STATUSES, "Lists only jobs of this status.")) },
      answer: Jobs,
    },
    async ({ services, viewer }, { params, query }) => {
      const { first, offset } = pageOf(query);
      const filter = query.status === undefined ? null : { status: [upperCase(query.status)] };
      const page = await services.jobs.list(viewer, { teamId: params.team_id, filter, first, offset });
      return jobsShape(params.team_id, { total: await page.count(), limit: first, offset, jobs: page.rows });
    },
  );
}
