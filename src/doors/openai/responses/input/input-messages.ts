import { MessageInput, MessageRole } from "../../../../features/calls/question/message.input.js";
import { invalid } from "../../../../input/validate.js";
import { entryOf } from "../../../../lib/json/entry-of.js";
import type { JsonObject } from "../../../../lib/json/json.js";
import { summaryIn } from "../compaction/compaction-item.js";
import { unpackThoughts } from "../sealed-thoughts.js";
import { type Content, contentOf, textOf } from "./input-parts.js";

const BEFORE_SUMMARY = "This is a summary of the conversation so far:";

const ROLES: Readonly<Record<string, MessageRole>> = {
  user: MessageRole.USER,
  assistant: MessageRole.ASSISTANT,
  system: MessageRole.SYSTEM,
  developer: MessageRole.DEVELOPER,
};

/** What the items of one turn of the model add up to: chat completions have one message for them. */
interface Turn {
  readonly place: string;
  content: Content | undefined;
  readonly toolCalls: JsonObject[];
  readonly placesOfCalls: string[];
  readonly reasoning: string[];
  thoughts: JsonObject;
}

/** Where a message comes from in the request, such as "items[2]", and where its tool calls do. */
export interface MessagePlace {
  readonly at: string;
  readonly calls: readonly string[];
}

/**
 * Puts the items of a conversation together into messages of OpenAI's chat format. Reasoning, text and tool calls of the
 * model that stand beside each other become one message, as chat completions have it.
 */
export class MessageReader {
  readonly messages: MessageInput[] = [];
  /** Where each message comes from. */
  readonly places: MessagePlace[] = [];
  private turn: Turn | undefined;

  /** `field` is the item's place in the request. Throws INVALID_INPUT for an item that cannot be translated. */
  add(item: JsonObject, field: string): void {
    const { type = "message" } = item;
    if (type === "message") this.addMessage(item, field);
    else if (type === "function_call") this.addCall(functionCall(item, field), field);
    else if (type === "custom_tool_call") this.addCall(customCall(item, field), field);
    else if (type === "reasoning") addReasoning(this.turnAt(field), item, field);
    else if (type === "compaction") this.addSummary(item, field);
    else if (type === "function_call_output" || type === "custom_tool_call_output") this.addOutput(item, field);
    else
      throw invalid(
        `${field}.type`,
        'must be "message", "function_call", "function_call_output", "custom_tool_call", "custom_tool_call_output", "reasoning", "compaction" or "item_reference"',
        type,
      );
  }

  say(role: MessageRole, content: Content, place: string): void {
    this.push({ role, ...content }, place);
  }

  /** Ends the model's turn, if it has one. To be called when all items are added. */
  end(): void {
    const { turn } = this;
    if (!turn) return;
    this.turn = undefined;
    const { content, toolCalls, placesOfCalls, reasoning, thoughts } = turn;
    // A thought by itself was cut off before its answer. Chat completions have no message for it.
    if (!content && toolCalls.length === 0) return;
    const text = reasoning.join("\n\n");
    const providerOptions = { ...(text !== "" && { reasoning_content: text }), ...thoughts };
    this.push(
      {
        role: MessageRole.ASSISTANT,
        ...content,
        ...(toolCalls.length > 0 && { toolCalls }),
        ...(Object.keys(providerOptions).length > 0 && { providerOptions }),
      },
      turn.place,
      placesOfCalls,
    );
  }

  private addCall(call: JsonObject, field: string): void {
    const { toolCalls, placesOfCalls } = this.turnAt(field);
    toolCalls.push(call);
    placesOfCalls.push(field);
  }

  private addMessage(item: JsonObject, field: string): void {
    const role = entryOf(ROLES, item.role);
    if (!role) throw invalid(`${field}.role`, 'must be "user", "assistant", "system" or "developer"', item.role);
    const content = contentOf(item.content, `${field}.content`);
    if (role !== MessageRole.ASSISTANT) this.say(role, content, field);
    else {
      if (this.turn?.content) this.end();
      this.turnAt(field).content = content;
    }
  }

  /** What was said comes from the user, from tools and from the model, so it has no more weight than a word of the user. */
  private addSummary(item: JsonObject, field: string): void {
    this.say(MessageRole.USER, { content: `${BEFORE_SUMMARY}\n\n${summaryIn(item, field)}` }, field);
  }

  private addOutput(item: JsonObject, field: string): void {
    const toolCallId = textOf(item.call_id, `${field}.call_id`);
    this.push({ role: MessageRole.TOOL, toolCallId, ...contentOf(item.output, `${field}.output`) }, field);
  }

  private turnAt(place: string): Turn {
    this.turn ??= { place, content: undefined, toolCalls: [], placesOfCalls: [], reasoning: [], thoughts: {} };
    return this.turn;
  }

  private push(message: Partial<MessageInput>, at: string, calls: readonly string[] = []): void {
    this.end();
    this.messages.push(Object.assign(new MessageInput(), message));
    this.places.push({ at, calls });
  }
}

function functionCall(item: JsonObject, field: string): JsonObject {
  const name = textOf(item.name, `${field}.name`);
  const text = textOf(item.arguments, `${field}.arguments`);
  return { id: textOf(item.call_id, `${field}.call_id`), type: "function", function: { name, arguments: text } };
}

function customCall(item: JsonObject, field: string): JsonObject {
  const name = textOf(item.name, `${field}.name`);
  const input = textOf(item.input, `${field}.input`);
  return { id: textOf(item.call_id, `${field}.call_id`), type: "custom", custom: { name, input } };
}

function addReasoning(turn: Turn, item: JsonObject, field: string): void {
  for (const name of ["summary", "content"] as const) {
    const parts = item[name] ?? [];
    if (!Array.isArray(parts)) throw invalid(`${field}.${name}`, "must be a list of parts", parts);
    for (const [index, part] of parts.entries())
      turn.reasoning.push(textOf((part as JsonObject | null)?.text, `${field}.${name}[${index}].text`));
  }
  if (typeof item.encrypted_content !== "string") return;
  for (const [name, more] of Object.entries(unpackThoughts(item.encrypted_content, item.id)))
    turn.thoughts[name] = [...((turn.thoughts[name] as JsonObject[] | undefined) ?? []), ...(more as JsonObject[])];
}
