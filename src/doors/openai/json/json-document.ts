import { answers, header, json } from "../document-parts.js";
import { CONTRACTS } from "./json-body.js";

const text = { type: "string" } as const;
const USAGE = { prompt_tokens: 4, total_tokens: 4 };
const usage = { type: "object", description: "The tokens of all inputs together." };

const PARAMETERS = [
  header("x-job-id", "The job that the call is made in."),
  header("x-job-key", "A name of a job of the client's own, as for chat completions."),
  header("idempotency-key", "The same key gets the same call. At most 255 characters."),
];

const body = (content: object) => ({ required: true, content });

const EMBEDDINGS = {
  object: "list",
  data: [{ object: "embedding", index: 0, embedding: [0.5, -0.25, 0.125] }],
  model: "text-embedding-3-small",
  usage: USAGE,
};
const embeddings = {
  type: "object",
  required: Object.keys(EMBEDDINGS),
  properties: {
    object: { const: "list" },
    data: {
      type: "array",
      items: { type: "object" },
      description:
        "A vector for each input, as a list of numbers or, if encoding_format is base64, as numbers of 4 bytes with the lowest byte first.",
    },
    model: { ...text, description: "The model that answered." },
    usage,
  },
};

const COMPLETION = {
  id: "cmpl-7c9e6679-7425-40de-944b-e07fc1f90ae7",
  object: "text_completion",
  created: 1_772_443_801,
  model: "gpt-3.5-turbo-instruct",
  choices: [{ text: " a gate where a toll is paid.", index: 0, logprobs: null, finish_reason: "stop" }],
  usage: { prompt_tokens: 4, completion_tokens: 8, total_tokens: 12 },
};
const completion = {
  type: "object",
  required: Object.keys(COMPLETION),
  properties: {
    id: text,
    object: { const: "text_completion" },
    choices: { type: "array", items: { type: "object" } },
    usage,
  },
};

const MODERATION = {
  id: "modr-7c9e6679-7425-40de-944b-e07fc1f90ae7",
  model: "omni-moderation-latest",
  results: [{ flagged: false, categories: {}, category_scores: {} }],
};
const moderation = {
  type: "object",
  required: Object.keys(MODERATION),
  properties: { id: text, model: text, results: { type: "array", items: { type: "object" } } },
};

/** What /v1 answers to questions that are no chats. */
export const jsonPaths = {
  "/v1/embeddings": {
    post: {
      operationId: "createEmbedding",
      tags: ["Embeddings"],
      summary: "Embeds a text, up to 2,048 texts, or lists of tokens.",
      description:
        "It asks the first model of the group only, unless the group says that the vectors of its models compare with each other. Vectors are not stored: a repeat with the same idempotency key gets them within a minute, and a 409 later.",
      parameters: PARAMETERS,
      requestBody: body(json(CONTRACTS.embeddings.schema, { model: "ChatFast", input: "What is a tollgate?" })),
      responses: answers("The vectors.", embeddings, EMBEDDINGS),
    },
  },
  "/v1/completions": {
    post: {
      operationId: "createCompletion",
      tags: ["Completions"],
      summary: "Goes on with a text, by OpenAI's older interface.",
      description:
        "The answer is whole, or a stream of its chunks. Other fields of OpenAI's request are passed on to the upstream.",
      parameters: PARAMETERS,
      requestBody: body(json(CONTRACTS.completions.schema, { model: "ChatFast", prompt: "A tollgate is" })),
      responses: answers("The completion.", completion, COMPLETION, { "text/event-stream": { schema: text } }),
    },
  },
  "/v1/moderations": {
    post: {
      operationId: "createModeration",
      tags: ["Moderations"],
      summary: "Tells whether texts or images are harmful, as the upstream judges them.",
      description:
        "The tokens are the gateway's own count if the upstream reports none. Without a price of the model, the cost is unpriced.",
      parameters: PARAMETERS,
      requestBody: body(json(CONTRACTS.moderations.schema, { model: "ChatFast", input: "Be kind." })),
      responses: answers("The judgement on each input.", moderation, MODERATION),
    },
  },
} as const;
