import type { Method } from "../clients/rest.js";
import { readSse, sseMessages } from "../clients/sse.js";
import { SocketClient, type StreamedResult } from "../clients/ws.js";
import { type Ids, QUESTION, ROUTES } from "../rest/routes.js";
import {
  type GraphqlOperation,
  type McpOperation,
  type OpenAiOperation,
  operationOf,
  type RestOperation,
  type Subscription,
} from "./access-table.js";
import { GRAPHQL_ASKS } from "./graphql-asks.js";
import type { Target } from "./target.js";

/** What an operation answered: "yes" or the code of its refusal, and all that came. */
interface Answer {
  readonly code: string;
  readonly text: string;
}

/** A key, or the headers that a page sends for a person who has signed in. */
type Credential = string | Readonly<Record<string, string>>;
/** Asks a gateway for something with a credential, or without any. */
export type Asking = (url: string, credential: Credential | undefined, target: Target) => Promise<Answer>;

const headersOf = (credential: Credential | undefined): Record<string, string> => ({
  "content-type": "application/json",
  ...(typeof credential === "string" ? { authorization: `Bearer ${credential}` } : credential),
});

export function askGraphql(row: GraphqlOperation): Asking {
  const [query, variables] = GRAPHQL_ASKS[row];
  const isSubscription = query.startsWith("subscription");
  return async (url, credential, target) => {
    const gone = new AbortController();
    const response = await fetch(`${url}/graphql${isSubscription ? "/stream" : ""}`, {
      method: "POST",
      headers: headersOf(credential),
      body: JSON.stringify({ query, variables: variables?.(target) }),
      signal: gone.signal,
    });
    // The first event tells. A call that was begun goes on to its end, and what follows a job would have none.
    const isStream = response.headers.get("content-type")?.startsWith("text/event-stream");
    const text = isStream ? await firstResult(response, hasNoEnd(row)) : await response.text();
    gone.abort();
    return { code: JSON.parse(text).errors?.[0].extensions.code ?? "yes", text };
  };
}

const hasNoEnd = (row: GraphqlOperation) => row === "subscription jobUpdated";

/** The same over graphql-ws. A credential that is not accepted is told by the code in the reason of the close. */
export function askSocket(row: Subscription): Asking {
  const [query, variables] = GRAPHQL_ASKS[row];
  return async (url, credential, target) => {
    const isKey = typeof credential === "string";
    const params = isKey ? { Authorization: `Bearer ${credential}` } : {};
    const socket = new SocketClient(url, params, { ...(!isKey && { headers: { ...credential } }) });
    let first: StreamedResult | undefined;
    try {
      for await (const result of socket.iterate(query, variables?.(target))) {
        first ??= result;
        if (hasNoEnd(row)) break;
      }
      return { code: first?.errors?.[0]?.extensions.code ?? "yes", text: JSON.stringify(first) };
    } catch (closed) {
      const { reason } = closed as { readonly reason: string };
      return { code: reason.split(":")[0] ?? "", text: reason };
    } finally {
      socket.close();
    }
  };
}

async function firstResult(response: Response, leaves: boolean): Promise<string> {
  let first: string | undefined;
  for await (const { event, data } of sseMessages(response)) {
    if (event === "next") first ??= data;
    if (leaves && first !== undefined) break;
  }
  return first ?? "{}";
}

export function askRest(row: RestOperation): Asking {
  const call = operationOf(row);
  const route = ROUTES.find((each) => each.call === call);
  const [method, template] = call.split(" ") as [Method, string];
  return async (url, credential, target) => {
    const ids: Ids = {
      organization_id: row.startsWith("PUT /api/organizations/") ? target.spareOrganization : target.organization,
      group_name: method === "DELETE" ? target.freeGroup : target.group,
      team_id: target.team,
      job_id: target.job,
      call_id: target.call,
    };
    const query = route?.query?.(ids);
    const path = template.replace(/\{(\w+)\}/g, (_, id: keyof Ids) => ids[id]) + (query ? `?${query}` : "");
    const body = row.endsWith("(failed)") ? { status: "failed" } : route?.body?.(ids);
    const response = await fetch(url + path, {
      method,
      headers: headersOf(credential),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const code = response.headers.get("x-tollgate-error-code") ?? (response.status === 200 ? "yes" : response.status);
    return { code: String(code), text: await response.text() };
  };
}

/** OpenAI's words for some codes. */
const CODES: Readonly<Record<string, string>> = {
  invalid_api_key: "UNAUTHENTICATED",
  model_not_found: "MODEL_GROUP_NOT_ALLOWED",
};

const ANTHROPIC = { "anthropic-version": "2023-06-01" };
type Ask = (target: Target) => { path: string; body?: object; headers?: Record<string, string> };

const OPENAI_ASKS: Readonly<Record<OpenAiOperation, Ask>> = {
  "GET /v1/models": () => ({ path: "/v1/models" }),
  "GET /v1/models/*": ({ group }) => ({ path: `/v1/models/${group}` }),
  "POST /v1/chat/completions": ({ group }) => ({
    path: "/v1/chat/completions",
    body: { model: group, messages: QUESTION.messages },
  }),
  "POST /v1/embeddings": ({ group }) => ({ path: "/v1/embeddings", body: { model: group, input: "a tollgate" } }),
  "POST /v1/completions": ({ group }) => ({ path: "/v1/completions", body: { model: group, prompt: "A tollgate" } }),
  "POST /v1/moderations": ({ group }) => ({ path: "/v1/moderations", body: { model: group, input: "a tollgate" } }),
  "POST /v1/messages": ({ group }) => ({
    path: "/v1/messages",
    body: { model: group, messages: QUESTION.messages, max_tokens: 100 },
    headers: ANTHROPIC,
  }),
  "POST /v1/messages/count_tokens": ({ group }) => ({
    path: "/v1/messages/count_tokens",
    body: { model: group, messages: QUESTION.messages },
    headers: ANTHROPIC,
  }),
  "POST /v1/responses": ({ group }) => ({
    path: "/v1/responses",
    body: { model: group, input: "What is a tollgate?" },
  }),
  "POST /v1/responses/compact": ({ group }) => ({
    path: "/v1/responses/compact",
    body: { model: group, input: "What is a tollgate?" },
  }),
  "GET /v1/responses/:id": ({ response }) => ({ path: `/v1/responses/${response}` }),
  "GET /v1/responses/:id/input_items": ({ response }) => ({ path: `/v1/responses/${response}/input_items` }),
  "POST /v1/responses/:id/cancel": ({ response }) => ({ path: `/v1/responses/${response}/cancel`, body: {} }),
  "DELETE /v1/responses/:id": ({ response }) => ({ path: `/v1/responses/${response}` }),
  "POST /v1/jobs/:key/complete": ({ jobKey }) => ({ path: `/v1/jobs/${jobKey}/complete`, body: {} }),
};

export function askOpenAi(row: OpenAiOperation): Asking {
  return async (url, credential, target) => {
    const { path, body, headers } = OPENAI_ASKS[row](target);
    const response = await fetch(url + path, {
      method: row.split(" ")[0] as Method,
      headers: { ...headersOf(credential), ...headers },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const { error } = JSON.parse(text);
    const code: string | undefined = error?.details?.error_code ?? error?.code;
    return { code: code === undefined ? "yes" : (CODES[code] ?? code.toUpperCase()), text: withoutRequestId(text) };
  };
}

const MCP_ASKS: Readonly<Record<McpOperation, (target: Target) => object>> = {
  create_job: () => ({ job_type: "x" }),
  run_call: ({ group, job }) => ({ job_id: job, model_group: group, messages: QUESTION.messages }),
  complete_job: ({ job }) => ({ job_id: job }),
  "complete_job (failed)": ({ job }) => ({ job_id: job, status: "failed" }),
  usage: () => ({ group_by: ["team", "key", "model_group"] }),
};

/** A tool of MCP. A key that is not accepted is refused before the tool is called, in another shape. */
export function askMcp(row: McpOperation): Asking {
  return async (url, credential, target) => {
    const params = { name: operationOf(row), arguments: MCP_ASKS[row](target) };
    const response = await fetch(`${url}/mcp`, {
      method: "POST",
      headers: { ...headersOf(credential), accept: "application/json, text/event-stream" },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params }),
    });
    const answered = await response.text();
    if (!response.ok) return { code: JSON.parse(answered).error.data.code, text: withoutRequestId(answered) };
    const [{ data } = { data: "" }] = readSse(answered);
    const text: string = JSON.parse(data).result.content[0].text;
    return { code: JSON.parse(text).error?.code ?? "yes", text: withoutRequestId(text) };
  };
}

/** Errors of Anthropic's door and of MCP have the id of their request in the body. */
const withoutRequestId = (text: string): string => text.replace(/"request_id":"[^"]*"/, "");

/** The metrics, which are refused in the shape of GraphQL's errors. */
export const askMetrics: Asking = async (url, credential) => {
  const response = await fetch(`${url}/metrics`, { headers: headersOf(credential) });
  const text = await response.text();
  return { code: response.ok ? "yes" : JSON.parse(text).errors?.[0].extensions.code, text };
};
