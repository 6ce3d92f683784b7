import type { FastifyRequest } from "fastify";
import { Type } from "typebox";
import type { BodyContract, FieldPath } from "../../../edge/http/bodies/faults.js";
import { JsonCallInput, type JsonEndpoint } from "../../../features/calls/question/json-call.input.js";
import { DIMENSIONS_MAX } from "../../../features/calls/question/json-question.js";
import type { JsonObject } from "../../../lib/json/json.js";
import { placeOf } from "../../chat/place-of-request.js";

/** The body of a question that is no chat. The gateway reads some of its fields, and passes all on but the model. */
export interface JsonBody extends JsonObject {
  readonly model: string;
}

const orNull = (type: string, rules: object = {}) => ({ type: [type, "null"], ...rules });

/** OpenAI takes 300,000 tokens at once, and LangChain sends texts as lists of their tokens. */
const TOKENS_MAX = 300_000;

const contract = (required: readonly string[], properties: object, numbersMax = 0): BodyContract => ({
  numbersMax,
  schema: Type.Unsafe({
    type: "object",
    required: ["model", ...required],
    properties: { model: { type: "string" }, ...properties },
  }),
  pathOf: ([field, ...inside]: FieldPath): FieldPath => {
    if (field === "body" || field === "providerOptions") return inside;
    if (field === "modelGroup") return ["model", ...inside];
    if (field === "maxTokens") return ["max_tokens"];
    return field === undefined ? [] : [field, ...inside];
  },
});

export const CONTRACTS: Readonly<Record<JsonEndpoint, BodyContract>> = {
  embeddings: contract(
    ["input"],
    {
      input: { type: ["string", "array"] },
      dimensions: orNull("integer", { minimum: 1, maximum: DIMENSIONS_MAX }),
      encoding_format: { enum: ["float", "base64", null] },
      user: orNull("string"),
    },
    TOKENS_MAX,
  ),
  completions: contract(
    ["prompt"],
    {
      prompt: { type: ["string", "array"] },
      suffix: orNull("string"),
      max_tokens: orNull("integer", { minimum: 1 }),
      temperature: orNull("number"),
      stream: orNull("boolean"),
      stream_options: orNull("object"),
    },
    TOKENS_MAX,
  ),
  moderations: contract(["input"], { input: { type: ["string", "array"] } }),
};

/** Bookkeeping of OpenAI's own, and what says how the older completions are to be answered. The upstream gets none of it. */
const OURS: ReadonlySet<string> = new Set(["model", "stream_options"]);

/** Makes the service's input from a body, and from the job and the idempotency key that the request names. */
export function toJsonInput(endpoint: JsonEndpoint, body: JsonBody, request: FastifyRequest): JsonCallInput {
  const isAbsent = (name: string, value: unknown) => value === null || (name === "stream" && value === false);
  const fields = Object.entries(body).filter(([name, value]) => !OURS.has(name) && !isAbsent(name, value));
  return Object.assign(new JsonCallInput(), {
    endpoint,
    modelGroup: body.model,
    body: Object.fromEntries(fields),
    ...placeOf(request, body.metadata),
    idempotencyKey: request.headers["idempotency-key"] ?? null,
  });
}
