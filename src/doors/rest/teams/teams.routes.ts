import type { FastifyInstance } from "fastify";
import { freeObject, integer, listOf, oneOf, ref, text } from "../../../edge/http/json-schema.js";
import { CreateTeamInput, SetTeamModelGroupsInput } from "../../../features/teams/team.input.js";
import { Body, ListBody, optional, required } from "../body.js";
import { filterOf, JOB_STATUSES } from "../jobs/job-status.js";
import { PAGE_QUERY, type PageQuery, pageOf } from "../page-query.js";
import { Routes } from "../route.js";
import { jobShape, newTeamShape } from "../shapes.js";
import { partsOf, wholeTeam } from "./team-parts.js";

const createTeam = new Body(CreateTeamInput, {
  team_id: required("id", text("1 to 100 letters, digits or . _ : @ -; unique among all teams, and never changed.")),
  organization_id: required("organizationId", text("Whose team it is.")),
  team_alias: optional("alias", text("A name for people, 1 to 200 characters; null is the id.")),
  model_groups: optional("modelGroups", listOf(text("A name."), "The model groups it may use, at most 100.")),
  credits_allocated: optional("creditsAllocated", integer("Credits to start with, 0 to 2147483647; null is 0.")),
  metadata: optional("metadata", freeObject("Free data, at most 16 KiB as JSON.")),
});

const teamModelGroups = new ListBody(SetTeamModelGroupsInput, "modelGroups", text("The name of a model group."));

export async function teamRoutes(server: FastifyInstance): Promise<void> {
  const routes = new Routes(server, "Teams");
  changeTeams(routes);
  readTeams(routes);
}

function changeTeams(routes: Routes): void {
  routes.on(
    "POST /teams/create",
    {
      name: "createTeam",
      summary: "Create a team with its groups, credits and first key. Admin only. 400 where the id is taken.",
      body: createTeam,
      answer: ref("NewTeam"),
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
      summary: "Replace the model groups of a team, for calls that are admitted from then on. Admin only.",
      body: teamModelGroups,
      answer: ref("Team"),
    },
    async (context, { params, body }) => {
      const input = teamModelGroups.toInput(body, { teamId: params.team_id });
      const team = await context.services.teams.setModelGroups(context.viewer, input);
      return wholeTeam(context, team);
    },
  );

  routes.on(
    "PUT /teams/:team_id/suspend",
    {
      name: "suspendTeam",
      summary: "Refuse everything the team's keys ask from now on, and cancel its running calls. Admin only.",
      answer: ref("Team"),
    },
    async (context, { params }) => {
      const team = await context.services.teams.suspend(context.viewer, params.team_id);
      return wholeTeam(context, team);
    },
  );

  routes.on(
    "PUT /teams/:team_id/resume",
    { name: "resumeTeam", summary: "End a suspension. Admin only.", answer: ref("Team") },
    async (context, { params }) => {
      const team = await context.services.teams.resume(context.viewer, params.team_id);
      return wholeTeam(context, team);
    },
  );
}

function readTeams(routes: Routes): void {
  routes.on<PageQuery>(
    "GET /teams",
    {
      name: "teams",
      summary: "The teams in reach of the key, in order of id. The header x-total-count has the number of all.",
      query: PAGE_QUERY,
      answer: listOf(ref("Team")),
    },
    async (context, { query, reply }) => {
      const page = await context.services.teams.list(context.viewer, pageOf(query));
      reply.header("x-total-count", await page.count());
      return Promise.all(page.rows.map((team) => wholeTeam(context, team)));
    },
  );

  routes.on(
    "GET /teams/:team_id",
    { name: "team", summary: "One team, without its keys.", answer: ref("Team") },
    async (context, { params }) => {
      const team = await context.services.teams.get(context.viewer, params.team_id);
      return wholeTeam(context, team);
    },
  );

  routes.on<PageQuery & { status?: string }>(
    "GET /teams/:team_id/jobs",
    {
      name: "teamJobs",
      summary: "A team's jobs, newest first.",
      query: { ...PAGE_QUERY, status: oneOf(JOB_STATUSES, "Only jobs of this status.") },
      answer: ref("Jobs"),
    },
    async ({ services, viewer }, { params, query }) => {
      const page = await services.jobs.list(viewer, {
        teamId: params.team_id,
        filter: filterOf(query.status),
        ...pageOf(query),
      });
      const jobs = page.rows.map(jobShape);
      return { team_id: params.team_id, total: await page.count(), limit: query.limit, offset: query.offset, jobs };
    },
  );
}
