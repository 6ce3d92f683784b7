import type { FastifyRequest } from "fastify";
import type { BodyContract, FieldPath } from "../../edge/http/bodies/faults.js";
import { LlmCallInput } from "../../features/calls/question/call.input.js";
import { MessageInput, MessageRole } from "../../features/calls/question/message.input.js";
import { entryOf } from "../../lib/json/entry-of.js";
import type { JsonObject } from "../../lib/json/json.js";
import { placeOf } from "../chat/place-of-request.js";
import { withTools } from "./older-functions.js";

/** The fields of OpenAI's request that the gateway reads. It passes all others on. */
export interface ChatBody extends JsonObject {
  readonly model: string;
  readonly messages: JsonObject[];
  readonly stream: boolean | null;
  readonly stream_options: JsonObject | null;
}

/** Our names of OpenAI's fields. A field that is not here goes to the upstream unchanged. */
const FIELDS: Readonly<Record<string, keyof LlmCallInput>> = {
  model: "modelGroup",
  messages: "messages",
  temperature: "temperature",
  max_tokens: "maxTokens",
  top_p: "topP",
  stop: "stop",
  seed: "seed",
  tools: "tools",
  tool_choice: "toolChoice",
  response_format: "responseFormat",
};
const FIELDS_OF_MESSAGE: Readonly<Record<string, keyof MessageInput>> = {
  role: "role",
  content: "content",
  name: "name",
  tool_calls: "toolCalls",
  tool_call_id: "toolCallId",
};
/** Fields that the gateway acts on itself, so that the upstream does not get them. */
const OURS: ReadonlySet<string> = new Set(["stream", "stream_options"]);

const orNull = (type: string) => ({ type: [type, "null"] });

/** The body of a chat completion: its schema, and the way from a field of ours back to OpenAI's name. */
export const chatContract: BodyContract = {
  schema: {
    type: "object",
    required: ["model", "messages"],
    properties: {
      model: { type: "string" },
      messages: {
        type: "array",
        items: {
          type: "object",
          required: ["role"],
          properties: {
            role: { type: "string", enum: Object.values(MessageRole).map((role) => role.toLowerCase()) },
            content: { type: ["string", "array", "null"], items: { type: "object" } },
            name: orNull("string"),
            tool_calls: { type: ["array", "null"], items: { type: "object" } },
            tool_call_id: orNull("string"),
          },
        },
      },
      temperature: orNull("number"),
      max_tokens: orNull("integer"),
      top_p: orNull("number"),
      stop: { type: ["string", "array", "null"], items: { type: "string" } },
      seed: orNull("integer"),
      tools: { type: ["array", "null"], items: { type: "object" } },
      functions: { type: ["array", "null"], items: { type: "object" } },
      tool_choice: { type: ["string", "object", "null"] },
      response_format: orNull("object"),
      stream: orNull("boolean"),
      stream_options: orNull("object"),
      n: orNull("integer"),
    },
  },
  pathOf: ([field, ...inside]: FieldPath): FieldPath => {
    // A field that has no name of ours.
    if (field === "providerOptions") return inside;
    const name = Object.keys(FIELDS).find((key) => FIELDS[key] === field) ?? field;
    if (name !== "messages" || inside.length < 2) return name === undefined ? [] : [name, ...inside];
    const [index, inner, ...rest] = inside;
    if (inner === "providerOptions") return [name, index as number, ...rest];
    const nameInside = Object.keys(FIELDS_OF_MESSAGE).find((key) => FIELDS_OF_MESSAGE[key] === inner) ?? inner;
    return [name, index as number, nameInside === "parts" ? "content" : (nameInside as string), ...rest];
  },
};

/** Makes the service's input from a body, and from the job and the idempotency key that the request names. */
export function toInput(body: ChatBody, request: FastifyRequest): LlmCallInput {
  const { named, others } = split(withTools(body), FIELDS);
  const { messages, stop, ...rest } = named;
  return Object.assign(new LlmCallInput(), {
    ...rest,
    messages: (messages as JsonObject[]).map(toMessage),
    stop: stop == null ? null : [stop].flat(),
    providerOptions: others,
    leavesOutBookkeeping: true,
    ...placeOf(request, body.metadata),
    idempotencyKey: request.headers["idempotency-key"] ?? null,
  });
}

function toMessage(message: JsonObject): MessageInput {
  const { named, others } = split(message, FIELDS_OF_MESSAGE);
  const { role, content, ...rest } = named;
  return Object.assign(new MessageInput(), {
    ...rest,
    role: String(role).toUpperCase(),
    ...(Array.isArray(content) ? { parts: content } : { content }),
    providerOptions: others,
  });
}

/**
 * Separates the fields that have a name of ours from the others. Of the others, null counts as absent, as OpenAI has
 * it.
 */
function split(given: JsonObject, fields: Readonly<Record<string, string>>) {
  const named: Record<string, unknown> = {};
  const others: JsonObject = {};
  for (const [name, value] of Object.entries(given)) {
    const field = entryOf(fields, name);
    if (field !== undefined) named[field] = value;
    else if (value !== null && !OURS.has(name)) others[name] = value;
  }
  return { named, others };
}
