import { countContract, messagesContract } from "./request/messages-contract.js";

const text = { type: "string" } as const;
const textOrNull = { type: ["string", "null"] } as const;
const count = { type: "integer", minimum: 0 } as const;
const json = (schema: object, example: unknown) => ({ "application/json": { schema, example } });
const header = (name: string, description: string, more: object = {}) => ({
  name,
  in: "header",
  schema: text,
  description,
  ...more,
});

const MESSAGE = {
  id: "msg_7c9e6679-7425-40de-944b-e07fc1f90ae7",
  type: "message",
  role: "assistant",
  model: "claude-sonnet-4-5",
  content: [{ type: "text", text: "A gate where a toll is paid." }],
  container: null,
  diagnostics: null,
  stop_details: null,
  stop_reason: "end_turn",
  stop_sequence: null,
  usage: {
    cache_creation: null,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    inference_geo: null,
    input_tokens: 12,
    output_tokens: 8,
    output_tokens_details: null,
    server_tool_use: null,
    service_tier: null,
    speed: null,
  },
};
const message = {
  type: "object",
  required: Object.keys(MESSAGE),
  properties: {
    id: text,
    type: { const: "message" },
    role: { const: "assistant" },
    model: { ...textOrNull, description: "The model that answered." },
    content: {
      type: "array",
      items: { type: "object", required: ["type"], properties: { type: text } },
      description:
        "Thoughts, then the text, then tool calls. The signature of a thought is empty if its model signs none. Input of a tool that is no JSON stands under INVALID_JSON.",
    },
    stop_reason: {
      ...text,
      description: "What Anthropic's model has said itself, otherwise what OpenAI's reason means.",
    },
    stop_sequence: { ...textOrNull, description: "Null if the upstream does not tell which one it met." },
    usage: {
      type: "object",
      required: ["input_tokens", "output_tokens"],
      properties: {
        input_tokens: { ...count, description: "Without those that were read from a cache or written to it." },
        output_tokens: count,
        cache_read_input_tokens: count,
        cache_creation_input_tokens: count,
      },
    },
  },
};

const error = {
  type: "object",
  required: ["type", "error", "request_id"],
  properties: {
    type: { const: "error" },
    error: {
      type: "object",
      required: ["type", "message"],
      properties: { type: text, message: text, details: { type: "object" } },
    },
    request_id: text,
  },
};
const answers = (description: string, schema: object, example: unknown, others: object = {}) => ({
  200: { description, content: { ...json(schema, example), ...others } },
  default: { description: "An error, in Anthropic's shape.", content: { "application/json": { schema: error } } },
});

const VERSION = header(
  "anthropic-version",
  "2023-06-01, or 2026-10-21, which refuses temperature, top_p and top_k, documents in turns of the assistant, and citations on texts of the user, and takes turns of the role system.",
  { required: true, example: "2023-06-01" },
);
const QUESTION = { model: "ChatFast", messages: [{ role: "user", content: "What is a tollgate?" }] };

const STREAM = [
  "With `stream`, the answer is a stream of Anthropic's events. The first comes with the first piece of the answer, and the tokens with the last but one.",
  "If a model fails before it has said or called anything, the group's next model answers. Its thoughts until then stay in the stream, as a block of its own without a signature.",
  "What a client cannot take back ends the stream with an error: so does an answer whose beginning turns out to be void.",
].join(" ");

/** What /v1/messages answers, for people who read it. Programs use Anthropic's SDKs, which have its types. */
export const anthropicPaths = {
  "/v1/messages": {
    post: {
      operationId: "createMessage",
      tags: ["Messages"],
      summary: "Makes a call, and answers with a message or with a stream of its events.",
      description: `Anthropic's SDKs take the address of the gateway as their base address, and send the key as x-api-key or as a bearer. Without x-job-id, the call opens a job for itself, which takes a credit if the call succeeds. Tools that run at Anthropic, and other fields of the request, are passed on only if the admin allows them for the model group. Containers, MCP servers and uploaded files are refused. metadata.user_id is passed on as OpenAI's user if it has at most 64 characters. ${STREAM}`,
      parameters: [
        VERSION,
        header("x-job-id", "The job that the call is made in."),
        header("x-job-key", "A name of a job of the client's own. The first call with it opens the job."),
        header("idempotency-key", "The same key gets the same call. At most 255 characters."),
      ],
      requestBody: { required: true, content: json(messagesContract.schema, { ...QUESTION, max_tokens: 1_024 }) },
      responses: answers("The message.", message, MESSAGE, { "text/event-stream": { schema: text } }),
    },
  },
  "/v1/messages/count_tokens": {
    post: {
      operationId: "countTokens",
      tags: ["Messages"],
      summary: "Estimates the input tokens of a message.",
      description:
        "It is counted with the gateway's own tokenizer, which is that of OpenAI's newer models, so it is an estimate. An image counts as 85 tokens and a document as none. It makes no call and costs nothing. It counts as one request by the limits of the team and of the key.",
      parameters: [VERSION],
      requestBody: { required: true, content: json(countContract.schema, QUESTION) },
      responses: answers(
        "The estimate.",
        { type: "object", required: ["input_tokens"], properties: { input_tokens: count } },
        { input_tokens: 12 },
      ),
    },
  },
} as const;
