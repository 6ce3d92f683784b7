import { isObject } from "../../../lib/json/unknown-json.js";
import { callIdOf } from "../../answers/call-id.js";
import { WholeCharacters } from "../../answers/whole-characters.js";
import type { Part, UnknownFields } from "../../provider.js";
import { FORMAT } from "./input-items.js";

interface Call {
  readonly index: number;
  readonly characters: WholeCharacters;
  /** Whether any piece of the arguments has come. */
  hasArguments: boolean;
}

/** Items that are read by their own events, or that only say that something is under way. */
const TOOLS: ReadonlySet<unknown> = new Set(["function_call", "custom_tool_call"]);

/**
 * Reads the items of a response that are no text:
 *
 * | item | what becomes of it |
 * |---|---|
 * | function_call, custom_tool_call | a tool call |
 * | reasoning | its summary, or its text, as reasoning; if it is encrypted, an extension `reasoning_details` at its end |
 * | any other, such as a search of OpenAI's own | the whole item as an extension `content_parts` at its end |
 */
export class ItemReader {
  toolCalls = 0;
  /** Searches of the web that OpenAI has made. */
  webSearches = 0;
  /** Whether a tool is called whose name never came. Nobody can make such a call. */
  lacksName = false;
  /** The places of the items that have ended. */
  private readonly ended = new Set<unknown>();
  private readonly calls = new Map<unknown, Call>();
  private readonly thought = new WholeCharacters();
  private hasThought = false;

  /** Reads an event of a stream. Undefined if it is about no item. */
  read(event: UnknownFields): Part[] | undefined {
    switch (event.type) {
      case "response.output_item.added":
        return isObject(event.item) ? this.begin(event.item, placeOf(event)) : [];
      case "response.function_call_arguments.delta":
      case "response.custom_tool_call_input.delta":
        return this.addArguments(placeOf(event), event.delta);
      case "response.reasoning_summary_part.added":
        // Each part is a paragraph.
        return this.hasThought ? this.think("\n\n") : [];
      case "response.reasoning_summary_text.delta":
      case "response.reasoning_text.delta":
        return this.think(event.delta);
      case "response.output_text.annotation.added":
        return [{ type: "extension", at: "delta", fields: { annotations: [event.annotation] } }];
      case "response.output_item.done":
        return isObject(event.item) ? this.end(event.item, placeOf(event)) : [];
      default:
        return undefined;
    }
  }

  /** Reads an item of a whole response. */
  readWhole(item: UnknownFields, index: number): Part[] {
    if (item.type === "message") return [];
    const begun = this.begin(item, index);
    const given = item.type === "custom_tool_call" ? item.input : item.arguments;
    const parts = item.type === "reasoning" ? this.thinkWhole(item) : this.addArguments(index, given);
    return [...begun, ...parts, ...this.end(item, index)];
  }

  /** Returns what is left at the end. */
  rest(): Part[] {
    return this.thinkingDelta(this.thought.rest());
  }

  private begin(item: UnknownFields, at: unknown): Part[] {
    if (!TOOLS.has(item.type) || this.calls.has(at)) return [];
    const index = this.toolCalls++;
    this.lacksName ||= typeof item.name !== "string" || item.name === "";
    this.calls.set(at, { index, characters: new WholeCharacters(), hasArguments: false });
    const extra = item.type === "custom_tool_call" && { extra: { type: "custom" } };
    return [
      { type: "tool-call-delta", index, id: callIdOf(item.call_id), name: String(item.name), arguments: "", ...extra },
    ];
  }

  private addArguments(at: unknown, given: unknown): Part[] {
    const call = this.calls.get(at);
    const piece = call?.characters.take(typeof given === "string" ? given : "") ?? "";
    if (!call || piece === "") return [];
    call.hasArguments = true;
    return [{ type: "tool-call-delta", index: call.index, arguments: piece }];
  }

  private end(item: UnknownFields, at: unknown): Part[] {
    if (item.type === "message" || this.ended.has(at)) return [];
    this.ended.add(at);
    if (item.type === "reasoning") return this.encrypted(item);
    if (item.type === "web_search_call") this.webSearches += 1;
    // Some servers send nothing of a call before it is whole.
    const begun = this.begin(item, at);
    const call = this.calls.get(at);
    if (!call) return [{ type: "extension", at: "delta", fields: { content_parts: [item] } }];
    // Some servers send the arguments only with the whole item.
    const late = call.hasArguments ? [] : this.addArguments(at, item.arguments ?? item.input);
    const rest = call.characters.rest();
    const last: Part[] = rest === "" ? [] : [{ type: "tool-call-delta", index: call.index, arguments: rest }];
    return [...begun, ...late, ...last];
  }

  private encrypted({ id, encrypted_content: data }: UnknownFields): Part[] {
    if (typeof data !== "string" || data === "") return [];
    const detail = { type: "reasoning.encrypted", id, data, format: FORMAT };
    return [{ type: "extension", at: "delta", fields: { reasoning_details: [detail] } }];
  }

  private thinkWhole({ summary, content }: UnknownFields): Part[] {
    const parts = [summary, content].filter(Array.isArray).flat().filter(isObject);
    return parts.flatMap((part) => [...(this.hasThought ? this.think("\n\n") : []), ...this.think(part.text)]);
  }

  private think(given: unknown): Part[] {
    return this.thinkingDelta(this.thought.take(typeof given === "string" ? given : ""));
  }

  private thinkingDelta(content: string): Part[] {
    if (content === "") return [];
    this.hasThought = true;
    return [{ type: "reasoning-delta", content, field: "reasoning_content" }];
  }
}

/** Which item an event is about: by its place, or by its id if a server tells none. */
export const placeOf = ({ output_index: index, item_id: id, item }: UnknownFields): unknown =>
  index ?? id ?? (isObject(item) ? item.id : undefined);
