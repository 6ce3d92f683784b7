import { stringifyExact } from "../../lib/json/exact-json.js";
import { isObject, parseJson } from "../../lib/json/unknown-json.js";
import { callIdOf } from "../answers/call-id.js";
import { WholeCharacters } from "../answers/whole-characters.js";
import type { Part, UnknownFields } from "../provider.js";

interface Block {
  readonly type: unknown;
  /** The block as it began, with what came since. */
  fields: UnknownFields;
  readonly characters: WholeCharacters;
  /** The number of a tool call, counted from 0; undefined for any other block. */
  readonly toolIndex: number | undefined;
  /** The JSON of a tool's input, as far as it has come. */
  input: string;
  /** Whether the block began with its whole input. Pieces of it say nothing new then. */
  hasInput: boolean;
}

/**
 * Reads the blocks of a message:
 *
 * | block | what becomes of it |
 * |---|---|
 * | text | text, and its citations as an extension `citations` |
 * | thinking | reasoning as it comes; at the end the whole block with its signature as an extension `thinking_blocks` |
 * | redacted_thinking | the block as an extension `thinking_blocks` |
 * | tool_use | a tool call |
 * | any other, such as a search of Anthropic's own and its results | the whole block as an extension `content_parts` |
 */
export class BlockReader {
  /** Whether a tool is called whose name never came. Nobody can make such a call. */
  lacksName = false;
  private readonly open = new Map<unknown, Block>();
  toolCalls = 0;

  start(index: unknown, given: unknown): Part[] {
    if (!isObject(given)) return [];
    return [...this.stop(index), ...this.begin(index, given)];
  }

  private begin(index: unknown, given: UnknownFields): Part[] {
    const toolIndex = given.type === "tool_use" ? this.toolCalls++ : undefined;
    const block: Block = {
      type: given.type,
      fields: given,
      characters: new WholeCharacters(),
      toolIndex,
      input: "",
      hasInput: false,
    };
    this.open.set(index, block);
    if (toolIndex !== undefined) return [this.toolCall(toolIndex, block)];
    if (given.type === "text") return [...textDelta(block, given.text), ...citationsOf(given.citations)];
    return given.type === "thinking" ? reasoningDelta(block, given.thinking) : [];
  }

  add(index: unknown, delta: unknown): Part[] {
    if (!isObject(delta)) return [];
    const block = this.open.get(index) ?? this.unannounced(index, delta);
    if (!block) return [];
    switch (delta.type) {
      case "text_delta":
        return textDelta(block, delta.text);
      case "thinking_delta":
        block.fields = appended(block.fields, "thinking", delta.thinking);
        return reasoningDelta(block, delta.thinking);
      case "signature_delta":
        block.fields = appended(block.fields, "signature", delta.signature);
        return [];
      case "citations_delta":
        return citationsOf([delta.citation]);
      case "input_json_delta":
        return addInput(block, delta.partial_json);
      default:
        return [];
    }
  }

  stop(index: unknown): Part[] {
    const block = this.open.get(index);
    this.open.delete(index);
    return block ? endOf(block) : [];
  }

  /** Returns what is left of blocks that were not stopped. */
  rest(): Part[] {
    return [...this.open.keys()].flatMap((index) => this.stop(index));
  }

  /** Some servers do not say how a text or a thought begins. A tool cannot be called without that. */
  private unannounced(index: unknown, { type }: UnknownFields): Block | undefined {
    this.lacksName ||= type === "input_json_delta";
    if (type === "text_delta") this.begin(index, { type: "text", text: "" });
    if (type === "thinking_delta") this.begin(index, { type: "thinking", thinking: "" });
    return this.open.get(index);
  }

  private toolCall(index: number, block: Block): Part {
    const { id, name, input } = block.fields;
    this.lacksName ||= typeof name !== "string" || name === "";
    // In a stream the input is {} here, and comes in pieces afterwards.
    if (typeof input === "string") block.input = input;
    else block.input = isObject(input) && Object.keys(input).length > 0 ? stringifyExact(input) : "";
    block.hasInput = block.input !== "";
    return { type: "tool-call-delta", index, id: callIdOf(id), name: String(name), arguments: block.input };
  }
}

function endOf(block: Block): Part[] {
  const { type, fields, toolIndex, characters, input } = block;
  const rest = characters.rest();
  if (toolIndex !== undefined) {
    // Clients parse the arguments of a call, so those of a tool without parameters are an empty object.
    const last = input === "" ? "{}" : rest;
    return last === "" ? [] : [{ type: "tool-call-delta", index: toolIndex, arguments: last }];
  }
  if (type === "text") return rest === "" ? [] : [{ type: "text-delta", content: rest }];
  const thought: Part[] = type === "thinking" && rest !== "" ? [{ ...THOUGHT, content: rest }] : [];
  if (type === "thinking" || type === "redacted_thinking")
    return [...thought, { type: "extension", at: "delta", fields: { thinking_blocks: [fields] } }];
  const whole = input === "" ? fields : { ...fields, input: parseJson(input) ?? {} };
  return [{ type: "extension", at: "delta", fields: { content_parts: [whole] } }];
}

const THOUGHT = { type: "reasoning-delta", field: "reasoning_content" } as const;

function textDelta({ characters }: Block, text: unknown): Part[] {
  const content = characters.take(typeof text === "string" ? text : "");
  return content === "" ? [] : [{ type: "text-delta", content }];
}

function reasoningDelta({ characters }: Block, text: unknown): Part[] {
  const content = characters.take(typeof text === "string" ? text : "");
  return content === "" ? [] : [{ ...THOUGHT, content }];
}

function addInput(block: Block, json: unknown): Part[] {
  if (block.hasInput) return [];
  const piece = block.characters.take(typeof json === "string" ? json : "");
  block.input += piece;
  if (block.toolIndex === undefined || piece === "") return [];
  return [{ type: "tool-call-delta", index: block.toolIndex, arguments: piece }];
}

function citationsOf(given: unknown): Part[] {
  const citations = Array.isArray(given) ? given.filter(isObject) : [];
  return citations.length === 0 ? [] : [{ type: "extension", at: "delta", fields: { citations } }];
}

function appended(fields: UnknownFields, name: string, piece: unknown): UnknownFields {
  const before = typeof fields[name] === "string" ? fields[name] : "";
  return { ...fields, [name]: before + (typeof piece === "string" ? piece : "") };
}
