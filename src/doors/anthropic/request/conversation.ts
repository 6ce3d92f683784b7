import type { FieldPath } from "../../../edge/http/bodies/faults.js";
import { MessageInput, MessageRole } from "../../../features/calls/question/message.input.js";
import { stringifyExact } from "../../../lib/json/exact-json.js";
import type { Json, JsonObject } from "../../../lib/json/json.js";
import { isObject } from "../../../lib/json/unknown-json.js";
import { isOwnBlock } from "../own-blocks.js";
import type { ApiVersion } from "./api-version.js";
import { beside, blockOf, contentParts, isContent, type PlacedPart, partsWithin, textOf } from "./content-parts.js";
import type { MessagesBody } from "./messages-body.js";
import { notOffered, unusable } from "./unusable.js";

/** A message of the service's input, and where in the request it and its pieces come from. */
export interface PlacedMessage {
  readonly message: MessageInput;
  readonly at: FieldPath;
  readonly content: FieldPath;
  readonly parts: readonly FieldPath[];
  readonly toolCalls: readonly FieldPath[];
}

/**
 * Turns Anthropic's system prompt and turns into messages. One turn of the user may become several: OpenAI has the result
 * of each tool in a message of its own, right after the message that asked for it. "any" refuses what no version knows.
 */
export function conversationOf(
  { system, messages }: Pick<MessagesBody, "system" | "messages">,
  version: ApiVersion | "any",
): PlacedMessage[] {
  return [
    ...(system == null ? [] : [systemMessage(system, ["system"])]),
    ...messages.flatMap((turn, index) => messagesOfTurn(turn, ["messages", index], version)),
  ];
}

function messagesOfTurn(turn: JsonObject, at: FieldPath, version: ApiVersion | "any"): PlacedMessage[] {
  const content = [...at, "content"];
  if (turn.role === "assistant") return [assistantMessage(turn, at, version)];
  if (turn.role === "user") return userMessages(turn, at, version);
  if (version === "2023-06-01")
    throw unusable([...at, "role"], 'must be "user" or "assistant". Use the top-level system parameter', turn.role);
  return [{ ...systemMessage(turn.content, content), at }];
}

function systemMessage(given: Json | undefined, at: FieldPath): PlacedMessage {
  const parts = partsWithin(given, at);
  const other = parts.find(({ part }) => part.type !== "text");
  if (other) throw unusable([...other.at, "type"], 'must be "text" in a system prompt', other.part.type);
  return { ...placed(MessageRole.SYSTEM, parts, at), at };
}

function userMessages({ content }: JsonObject, at: FieldPath, version: ApiVersion | "any"): PlacedMessage[] {
  const inside = [...at, "content"];
  if (!Array.isArray(content)) return [placed(MessageRole.USER, partsWithin(content, inside), inside)];
  const blocks = content.map((block, index) => ({ block: blockOf(block, [...inside, index]), at: [...inside, index] }));
  const results = blocks.filter(({ block }) => block.type === "tool_result");
  const others = blocks.filter(({ block }) => block.type !== "tool_result");
  for (const { block, at: place } of others) {
    if (!isContent(block)) throw notOfTurn(block, place, "text, image, document or tool_result in a turn of the user");
    if (version === "2026-10-21" && block.type === "text" && block.citations != null)
      throw notOffered([...place, "citations"], "citations are not allowed on a text of the user.");
  }
  const parts = others.flatMap(({ block, at: place }) => contentParts(block, place));
  return [
    ...results.map(({ block, at: place }) => toolMessage(block, place)),
    ...(others.length > 0 || results.length === 0 ? [placed(MessageRole.USER, parts, inside)] : []),
  ];
}

function toolMessage(block: JsonObject, at: FieldPath): PlacedMessage {
  const inside = [...at, "content"];
  return placed(MessageRole.TOOL, partsWithin(block.content, inside), inside, {
    at,
    toolCallId: textOf(block, "tool_use_id", at),
    others: { ...(block.is_error === true && { is_error: true }), ...beside(block, "cache_control") },
  });
}

function assistantMessage({ content }: JsonObject, at: FieldPath, version: ApiVersion | "any"): PlacedMessage {
  const inside = [...at, "content"];
  if (!Array.isArray(content)) return placed(MessageRole.ASSISTANT, partsWithin(content, inside), inside);
  const parts: PlacedPart[] = [];
  const calls: PlacedPart[] = [];
  const thoughts: JsonObject[] = [];
  for (const [index, each] of content.entries()) {
    const place = [...inside, index];
    const block = blockOf(each, place);
    if (block.type === "tool_use") calls.push({ part: toolCallOf(block, place), at: place });
    else if (block.type === "thinking" || block.type === "redacted_thinking") thoughts.push(thoughtOf(block, place));
    else if (block.type === "document" && version === "2026-10-21")
      throw notOffered([...place, "type"], "documents are not allowed in a turn of the assistant.");
    else if (isOwnBlock(block)) parts.push({ part: block as JsonObject, at: place });
    else if (isContent(block)) parts.push(...contentParts(block, place));
    else throw notOfTurn(block, place, "text, thinking, redacted_thinking or tool_use in a turn of the assistant");
  }
  return placed(MessageRole.ASSISTANT, parts, inside, { at, calls, others: thoughtFields(thoughts) });
}

const notOfTurn = (block: JsonObject, at: FieldPath, rule: string) =>
  unusable([...at, "type"], `must be ${rule}`, block.type);

function toolCallOf(block: JsonObject, at: FieldPath): JsonObject {
  const { input } = block;
  if (!isObject(input)) throw unusable([...at, "input"], "must be an object", input ?? null);
  const called = { name: textOf(block, "name", at), arguments: stringifyExact(input) };
  return { id: textOf(block, "id", at), type: "function", function: called, ...beside(block, "cache_control") };
}

function thoughtOf(block: JsonObject, at: FieldPath): JsonObject {
  if (block.type === "redacted_thinking") return { type: block.type, data: textOf(block, "data", at) };
  const signature = typeof block.signature === "string" ? block.signature : "";
  return { type: "thinking", thinking: textOf(block, "thinking", at), signature };
}

/** A thought that no model of Anthropic's has signed is only a text, for the models that take theirs back as such. */
function thoughtFields(thoughts: readonly JsonObject[]): JsonObject {
  const text = thoughts.map(({ thinking = "" }) => thinking).join("");
  const signed = thoughts.filter(({ signature }) => signature !== "");
  return {
    ...(text !== "" && { reasoning_content: text }),
    ...(signed.length > 0 && { thinking_blocks: [...signed] }),
  };
}

interface Beside {
  readonly at: FieldPath;
  readonly calls?: readonly PlacedPart[];
  readonly toolCallId?: string;
  readonly others?: JsonObject;
}

/** Makes a message. One plain text is sent as a text and not as a list of parts, which some models cannot read. */
function placed(
  role: MessageRole,
  parts: readonly PlacedPart[],
  inside: FieldPath,
  { at = inside.slice(0, -1), calls = [], toolCallId, others = {} }: Partial<Beside> = {},
): PlacedMessage {
  const [first, ...more] = parts;
  const isPlain = first && more.length === 0 && Object.keys(first.part).join() === "type,text";
  const isCallOnly = !first && calls.length > 0;
  const said = isPlain
    ? { content: first.part.text }
    : first
      ? { parts: parts.map(({ part }) => part) }
      : { content: "" };
  const message = Object.assign(new MessageInput(), {
    role,
    ...(isCallOnly ? {} : said),
    ...(calls.length > 0 && { toolCalls: calls.map(({ part }) => part) }),
    ...(toolCallId !== undefined && { toolCallId }),
    ...(Object.keys(others).length > 0 && { providerOptions: others }),
  });
  const places = parts.map((part) => part.at);
  return { message, at, content: isPlain ? first.at : inside, parts: places, toolCalls: calls.map((call) => call.at) };
}
