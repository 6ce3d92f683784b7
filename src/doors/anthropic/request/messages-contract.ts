import type { TSchema } from "typebox";
import type { BodyContract } from "../../../edge/http/bodies/faults.js";
import { pathOf } from "./path-of.js";

const orNull = (type: string) => ({ type: [type, "null"] });
const objects = { type: "array", items: { type: "object" } } as const;
const typed = (...types: readonly string[]) => ({
  type: ["object", "null"],
  required: ["type"],
  properties: { type: { type: "string", enum: types } },
});

const properties = {
  model: { type: "string", description: "The name of one of the team's model groups." },
  messages: {
    type: "array",
    items: {
      type: "object",
      required: ["role", "content"],
      properties: {
        role: { type: "string", enum: ["user", "assistant", "system"] },
        content: { ...objects, type: ["string", "array"] },
      },
    },
  },
  system: { ...objects, type: ["string", "array", "null"] },
  stop_sequences: { type: ["array", "null"], items: { type: "string" } },
  temperature: { type: ["number", "null"], minimum: 0, maximum: 1 },
  top_p: orNull("number"),
  top_k: orNull("integer"),
  stream: orNull("boolean"),
  tools: { ...objects, type: ["array", "null"] },
  tool_choice: typed("auto", "any", "tool", "none"),
  thinking: { type: ["object", "null"], required: ["type"], properties: { type: { type: "string" } } },
  output_config: orNull("object"),
  output_format: orNull("object"),
  metadata: { type: ["object", "null"], properties: { user_id: orNull("string") } },
  service_tier: orNull("string"),
};

const schemaWith = (required: readonly string[]): TSchema => ({
  type: "object",
  required: ["model", ...required, "messages"],
  properties: { ...properties, max_tokens: { type: required.length > 0 ? "integer" : ["integer", "null"] } },
});

/** The body of POST /v1/messages. */
export const messagesContract: BodyContract = { schema: schemaWith(["max_tokens"]), pathOf };
/** The body of POST /v1/messages/count_tokens, which needs no limit of the answer. */
export const countContract: BodyContract = { schema: schemaWith([]), pathOf };
