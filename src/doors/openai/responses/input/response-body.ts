import type { BodyContract, FieldPath } from "../../../../edge/http/bodies/faults.js";
import { invalid } from "../../../../input/validate.js";
import { entryOf } from "../../../../lib/json/entry-of.js";
import type { Json, JsonObject } from "../../../../lib/json/json.js";

/** The fields of a request that the gateway reads. It passes others on, as /v1/chat/completions does. */
export interface ResponseBody extends JsonObject {
  readonly model: string;
  readonly input: string | JsonObject[];
  readonly stream: boolean | null;
}

const orNull = (type: string) => ({ type: [type, "null"] });

/** Our names of the fields, and the paths to them in a request. */
const PATHS: Readonly<Record<string, FieldPath>> = {
  modelGroup: ["model"],
  messages: ["input"],
  // Fields that are called "input" cannot be told apart from the name that services give to all of theirs.
  items: ["input"],
  previousId: ["previous_response_id"],
  maxTokens: ["max_output_tokens"],
  topP: ["top_p"],
  toolChoice: ["tool_choice"],
  responseFormat: ["text", "format"],
};
const OPTION_PATHS: Readonly<Record<string, FieldPath>> = {
  reasoning_effort: ["reasoning", "effort"],
  verbosity: ["text", "verbosity"],
  logprobs: ["include"],
};

export const responseFields = {
  model: { type: "string" },
  input: { type: ["string", "array"], items: { type: "object" } },
  instructions: orNull("string"),
  tools: { type: ["array", "null"], items: { type: "object" } },
  tool_choice: { type: ["string", "object", "null"] },
  parallel_tool_calls: orNull("boolean"),
  text: orNull("object"),
  reasoning: orNull("object"),
  max_output_tokens: orNull("integer"),
  temperature: orNull("number"),
  top_p: orNull("number"),
  top_logprobs: orNull("integer"),
  include: { type: ["array", "null"], items: { type: "string" } },
  metadata: orNull("object"),
  truncation: { type: ["string", "null"], enum: ["auto", "disabled", null] },
  previous_response_id: orNull("string"),
  store: orNull("boolean"),
  stream: orNull("boolean"),
  stream_options: orNull("object"),
  background: orNull("boolean"),
} as const;

export const responseContract: BodyContract = {
  schema: { type: "object", required: ["model", "input"], properties: responseFields },
  pathOf: ([field, ...inside]: FieldPath): FieldPath => {
    if (field === undefined) return [];
    if (field === "providerOptions") {
      const [option, ...deeper] = inside;
      return [...(entryOf(OPTION_PATHS, option) ?? inside.slice(0, 1)), ...deeper];
    }
    return [...(entryOf(PATHS, field) ?? [field]), ...inside];
  },
};

/** What is refused, and what to do instead. */
const REFUSED: Readonly<Record<string, string>> = {
  background:
    "must be false, because a response is answered on its own connection. Leave it out; the call goes on if the client goes away, and GET /v1/responses/{id} has the answer",
  conversation:
    "is not supported. Name the response before this one in previous_response_id, or send the whole conversation",
  prompt: "is not supported, because the gateway keeps no prompts. Send the prompt itself as instructions and input",
};

/** Refuses what no model group allows, because it would need something that the gateway does not have. */
export function requireSupported(body: ResponseBody): void {
  for (const [name, rule] of Object.entries(REFUSED)) {
    const value: Json | undefined = body[name];
    if (value != null && value !== false) throw invalid(name, rule, value);
  }
}
