import { isObject, parseJson } from "../../lib/json/unknown-json.js";
import type { ChatMessage, UnknownFields } from "../provider.js";
import { blocksOf, textBlocksOf } from "./message-blocks.js";

type Block = UnknownFields;

interface Turn {
  readonly role: "user" | "assistant";
  readonly content: Block[];
}

const JSON_ONLY = "Answer with one JSON object and with nothing beside it.";

/** The system prompt: all system and developer messages, in their order. */
export function systemOf(messages: readonly ChatMessage[], wantsJson: boolean): Block[] {
  const blocks = messages.filter(isSystem).flatMap((message) => withCache(textBlocksOf(message.content), message));
  return wantsJson ? [...blocks, { type: "text", text: JSON_ONLY }] : blocks;
}

const isSystem = ({ role }: ChatMessage): boolean => role === "system" || role === "developer";

/**
 * The conversation. Anthropic has two roles: the result of a tool is a block of the user's. Messages of one role that
 * follow each other are one turn, because all results of one turn's tools must be in the next.
 */
export function turnsOf(messages: readonly ChatMessage[]): Turn[] {
  const turns: Turn[] = [];
  for (const message of messages) {
    if (isSystem(message)) continue;
    const role = message.role === "assistant" ? "assistant" : "user";
    const content = withCache(contentOf(message), message);
    const last = turns.at(-1);
    if (content.length === 0) continue;
    if (last?.role === role) last.content.push(...content);
    else turns.push({ role, content });
  }
  return turns;
}

function contentOf(message: ChatMessage): Block[] {
  if (message.role === "tool") return [resultOf(message, message.tool_call_id ?? "")];
  if (message.role === "function") return [resultOf(message, message.name ?? "")];
  if (message.role !== "assistant") return blocksOf(message.content);
  return [...thoughtsOf(message), ...blocksOf(message.content), ...toolUsesOf(message)];
}

function resultOf(message: ChatMessage, toolUseId: string): Block {
  const { is_error: isError } = message as ChatMessage & UnknownFields;
  const content = blocksOf(message.content);
  return {
    type: "tool_result",
    tool_use_id: idOf(toolUseId),
    ...(content.length > 0 && { content }),
    ...(isError === true && { is_error: true }),
  };
}

/** Anthropic takes a thought back only with its signature. */
function thoughtsOf(message: ChatMessage): Block[] {
  const { thinking_blocks: blocks } = message as ChatMessage & UnknownFields;
  const given = Array.isArray(blocks) ? blocks.filter(isObject) : [];
  return given.filter(({ type, signature }) => type === "redacted_thinking" || typeof signature === "string");
}

function toolUsesOf(message: ChatMessage): Block[] {
  const { function_call: older } = message as ChatMessage & UnknownFields;
  const calls = (message.tool_calls ?? []).flatMap(({ id, function: target, custom, cache_control: mark }) => {
    const marked = isObject(mark) && { cache_control: mark };
    if (isObject(target)) return [{ ...toolUse(String(id), target.name, target.arguments), ...marked }];
    return isObject(custom) ? [{ ...toolUse(String(id), custom.name, custom.input), ...marked }] : [];
  });
  return isObject(older) ? [...calls, toolUse(String(older.name), older.name, older.arguments)] : calls;
}

/** Models write arguments that are no JSON object now and then. They are sent as they are, under a name. */
function toolUse(id: string, name: unknown, given: unknown): Block {
  const parsed = typeof given === "string" ? parseJson(given) : given;
  const input = isObject(parsed)
    ? parsed
    : typeof given === "string" && given.trim() !== ""
      ? { arguments: given }
      : {};
  return { type: "tool_use", id: idOf(id), name, input };
}

/** Anthropic's ids have letters, digits, _ and - only. Those of others may have more. */
const idOf = (id: string): string => id.replace(/[^\w-]/g, "_") || "_";

/** A message's mark for the cache stands on its last block. */
function withCache(blocks: Block[], message: ChatMessage): Block[] {
  const { cache_control: mark } = message as ChatMessage & UnknownFields;
  const last = blocks.at(-1);
  return isObject(mark) && last ? [...blocks.slice(0, -1), { ...last, cache_control: mark }] : blocks;
}
