import { name } from "../world.js";

/** What stands in the paths below for the things of one team. */
export interface Ids {
  readonly organization_id: string;
  readonly group_name: string;
  readonly team_id: string;
  readonly job_id: string;
  readonly call_id: string;
}

/** A route, and a valid request to it. */
export interface Route<Call extends string = string> {
  readonly call: Call;
  readonly by: "admin" | "team";
  /** The status that another team's key gets. */
  readonly other: 200 | 403 | 404;
  readonly query?: (ids: Ids) => string;
  readonly body?: (ids: Ids) => unknown;
}

export const QUESTION = { model_group: "Group", messages: [{ role: "user", content: "Hello" }] };

const DAY_MS = 86_400_000;
/** A report of what was used today. */
const USED = new URLSearchParams([
  ["from", new Date(Date.now() - DAY_MS).toISOString()],
  ["to", new Date(Date.now() + DAY_MS).toISOString()],
  ["group_by", "organization"],
  ["group_by", "team"],
]).toString();

const TABLE = [
  {
    call: "POST /api/organizations/create",
    by: "admin",
    other: 403,
    body: () => ({ organization_id: name("org"), name: "Organization" }),
  },
  {
    call: "GET /api/organizations",
    by: "admin",
    other: 403,
  },
  { call: "GET /api/organizations/{organization_id}", by: "admin", other: 404 },
  {
    call: "PATCH /api/organizations/{organization_id}",
    by: "admin",
    other: 403,
    body: () => ({ name: "Renamed" }),
  },
  { call: "PUT /api/organizations/{organization_id}/resume", by: "admin", other: 403 },
  { call: "PUT /api/organizations/{organization_id}/suspend", by: "admin", other: 403 },
  {
    call: "GET /api/organizations/{organization_id}/teams",
    by: "team",
    other: 404,
  },
  {
    call: "POST /api/model-groups/create",
    by: "admin",
    other: 403,
    body: () => ({ group_name: name("Group"), models: [{ model_name: "gpt-4" }] }),
  },
  { call: "GET /api/model-groups", by: "team", other: 200 },
  { call: "GET /api/model-groups/{group_name}", by: "team", other: 404 },
  {
    call: "PUT /api/model-groups/{group_name}/models",
    by: "admin",
    other: 403,
    body: () => [{ model_name: "gpt-4o-mini", priority: null }],
  },
  { call: "DELETE /api/model-groups/{group_name}", by: "admin", other: 403 },
  {
    call: "GET /api/model-groups/{group_name}/resolve",
    by: "team",
    other: 404,
    query: ({ team_id }) => `team_id=${team_id}`,
  },
  {
    call: "POST /api/teams/create",
    by: "admin",
    other: 403,
    body: ({ organization_id }) => ({ team_id: name("team"), organization_id }),
  },
  { call: "GET /api/teams", by: "team", other: 200 },
  { call: "GET /api/teams/{team_id}", by: "team", other: 404 },
  { call: "PATCH /api/teams/{team_id}", by: "admin", other: 403, body: () => ({ team_alias: "Renamed" }) },
  {
    call: "PUT /api/teams/{team_id}/model-groups",
    by: "admin",
    other: 403,
    body: ({ group_name }) => [group_name],
  },
  { call: "PUT /api/teams/{team_id}/resume", by: "admin", other: 403 },
  { call: "PUT /api/teams/{team_id}/suspend", by: "admin", other: 403 },
  {
    call: "GET /api/teams/{team_id}/jobs",
    by: "team",
    other: 404,
  },
  { call: "GET /api/usage", by: "team", other: 200, query: () => USED },
  { call: "GET /api/teams/{team_id}/usage", by: "team", other: 404, query: () => USED },
  { call: "GET /api/organizations/{organization_id}/usage", by: "team", other: 404, query: () => USED },
  { call: "GET /api/credits/teams/{team_id}/balance", by: "team", other: 404 },
  {
    call: "POST /api/credits/teams/{team_id}/add",
    by: "admin",
    other: 403,
    body: () => ({ credits: 5 }),
  },
  {
    call: "GET /api/credits/teams/{team_id}/transactions",
    by: "team",
    other: 404,
  },
  {
    call: "POST /api/credits/teams/{team_id}/check",
    by: "team",
    other: 404,
  },
  {
    call: "POST /api/jobs/create",
    by: "team",
    other: 404,
    body: ({ team_id }) => ({ team_id, job_type: "test" }),
  },
  { call: "GET /api/jobs", by: "team", other: 200 },
  { call: "GET /api/llm-calls", by: "team", other: 200 },
  { call: "GET /api/jobs/{job_id}", by: "team", other: 404 },
  {
    call: "PATCH /api/jobs/{job_id}/metadata",
    by: "team",
    other: 404,
    body: () => ({ metadata: { step: 1 } }),
  },
  { call: "GET /api/jobs/{job_id}/costs", by: "team", other: 404 },
  {
    call: "POST /api/jobs/{job_id}/llm-call",
    by: "team",
    other: 403,
    body: ({ group_name }) => ({ ...QUESTION, model_group: group_name }),
  },
  {
    call: "POST /api/jobs/create-and-call",
    by: "team",
    other: 403,
    body: ({ group_name }) => ({ ...QUESTION, model_group: group_name }),
  },
  {
    call: "POST /api/jobs/{job_id}/llm-call-stream",
    by: "team",
    other: 403,
    body: ({ group_name }) => ({ ...QUESTION, model_group: group_name }),
  },
  {
    call: "POST /api/jobs/create-and-call-stream",
    by: "team",
    other: 403,
    body: ({ group_name }) => ({ ...QUESTION, model_group: group_name }),
  },
  { call: "GET /api/jobs/{job_id}/calls/{call_id}/stream", by: "team", other: 404 },
  {
    call: "POST /api/jobs/{job_id}/complete",
    by: "team",
    other: 404,
    body: () => ({}),
  },
  { call: "GET /api/audit-entries", by: "admin", other: 403, query: () => "operation=createTeam" },
] as const satisfies readonly Route[];

export type Call = (typeof TABLE)[number]["call"];

/** Every route of /api. */
export const ROUTES: readonly Route<Call>[] = TABLE;

/** Routes with their titles, as `describe.each` and `it.each` take them. */
export const titled = (routes: readonly Route<Call>[]) => routes.map((route) => [route.call, route] as const);
