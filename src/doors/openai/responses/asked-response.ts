import type { Json, JsonObject } from "../../../lib/json/json.js";
import { isObject } from "../../../lib/json/unknown-json.js";
import type { ResponseBody } from "./input/response-body.js";

/** What a request says of its response, which the response repeats. Its names are those of OpenAI. */
export interface AskedResponse extends JsonObject {
  previous_response_id: string | null;
  include: string[];
  store: boolean;
}

/**
 * What the response repeats of its request. Where the request says nothing, it says what OpenAI's service does, because
 * clients expect a value. `truncation` is "disabled" whatever was asked: the gateway leaves out nothing of a conversation. A
 * conversation that is too long is refused by its model.
 */
export function askedResponse(body: ResponseBody): AskedResponse {
  const { format = null, ...text } = objectOf(body.text);
  const { effort = null, summary = null } = objectOf(body.reasoning);
  return {
    previous_response_id: (body.previous_response_id as string | null | undefined) ?? null,
    instructions: body.instructions ?? null,
    tools: ((body.tools as JsonObject[] | null | undefined) ?? []).map(shownTool),
    tool_choice: body.tool_choice ?? "auto",
    truncation: "disabled",
    parallel_tool_calls: body.parallel_tool_calls ?? true,
    text: { ...text, format: shownFormat(format) },
    top_p: body.top_p ?? 1,
    presence_penalty: body.presence_penalty ?? 0,
    frequency_penalty: body.frequency_penalty ?? 0,
    top_logprobs: body.top_logprobs ?? 0,
    temperature: body.temperature ?? 1,
    reasoning: { effort, summary },
    user: body.user ?? null,
    max_output_tokens: body.max_output_tokens ?? null,
    max_tool_calls: body.max_tool_calls ?? null,
    store: body.store !== false,
    background: false,
    service_tier: body.service_tier ?? "default",
    metadata: body.metadata ?? {},
    safety_identifier: body.safety_identifier ?? null,
    prompt_cache_key: body.prompt_cache_key ?? null,
    include: (body.include as string[] | null | undefined) ?? [],
  };
}

const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? (value as JsonObject) : {});

/** Functions have these fields also if the request leaves them out. */
const shownTool = (tool: JsonObject): JsonObject =>
  tool.type === "function" ? { description: null, parameters: null, strict: true, ...tool } : tool;

function shownFormat(format: Json): Json {
  if (!isObject(format)) return { type: "text" };
  return format.type === "json_schema"
    ? { description: null, strict: false, ...(format as JsonObject) }
    : (format as JsonObject);
}
