import { isObject, parseJson } from "../../lib/json/unknown-json.js";
import type { ChatMessage, UnknownFields } from "../provider.js";
import { blocksOf, textBlocksOf } from "./message-blocks.js";

type Block = UnknownFields;

interface Turn {
  readonly role: "user" | "assistant";
  readonly content: Block[];
}

const JSON_ONLY = "Answer with one JSON object and with nothing beside it.";

/** The system prompt and the conversation. If there is only a system prompt, the user says it: Anthropic wants a turn. */
export function conversationOf(
  messages: readonly ChatMessage[],
  wantsJson: boolean,
): { system: Block[]; turns: Turn[] } {
  const [system, turns] = [systemOf(messages, wantsJson), turnsOf(messages)];
  if (turns.length > 0 || system.length === 0) return { system, turns };
  return { system: [], turns: [{ role: "user", content: system }] };
}

/** The system prompt: all system and developer messages, in their order. */
function systemOf(messages: readonly ChatMessage[], wantsJson: boolean): Block[] {
  const blocks = messages.filter(isSystem).flatMap((message) => withCache(textBlocksOf(message.content), message));
  return wantsJson ? [...blocks, { type: "text", text: JSON_ONLY }] : blocks;
}

const isSystem = ({ role }: ChatMessage): boolean => role === "system" || role === "developer";

/**
 * The conversation. Anthropic has two roles: the result of a tool is a block of the user's. Messages of one role that
 * follow each other are one turn, because all results of one turn's tools must be in the next.
 */
function turnsOf(messages: readonly ChatMessage[]): Turn[] {
  const turns: Turn[] = [];
  const older = new OlderCalls();
  for (const message of messages) {
    if (isSystem(message)) continue;
    const role = message.role === "assistant" ? "assistant" : "user";
    const content = withCache(contentOf(message, older), message);
    const last = turns.at(-1);
    if (content.length === 0) continue;
    if (last?.role === role) last.content.push(...content);
    else turns.push({ role, content });
  }
  return turns;
}

/** The older interface has no ids, and a function may be called twice. Its result follows its call. */
class OlderCalls {
  private readonly counts = new Map<string, number>();

  begin(name: string): string {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    return this.lastOf(name);
  }

  lastOf(name: string): string {
    const count = this.counts.get(name) ?? 1;
    return count === 1 ? name : `${name}_${count}`;
  }
}

function contentOf(message: ChatMessage, older: OlderCalls): Block[] {
  if (message.role === "tool") return [resultOf(message, message.tool_call_id ?? "")];
  if (message.role === "function") return [resultOf(message, older.lastOf(message.name ?? ""))];
  if (message.role !== "assistant") return blocksOf(message.content);
  return [...thoughtsOf(message), ...blocksOf(message.content), ...toolUsesOf(message, older)];
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
  const isSigned = (signature: unknown) => typeof signature === "string" && signature !== "";
  return given.filter(({ type, signature }) => type === "redacted_thinking" || isSigned(signature));
}

function toolUsesOf(message: ChatMessage, older: OlderCalls): Block[] {
  const { function_call: call } = message as ChatMessage & UnknownFields;
  const calls = (message.tool_calls ?? []).flatMap(({ id, function: target, custom, cache_control: mark }) => {
    const marked = isObject(mark) && { cache_control: mark };
    if (isObject(target)) return [{ ...toolUse(String(id), target.name, target.arguments), ...marked }];
    return isObject(custom) ? [{ ...toolUse(String(id), custom.name, custom.input), ...marked }] : [];
  });
  return isObject(call) ? [...calls, toolUse(older.begin(String(call.name)), call.name, call.arguments)] : calls;
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
