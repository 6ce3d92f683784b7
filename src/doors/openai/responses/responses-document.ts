import { answers, header, json } from "../document-parts.js";
import { compactContract } from "./compaction/compact.routes.js";
import { responseContract } from "./input/response-body.js";

const text = { type: "string" } as const;
const ID = "resp_7c9e6679-7425-40de-944b-e07fc1f90ae7";
const id = { name: "response_id", in: "path", required: true, schema: text, example: ID };

const QUESTION = { model: "ChatFast", instructions: "Be brief.", input: "What is a tollgate?" };
const ITEM = {
  id: "msg_7c9e6679-7425-40de-944b-e07fc1f90ae7",
  type: "message",
  status: "completed",
  role: "assistant",
  content: [{ type: "output_text", text: "A gate where a toll is paid.", annotations: [], logprobs: [] }],
};
const RESPONSE = {
  id: ID,
  object: "response",
  created_at: 1_772_443_801,
  status: "completed",
  model: "gpt-4o-mini",
  previous_response_id: null,
  output: [ITEM],
  error: null,
  incomplete_details: null,
  store: true,
  usage: { input_tokens: 12, output_tokens: 8, total_tokens: 20 },
};
const response = {
  type: "object",
  required: Object.keys(RESPONSE),
  properties: {
    id: { ...text, description: "The id of the call, after resp_." },
    object: { const: "response" },
    created_at: { type: "integer", description: "When the call was made, in seconds since 1970." },
    status: {
      ...text,
      enum: ["in_progress", "completed", "incomplete", "failed", "cancelled"],
      description: "How far it is. incomplete_details says why an answer is incomplete.",
    },
    model: { ...text, description: "The model that answered." },
    previous_response_id: { type: ["string", "null"] },
    output: {
      type: "array",
      items: { type: "object" },
      description: "Reasoning, messages and tool calls, in the order in which they began.",
    },
    error: { type: ["object", "null"], description: "Why it failed. Null if it did not." },
    incomplete_details: { type: ["object", "null"] },
    store: { type: "boolean", description: "Whether question and answer are kept." },
    usage: { type: ["object", "null"], description: "The tokens. Null if it has none yet." },
  },
};

const COMPACTED = {
  id: ID,
  object: "response.compaction",
  created_at: 1_772_443_801,
  output: [
    { type: "message", id: "msg_1", role: "user", content: [{ type: "input_text", text: QUESTION.input }] },
    {
      type: "compaction",
      id: "cmp_7c9e6679-7425-40de-944b-e07fc1f90ae7",
      encrypted_content: "tgc1.eyJzdW1tYXJ5IjoiIn0",
    },
  ],
  usage: { input_tokens: 12, output_tokens: 8, total_tokens: 20 },
};
const compacted = {
  type: "object",
  required: Object.keys(COMPACTED),
  properties: {
    id: { ...text, description: "The id of the call, after resp_." },
    object: { const: "response.compaction" },
    created_at: { type: "integer", description: "When the call was made, in seconds since 1970." },
    output: { type: "array", items: { type: "object" } },
    usage: { type: ["object", "null"], description: "The tokens." },
  },
};

const DELETED = { id: ID, object: "response", deleted: true };
const deleted = {
  type: "object",
  required: ["id", "object", "deleted"],
  properties: { id: text, object: { const: "response" }, deleted: { const: true } },
};
const INPUT_ITEMS = {
  object: "list",
  data: [{ type: "message", id: "msg_1", role: "user", content: [{ type: "input_text", text: QUESTION.input }] }],
  first_id: "msg_1",
  last_id: "msg_1",
  has_more: false,
};
const inputItems = {
  type: "object",
  required: ["object", "data", "first_id", "last_id", "has_more"],
  properties: {
    object: { const: "list" },
    data: { type: "array", items: { type: "object" } },
    first_id: { type: ["string", "null"] },
    last_id: { type: ["string", "null"] },
    has_more: { type: "boolean" },
  },
};

const query = (name: string, description: string) => ({ name, in: "query", schema: text, description });

/** What /v1 answers about responses. */
export const responsePaths = {
  "/v1/responses": {
    post: {
      operationId: "createResponse",
      tags: ["Responses"],
      summary: "Makes a call, and answers with a response or with a stream of its events.",
      description:
        "Question and answer are kept for as long as answers are kept (CONTENT_RETENTION_MS), so that previous_response_id can name the response. With store: false neither is. Without x-job-id, the call opens a job for itself, which takes a credit if the call succeeds.",
      parameters: [
        header("x-job-id", "The job that the call is made in. metadata.job names one, too."),
        header(
          "x-job-key",
          "A name of the client's own for a job. Its first use opens the job, and later uses join it.",
        ),
        header("idempotency-key", "The same key gets the same call. At most 255 characters."),
      ],
      requestBody: { required: true, content: json(responseContract.schema, QUESTION) },
      responses: answers("The response.", response, RESPONSE, { "text/event-stream": { schema: text } }),
    },
  },
  "/v1/responses/compact": {
    post: {
      operationId: "compactConversation",
      tags: ["Responses"],
      summary: "Has the model sum up a conversation, and answers with what stands for it.",
      description:
        "The output has what the user, the system and the developer said, and one item of the type compaction for all the rest. Send these items in the place of the conversation. It is a call like any other: it costs tokens, and without x-job-id a credit.",
      parameters: [header("x-job-id", "The job that the call is made in. metadata.job names one, too.")],
      requestBody: { required: true, content: json(compactContract.schema, QUESTION) },
      responses: answers("What stands for the conversation.", compacted, COMPACTED),
    },
  },
  "/v1/responses/{response_id}/input_items": {
    get: {
      operationId: "listInputItems",
      tags: ["Responses"],
      summary: "Lists the items of a response's own input, without those of the responses before it.",
      parameters: [
        id,
        query("order", "asc or desc. By default desc, the newest first."),
        query("limit", "1 to 100 items, 20 by default."),
        query("after", "The id of the item after which the page begins."),
      ],
      responses: answers("A page of items.", inputItems, INPUT_ITEMS),
    },
  },
  "/v1/responses/{response_id}/cancel": {
    post: {
      operationId: "cancelResponse",
      tags: ["Responses"],
      summary: "Cancels a response that is being answered. One that is over is returned as it is.",
      parameters: [id],
      requestBody: { required: false, content: json({ type: "object" }, {}) },
      responses: answers("The response.", response, RESPONSE),
    },
  },
  "/v1/responses/{response_id}": {
    get: {
      operationId: "retrieveResponse",
      tags: ["Responses"],
      summary: "Returns a response that is kept.",
      parameters: [id, query("stream", "If it is true, the answer is a stream of all events of the response.")],
      responses: answers("The response.", response, RESPONSE),
    },
    delete: {
      operationId: "deleteResponse",
      tags: ["Responses"],
      summary: "Deletes a response with its question and answer. What its call used and cost stays.",
      parameters: [id],
      responses: answers("The response is deleted.", deleted, DELETED),
    },
  },
} as const;
