import { isObject } from "../../../lib/json/unknown-json.js";
import type { ChatMessage, ChatRequest, UnknownFields } from "../../provider.js";
import { inputItems } from "./input-items.js";

/** Options of chat completions that responses have no counterpart of. A request that says one of them is asked as a chat. */
const CHAT_ONLY = [
  "stop",
  "seed",
  "logit_bias",
  "frequency_penalty",
  "presence_penalty",
  "prediction",
  "audio",
  "functions",
];

/** Options that are read here. All others have the same name in responses. */
const READ: ReadonlySet<string> = new Set(
  [
    "max_tokens max_completion_tokens max_output_tokens tools tool_choice response_format verbosity reasoning_effort",
    "reasoning_summary reasoning logprobs stream_options output_config modalities web_search_options",
  ].flatMap((names) => names.split(" ")),
);

/** Whether responses can say all that a request asks. */
export const fitsResponses = ({ options, messages }: ChatRequest): boolean =>
  CHAT_ONLY.every((name) => options[name] == null) && !asksForSound(options.modalities) && !messages.some(hasSound);

const hasSound = ({ content }: ChatMessage): boolean =>
  Array.isArray(content) && content.some(({ type }) => type === "input_audio");

const asksForSound = (modalities: unknown): boolean => Array.isArray(modalities) && modalities.includes("audio");

/**
 * Writes a request in OpenAI's responses. Nothing is stored there: the gateway keeps what is to be kept. So thoughts come
 * encrypted, and are sent back with the conversation.
 */
export function responsesRequest({ model, messages, options, stream }: ChatRequest): UnknownFields {
  const same = Object.entries(options).filter(([name]) => !READ.has(name));
  const limit = ["max_completion_tokens", "max_tokens", "max_output_tokens"].map((name) => options[name]);
  const maxOutputTokens = limit.find((value) => value != null);
  const tools = Array.isArray(options.tools) ? options.tools.filter(isObject).map(flatTool) : [];
  const text = textOf(options);
  const reasoning = reasoningOf(options);
  const include = [
    ...(reasoning ? ["reasoning.encrypted_content"] : []),
    ...(options.logprobs === true ? ["message.output_text.logprobs"] : []),
  ];
  return {
    ...Object.fromEntries(same),
    model,
    input: messages.flatMap(inputItems),
    ...(maxOutputTokens != null && { max_output_tokens: maxOutputTokens }),
    ...(tools.length > 0 && { tools }),
    ...(options.tool_choice != null && { tool_choice: flatChoice(options.tool_choice) }),
    ...(text && { text }),
    ...(reasoning && { reasoning }),
    ...(include.length > 0 && { include }),
    store: false,
    stream,
  };
}

/** A function stands in an object of its own in chats, and by itself in responses. */
function flatTool(tool: UnknownFields): UnknownFields {
  const target = tool.type === "custom" ? tool.custom : tool.function;
  if (!isObject(target)) return tool;
  const { strict = false, ...rest } = target;
  return tool.type === "custom" ? { type: "custom", ...target } : { type: "function", ...rest, strict };
}

function flatChoice(choice: unknown): unknown {
  if (!isObject(choice)) return choice;
  if (choice.type === "allowed_tools" && isObject(choice.allowed_tools)) {
    const { mode, tools } = choice.allowed_tools;
    return { type: "allowed_tools", mode, tools: [tools].flat().map(flatChoice) };
  }
  const target = isObject(choice.function) ? choice.function : choice.custom;
  return isObject(target) ? { type: choice.type ?? "function", name: target.name } : choice;
}

function textOf({ response_format: given, verbosity }: UnknownFields): UnknownFields | undefined {
  const format = isObject(given) ? flatFormat(given) : undefined;
  if (!format && verbosity == null) return undefined;
  return { ...(format && { format }), ...(verbosity != null && { verbosity }) };
}

const flatFormat = (given: UnknownFields): UnknownFields =>
  given.type === "json_schema" && isObject(given.json_schema) ? { type: "json_schema", ...given.json_schema } : given;

function reasoningOf({
  reasoning_effort: effort,
  reasoning_summary: summary,
}: UnknownFields): UnknownFields | undefined {
  if (effort == null && summary == null) return undefined;
  return { ...(effort != null && { effort }), ...(summary != null && { summary }) };
}
