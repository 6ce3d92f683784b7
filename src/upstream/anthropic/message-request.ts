import { isObject } from "../../lib/json/unknown-json.js";
import type { ChatRequest, UnknownFields } from "../provider.js";
import { conversationOf } from "./message-turns.js";

/** Anthropic demands a limit. This one is within what each of its models can write. */
const OUTPUT_TOKENS_DEFAULT = 4_096;

/**
 * Options of OpenAI's format that Anthropic has no counterpart of. They shape how an answer is worded or kept, and
 * not what is asked, so a request without them is still the same request.
 */
const LEFT_OUT: ReadonlySet<string> = new Set(
  [
    "frequency_penalty presence_penalty logit_bias logprobs top_logprobs seed modalities prediction verbosity",
    "prompt_cache_key prompt_cache_retention cache_prompt include_reasoning reasoning_format reasoning_summary",
  ].flatMap((names) => names.split(" ")),
);

/** Options that are read here. All others are Anthropic's own, such as `top_k` and `thinking`, and keep their names. */
const READ: ReadonlySet<string> = new Set(
  [
    "max_tokens max_completion_tokens max_output_tokens temperature stop tools tool_choice parallel_tool_calls",
    "response_format reasoning_effort user safety_identifier output_config stream_options service_tier",
  ].flatMap((names) => names.split(" ")),
);

/**
 * Writes a request in Anthropic's format. What OpenAI's options say, it says in Anthropic's words:
 *
 * | OpenAI | Anthropic |
 * |---|---|
 * | system and developer messages, wherever they stand | `system` |
 * | `max_completion_tokens`, `max_tokens` | `max_tokens`, 4096 more than the budget of `thinking` if there is none |
 * | `temperature` above 1 | 1, the highest |
 * | `stop` | `stop_sequences` |
 * | `tool_choice` required, a function | `any`, `tool` |
 * | `tool_choice` allowed_tools | these tools only |
 * | `response_format` json_schema | `output_config.format` |
 * | `response_format` json_object | a sentence at the end of `system` |
 * | `reasoning_effort` | `output_config.effort`, and `thinking` adaptive unless a tool must be called |
 * | `user`, `safety_identifier` | `metadata.user_id` |
 * | `service_tier` default | `standard_only` |
 */
export function messageRequest({ model, messages, options: given, stream }: ChatRequest): UnknownFields {
  const options = withAllowedTools(given);
  const own = Object.entries(options).filter(([name]) => !LEFT_OUT.has(name) && !READ.has(name));
  const tools = Array.isArray(options.tools) ? options.tools.filter(isObject).map(toolOf) : [];
  const choice = toolChoiceOf(options, tools.length > 0);
  const effort = effortOf(options.reasoning_effort);
  const config = outputConfigOf(options, effort);
  const thinksByEffort =
    effort !== undefined && options.thinking === undefined && !hasOwnEffort(options) && !isForced(choice);
  const { system, turns } = conversationOf(messages, isOfType(options.response_format, "json_object"));
  const tier = options.service_tier === "default" ? "standard_only" : options.service_tier;
  const user = options.user ?? options.safety_identifier;
  return {
    ...Object.fromEntries(own),
    model,
    max_tokens:
      firstOf(options, ["max_completion_tokens", "max_tokens", "max_output_tokens"]) ?? limitWith(options.thinking),
    ...(system.length > 0 && { system }),
    messages: turns,
    ...(typeof options.temperature === "number" && { temperature: Math.min(options.temperature, 1) }),
    ...(options.stop != null && { stop_sequences: [options.stop].flat() }),
    ...(tools.length > 0 && { tools }),
    ...(choice && { tool_choice: choice }),
    ...(thinksByEffort && { thinking: { type: "adaptive" } }),
    ...(config && { output_config: config }),
    ...(typeof user === "string" && { metadata: { user_id: user } }),
    ...(tier != null && { service_tier: tier }),
    stream,
  };
}

const firstOf = (options: UnknownFields, names: readonly string[]): unknown =>
  names.map((name) => options[name]).find((value) => value != null);

const isOfType = (given: unknown, type: string): given is UnknownFields => isObject(given) && given.type === type;

/** The limit of an answer that names none. Thoughts count towards it. */
function limitWith(thinking: unknown): number {
  const budget = isObject(thinking) ? thinking.budget_tokens : undefined;
  return OUTPUT_TOKENS_DEFAULT + (Number.isSafeInteger(budget) ? Number(budget) : 0);
}

/** OpenAI's list of the tools that may be called stands beside that of all tools. Anthropic has one list. */
function withAllowedTools(options: UnknownFields): UnknownFields {
  const { tool_choice: choice, tools } = options;
  const allowed = isOfType(choice, "allowed_tools") ? choice.allowed_tools : undefined;
  if (!isObject(allowed) || !Array.isArray(tools)) return options;
  const names = new Set([allowed.tools].flat().map(nameOfTool));
  return {
    ...options,
    tools: tools.filter((tool) => names.has(nameOfTool(tool))),
    tool_choice: allowed.mode ?? "auto",
  };
}

function nameOfTool(tool: unknown): unknown {
  if (!isObject(tool)) return undefined;
  return [tool.function, tool.custom, tool].find(isObject)?.name;
}

/** A tool of OpenAI's is written anew. Any other is Anthropic's own, which the admin allowed. */
function toolOf(tool: UnknownFields): UnknownFields {
  if (!isObject(tool.function)) return tool;
  const { name, description, parameters, strict } = tool.function;
  return {
    name,
    ...(typeof description === "string" && { description }),
    input_schema: isObject(parameters) ? parameters : { type: "object" },
    ...(strict === true && { strict }),
    ...(isObject(tool.cache_control) && { cache_control: tool.cache_control }),
  };
}

function toolChoiceOf(
  { tool_choice: choice, parallel_tool_calls: parallel }: UnknownFields,
  hasTools: boolean,
): UnknownFields | undefined {
  if (!hasTools) return undefined;
  const one = parallel === false && { disable_parallel_tool_use: true };
  if (choice === "none") return { type: "none" };
  if (choice === "required") return { type: "any", ...one };
  if (isObject(choice) && isObject(choice.function)) return { type: "tool", name: choice.function.name, ...one };
  if (choice == null) return one ? { type: "auto", ...one } : undefined;
  // What is not known here is for Anthropic to refuse.
  return { ...(isObject(choice) ? choice : { type: choice }), ...one };
}

/** Anthropic's models do not think before a tool that they must call. */
const isForced = (choice: UnknownFields | undefined): boolean => choice?.type === "any" || choice?.type === "tool";

/** Anthropic has no effort below "low". */
function effortOf(effort: unknown): unknown {
  if (effort == null || effort === "none") return undefined;
  return effort === "minimal" ? "low" : effort;
}

/** A client that speaks Anthropic's format says the effort there, and asks for thoughts apart. */
const hasOwnEffort = ({ output_config: own }: UnknownFields): boolean => isObject(own) && own.effort != null;

function outputConfigOf({ response_format: format, output_config: own }: UnknownFields, effort: unknown) {
  const schema =
    isOfType(format, "json_schema") && isObject(format.json_schema) ? format.json_schema.schema : undefined;
  const config = {
    ...(effort !== undefined && { effort }),
    ...(schema !== undefined && { format: { type: "json_schema", schema } }),
    ...(isObject(own) && own),
  };
  return Object.keys(config).length > 0 ? config : undefined;
}
