/** Stands in arguments for the id of the open job of acme-team. */
export const OPEN_JOB = "<open job>";

/** An operation whose arguments a test chooses. */
export interface Operation {
  readonly by: "admin" | "team";
  readonly kind: "query" | "mutation";
  readonly types: Readonly<Record<string, string>>;
  /** The arguments take the place of (*). */
  readonly fields: string;
}
const PAGE = { first: "Int", after: "String" };
const query = (fields: string, types: Operation["types"]): Operation => ({ by: "admin", kind: "query", types, fields });
const mutation = (by: Operation["by"], name: string, selection: string): Operation => {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input!`;
  return { by, kind: "mutation", types: { input: type }, fields: `${name}(*) { ${selection} }` };
};
const change = (by: Operation["by"], fields: string, types: Operation["types"]): Operation => {
  return { by, kind: "mutation", types, fields };
};

export const OPERATIONS = {
  organization: query("organization(*) { id }", { id: "ID!" }),
  team: query("team(*) { id }", { id: "ID!" }),
  modelGroup: query("modelGroup(*) { id }", { name: "ID!" }),
  job: query("job(*) { id }", { id: "ID!" }),
  llmCall: query("llmCall(*) { id }", { id: "ID!" }),
  organizations: query("organizations(*) { totalCount nodes { id } }", { ...PAGE, status: "AccountStatus" }),
  teams: query("teams(*) { nodes { id } }", { ...PAGE, status: "AccountStatus", organizationId: "ID" }),
  modelGroups: query("modelGroups(*) { nodes { id } }", PAGE),
  jobs: query("jobs(*) { nodes { id } }", { ...PAGE, filter: "JobFilter", teamId: "ID" }),
  "organization.teams": query('organization(id: "acme") { teams(*) { nodes { id } } }', PAGE),
  "team.jobs": query('team(id: "acme-team") { jobs(*) { nodes { id } } }', { ...PAGE, filter: "JobFilter" }),
  "team.creditEntries": query('team(id: "acme-team") { creditEntries(*) { nodes { id } } }', PAGE),
  "job.llmCalls": query(`job(id: "${OPEN_JOB}") { llmCalls(*) { nodes { id } } }`, PAGE),
  createOrganization: mutation("admin", "createOrganization", "id"),
  createModelGroup: mutation("admin", "createModelGroup", "id"),
  createTeam: mutation("admin", "createTeam", "virtualKey"),
  createVirtualKey: mutation("admin", "createVirtualKey", "virtualKey"),
  addCredits: mutation("admin", "addCredits", "id"),
  suspendTeam: change("admin", "suspendTeam(*) { id }", { id: "ID!" }),
  resumeTeam: change("admin", "resumeTeam(*) { id }", { id: "ID!" }),
  updateOrganization: mutation("admin", "updateOrganization", "id"),
  suspendOrganization: change("admin", "suspendOrganization(*) { id }", { id: "ID!" }),
  resumeOrganization: change("admin", "resumeOrganization(*) { id }", { id: "ID!" }),
  deleteOrganization: change("admin", "deleteOrganization(*) { id }", { id: "ID!" }),
  updateTeam: mutation("admin", "updateTeam", "id"),
  deleteTeam: change("admin", "deleteTeam(*) { id }", { id: "ID!" }),
  updateVirtualKey: mutation("admin", "updateVirtualKey", "id"),
  rotateVirtualKey: change("admin", "rotateVirtualKey(*) { virtualKey }", { id: "ID!", graceSeconds: "Int" }),
  revokeVirtualKey: change("admin", "revokeVirtualKey(*) { id }", { id: "ID!" }),
  createJob: mutation("team", "createJob", "id"),
  completeJob: mutation("team", "completeJob", "job { id }"),
  updateJobMetadata: change("team", "updateJobMetadata(*) { id }", { jobId: "ID!", metadata: "JSONObject!" }),
  embed: change("team", "embed(*) { call { id status } }", { input: "EmbedInput!" }),
  runLlmCall: change("team", "runLlmCall(*) { id status }", { input: "LlmCallInput!" }),
} satisfies Record<string, Operation>;

export type Name = keyof typeof OPERATIONS;
export type Given = Readonly<Record<string, unknown>>;

/** Every list, what its cursors begin with, and the kind of key that follows in them. */
export const LISTS: readonly (readonly [Name, list: string, key: "text" | "number" | "time and id"])[] = [
  ["organizations", "organizations", "text"],
  ["teams", "teams", "text"],
  ["modelGroups", "model_groups", "text"],
  ["jobs", "jobs", "time and id"],
  ["organization.teams", "teams", "text"],
  ["team.jobs", "jobs", "time and id"],
  ["team.creditEntries", "credit_entries", "number"],
  ["job.llmCalls", "llm_calls", "time and id"],
];
