/**
 * The viewers that ask for one team's things, and for those of its organization. Whoever has no valid credential, and
 * whoever is suspended, gets the same answer to everything, and has no column.
 */
export const VIEWERS = ["stranger", "otherOrganization", "sibling", "team", "organization", "admin"] as const;
export type ViewerName = (typeof VIEWERS)[number];

/** "yes": it is done. "own": it is answered with what is in the viewer's own reach, and nothing else. Or a code. */
type Access =
  | "yes"
  | "own"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "MODEL_GROUP_NOT_ALLOWED"
  | "UNAUTHENTICATED"
  | "TEAM_SUSPENDED";

/** What each viewer gets, in the order of VIEWERS. */
type Row = readonly [Access, Access, Access, Access, Access, Access];

const OPERATE: Row = ["FORBIDDEN", "FORBIDDEN", "FORBIDDEN", "FORBIDDEN", "FORBIDDEN", "yes"];
const MANAGE: Row = ["FORBIDDEN", "NOT_FOUND", "FORBIDDEN", "FORBIDDEN", "yes", "yes"];
const READ: Row = ["NOT_FOUND", "NOT_FOUND", "NOT_FOUND", "yes", "yes", "yes"];
const LIST: Row = ["own", "own", "own", "yes", "yes", "yes"];
/** What managers have. Nobody else sees that it is there. */
const MANAGED: Row = ["FORBIDDEN", "own", "FORBIDDEN", "FORBIDDEN", "yes", "yes"];
const WORK: Row = ["NOT_FOUND", "FORBIDDEN", "NOT_FOUND", "yes", "FORBIDDEN", "FORBIDDEN"];
/** A model group of the team is named, beside its job. */
const CALL: Row = ["MODEL_GROUP_NOT_ALLOWED", "FORBIDDEN", "MODEL_GROUP_NOT_ALLOWED", "yes", "FORBIDDEN", "FORBIDDEN"];

/** Fields of GraphQL. What stands in brackets is a part of the arguments or of the selection. */
const GRAPHQL = {
  "query viewer": ["yes", "yes", "yes", "yes", "yes", "yes"],
  "query organization": ["NOT_FOUND", "NOT_FOUND", "yes", "yes", "yes", "yes"],
  "query organization (status, metadata, credits, createdAt, updatedAt)": [
    "NOT_FOUND",
    "NOT_FOUND",
    "FORBIDDEN",
    "FORBIDDEN",
    "yes",
    "yes",
  ],
  "query organization (auditEntries)": ["NOT_FOUND", "NOT_FOUND", "FORBIDDEN", "FORBIDDEN", "yes", "yes"],
  "query organization (keys)": ["NOT_FOUND", "NOT_FOUND", "own", "own", "yes", "yes"],
  "query organization (virtualKeys)": ["NOT_FOUND", "NOT_FOUND", "own", "yes", "yes", "yes"],
  "query organizations": LIST,
  "query team": READ,
  "query teams": LIST,
  "query teams (of the organization)": ["NOT_FOUND", "NOT_FOUND", "own", "yes", "yes", "yes"],
  "query modelGroup": READ,
  "query modelGroups": LIST,
  "query modelPrices": OPERATE,
  "query modelCircuits": OPERATE,
  "query system": OPERATE,
  "query job": READ,
  "query jobs": LIST,
  "query jobs (of the team)": READ,
  "query llmCall": READ,
  "query streamToken": READ,
  "query node": READ,
  "query nodes": LIST,
  "query llmCalls": LIST,
  "query llmCallErrors": LIST,
  "query ledgerAudit": READ,
  "query ledgerTotals": OPERATE,
  "query auditEntries": ["FORBIDDEN", "own", "FORBIDDEN", "FORBIDDEN", "yes", "yes"],
  "query auditCheck": OPERATE,
  "query usage": LIST,
  "query usage (of the team)": READ,
  "query usage (of the organization)": ["NOT_FOUND", "NOT_FOUND", "own", "yes", "yes", "yes"],
  "query webhooks": MANAGED,
  "query webhook": MANAGE,
  "mutation createWebhook (of an organization)": MANAGE,
  "mutation createWebhook (of a team)": MANAGE,
  "mutation updateWebhook": MANAGE,
  "mutation rotateWebhookSecret": MANAGE,
  "mutation testWebhook": MANAGE,
  "mutation replayWebhookDelivery": MANAGE,
  "mutation deleteWebhook": MANAGE,
  "mutation createOrganization": OPERATE,
  "mutation updateOrganization": OPERATE,
  "mutation suspendOrganization": OPERATE,
  "mutation resumeOrganization": OPERATE,
  "mutation deleteOrganization": OPERATE,
  "mutation createOrganizationKey": OPERATE,
  "mutation revokeOrganizationKey": OPERATE,
  "mutation createModelGroup": OPERATE,
  "mutation updateModelGroup": OPERATE,
  "mutation deleteModelGroup": OPERATE,
  "mutation setModelPrice": OPERATE,
  "mutation removeModelPrice": OPERATE,
  "mutation createTeam": MANAGE,
  "mutation setTeamModelGroups": MANAGE,
  "mutation updateTeam": MANAGE,
  "mutation resetTeamCounters": MANAGE,
  "mutation suspendTeam": MANAGE,
  "mutation resumeTeam": MANAGE,
  "mutation deleteTeam": MANAGE,
  "mutation createVirtualKey": MANAGE,
  "mutation updateVirtualKey": MANAGE,
  "mutation resetVirtualKeyCounters": MANAGE,
  "mutation revokeVirtualKey": MANAGE,
  "mutation rotateVirtualKey (of the key that asks)": READ,
  "mutation rotateVirtualKey (of another key)": ["NOT_FOUND", "NOT_FOUND", "NOT_FOUND", "FORBIDDEN", "yes", "yes"],
  "mutation addCredits": MANAGE,
  "mutation adjustCredits": OPERATE,
  "mutation grantOrganizationCredits": OPERATE,
  "mutation transferCredits": MANAGE,
  "mutation createJob": WORK,
  "mutation updateJobMetadata": WORK,
  "mutation completeJob (COMPLETED)": WORK,
  "mutation completeJob (FAILED, CANCELLED)": READ,
  "mutation runLlmCall": CALL,
  "mutation startLlmCall": CALL,
  "mutation embed": CALL,
  "mutation cancelLlmCall": READ,
  "subscription streamLlmCall": CALL,
  "subscription llmCallEvents": READ,
  "subscription jobUpdated": READ,
} as const satisfies Record<string, Row>;

const REST = {
  "POST /api/organizations/create": OPERATE,
  "GET /api/organizations": ["FORBIDDEN", "own", "FORBIDDEN", "FORBIDDEN", "yes", "yes"],
  "GET /api/organizations/{organization_id}": ["NOT_FOUND", "NOT_FOUND", "FORBIDDEN", "FORBIDDEN", "yes", "yes"],
  "PATCH /api/organizations/{organization_id}": OPERATE,
  "PUT /api/organizations/{organization_id}/suspend": OPERATE,
  "PUT /api/organizations/{organization_id}/resume": OPERATE,
  "GET /api/organizations/{organization_id}/teams": ["NOT_FOUND", "NOT_FOUND", "own", "yes", "yes", "yes"],
  "POST /api/model-groups/create": OPERATE,
  "GET /api/model-groups": LIST,
  "GET /api/model-groups/{group_name}": READ,
  "PUT /api/model-groups/{group_name}/models": OPERATE,
  "DELETE /api/model-groups/{group_name}": OPERATE,
  "GET /api/model-groups/{group_name}/resolve": READ,
  "POST /api/teams/create": MANAGE,
  "GET /api/teams": LIST,
  "GET /api/teams/{team_id}": READ,
  "PATCH /api/teams/{team_id}": MANAGE,
  "PUT /api/teams/{team_id}/model-groups": MANAGE,
  "PUT /api/teams/{team_id}/suspend": MANAGE,
  "PUT /api/teams/{team_id}/resume": MANAGE,
  "GET /api/teams/{team_id}/jobs": READ,
  "GET /api/usage": LIST,
  "GET /api/teams/{team_id}/usage": READ,
  "GET /api/organizations/{organization_id}/usage": ["NOT_FOUND", "NOT_FOUND", "own", "yes", "yes", "yes"],
  "GET /api/credits/teams/{team_id}/balance": READ,
  "POST /api/credits/teams/{team_id}/add": MANAGE,
  "GET /api/credits/teams/{team_id}/transactions": READ,
  "POST /api/credits/teams/{team_id}/check": READ,
  "POST /api/jobs/create": WORK,
  "GET /api/jobs": LIST,
  "GET /api/jobs/{job_id}": READ,
  "GET /api/llm-calls": LIST,
  "PATCH /api/jobs/{job_id}/metadata": WORK,
  "GET /api/jobs/{job_id}/costs": READ,
  "POST /api/jobs/{job_id}/llm-call": CALL,
  "POST /api/jobs/create-and-call": CALL,
  "POST /api/jobs/{job_id}/llm-call-stream": CALL,
  "POST /api/jobs/create-and-call-stream": CALL,
  "GET /api/jobs/{job_id}/calls/{call_id}/stream": READ,
  "POST /api/jobs/{job_id}/complete": WORK,
  "POST /api/jobs/{job_id}/complete (failed)": READ,
  "GET /api/audit-entries": ["FORBIDDEN", "own", "FORBIDDEN", "FORBIDDEN", "yes", "yes"],
} as const satisfies Record<string, Row>;

const OPENAI = {
  "GET /v1/models": LIST,
  "GET /v1/models/*": READ,
  "POST /v1/chat/completions": CALL,
  "POST /v1/embeddings": CALL,
  "POST /v1/completions": CALL,
  "POST /v1/moderations": CALL,
  "POST /v1/messages": CALL,
  "POST /v1/messages/count_tokens": CALL,
  "POST /v1/responses": CALL,
  "POST /v1/responses/compact": CALL,
  "GET /v1/responses/:id": READ,
  "GET /v1/responses/:id/input_items": READ,
  "POST /v1/responses/:id/cancel": READ,
  "DELETE /v1/responses/:id": WORK,
  "POST /v1/jobs/:key/complete": WORK,
} as const satisfies Record<string, Row>;

/** Tools of MCP. None names a team: it is that of the key. */
const MCP = {
  create_job: ["own", "FORBIDDEN", "own", "yes", "FORBIDDEN", "FORBIDDEN"],
  run_call: CALL,
  complete_job: WORK,
  "complete_job (failed)": READ,
  usage: LIST,
} as const satisfies Record<string, Row>;

const OPERATION = {
  "GET /metrics": OPERATE,
} as const satisfies Record<string, Row>;

/** Who may do what through which door. A test asks a gateway for all of it, and `npm run schema` prints docs/access.md. */
export const ACCESS = { GraphQL: GRAPHQL, REST, "/v1": OPENAI, MCP, Operation: OPERATION } as const;

export type GraphqlOperation = keyof typeof GRAPHQL;
export type Subscription = Extract<GraphqlOperation, `subscription ${string}`>;
export type RestOperation = keyof typeof REST;
export type OpenAiOperation = keyof typeof OPENAI;
export type McpOperation = keyof typeof MCP;

/** The operation of a row, without what is in brackets. */
export const operationOf = (row: string): string => row.replace(/ \(.*/, "");
