import { chatContract } from "./chat-body.js";
import { answers, header, json } from "./document-parts.js";
import { jobEndingContract } from "./keyed-jobs.routes.js";
import { responsePaths } from "./responses/responses-document.js";

const text = { type: "string" } as const;

const MODEL = { id: "ChatFast", object: "model", created: 1_772_443_800, owned_by: "tollgate" };
const model = {
  type: "object",
  required: ["id", "object", "created", "owned_by"],
  properties: {
    id: { ...text, description: "The name of a model group, which stands for a model." },
    object: { const: "model" },
    created: { type: "integer", description: "When the group was made, in seconds since 1970." },
    owned_by: text,
  },
};

const QUESTION = { model: MODEL.id, messages: [{ role: "user", content: "What is a tollgate?" }] };
const COMPLETION = {
  id: "chatcmpl-7c9e6679-7425-40de-944b-e07fc1f90ae7",
  object: "chat.completion",
  created: 1_772_443_801,
  model: "gpt-4o-mini",
  choices: [
    {
      index: 0,
      logprobs: null,
      message: { role: "assistant", content: "A gate where a toll is paid.", refusal: null },
      finish_reason: "stop",
    },
  ],
  usage: { prompt_tokens: 12, completion_tokens: 8, total_tokens: 20 },
};
const completion = {
  type: "object",
  required: ["id", "object", "created", "model", "choices", "usage"],
  properties: {
    id: text,
    object: { const: "chat.completion" },
    created: { type: "integer", description: "When the call was made, in seconds since 1970." },
    model: { type: ["string", "null"], description: "The model that answered." },
    choices: { type: "array", items: { type: "object" } },
    usage: { type: ["object", "null"], description: "The tokens. Null if nobody knows them." },
  },
};

const JOB_END = {
  id: "0192d3a4-7425-40de-944b-e07fc1f90ae7",
  object: "job",
  job_key: "run-17",
  status: "completed",
  costs: { total_calls: 3, total_tokens: 60, total_cost_usd: 0.0002, credit_applied: true, credits_remaining: 99 },
};
const jobEnd = {
  type: "object",
  required: ["id", "object", "job_key", "status", "costs"],
  properties: {
    id: text,
    object: { const: "job" },
    job_key: text,
    status: text,
    costs: { type: "object", description: "What the job used, as POST /api/jobs/{job_id}/complete tells it." },
  },
};

/** What /v1 answers, for people who read it. Programs use OpenAI's SDKs, which have its types. */
export const openAiDocument = {
  openapi: "3.1.0",
  info: {
    title: "Tollgate: OpenAI's and Anthropic's API",
    version: "1",
    description:
      "Chat completions and responses as OpenAI's SDKs know them, whose base address is /v1, and messages as Anthropic's SDKs know them, whose base address is that of the gateway. The API key is a team's virtual key, and a model is one of the team's model groups. /v1/models answers in Anthropic's shape if the request names an anthropic-version.",
  },
  servers: [{ url: "/", description: "This gateway." }],
  components: { securitySchemes: { key: { type: "http", scheme: "bearer", description: "A team's virtual key." } } },
  security: [{ key: [] }],
  paths: {
    "/v1/chat/completions": {
      post: {
        operationId: "createChatCompletion",
        tags: ["Chat"],
        summary: "Makes a call, and answers with a completion or with a stream of its chunks.",
        description:
          "Other fields of OpenAI's request are passed on to the upstream. Without x-job-id, the call opens a job for itself, which takes a credit if the call succeeds.",
        parameters: [
          header("x-job-id", "The job that the call is made in."),
          {
            ...header(
              "x-job-key",
              "A name of a job of the client's own: 1 to 200 visible ASCII characters. The first call with it opens the job, and later ones within 24 hours join it.",
            ),
            example: "run-17",
          },
          header("idempotency-key", "The same key gets the same call. At most 255 characters."),
        ],
        requestBody: { required: true, content: json(chatContract.schema, QUESTION) },
        responses: answers("The completion.", completion, COMPLETION, { "text/event-stream": { schema: text } }),
      },
    },
    "/v1/jobs/{key}/complete": {
      post: {
        operationId: "completeKeyedJob",
        tags: ["Jobs"],
        summary: "Ends the job that calls have named by x-job-key. If it is sent again, the answer is the first one.",
        description:
          "A job that ends as completed takes its credit, and is refused with 409 while one of its calls runs.",
        parameters: [{ name: "key", in: "path", required: true, schema: text, example: "run-17" }],
        requestBody: { required: false, content: json(jobEndingContract.schema, { status: "completed" }) },
        responses: answers("The job and what it used.", jobEnd, JOB_END),
      },
    },
    "/v1/models": {
      get: {
        operationId: "listModels",
        tags: ["Models"],
        summary: "Lists the model groups that the key may use, the first 100.",
        responses: answers(
          "The model groups.",
          {
            type: "object",
            required: ["object", "data"],
            properties: { object: { const: "list" }, data: { type: "array", items: model } },
          },
          { object: "list", data: [MODEL] },
        ),
      },
    },
    "/v1/models/{model}": {
      get: {
        operationId: "retrieveModel",
        tags: ["Models"],
        summary: "Returns one model group.",
        parameters: [{ name: "model", in: "path", required: true, schema: text, example: MODEL.id }],
        responses: answers("The model group.", model, MODEL),
      },
    },
    ...responsePaths,
  },
} as const;
