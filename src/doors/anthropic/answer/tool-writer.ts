import type { ToolCallOfAnswer } from "../../../features/calls/log/answer.js";
import { DomainError } from "../../../lib/errors.js";
import { stringifyExact } from "../../../lib/json/exact-json.js";
import { parseJson } from "../../../lib/json/unknown-json.js";
import { DIRECT, inputOf } from "./message-shape.js";

interface Blocks {
  start(block: object): void;
  delta(delta: object): void;
  stop(): void;
}

interface Piece extends Partial<Pick<ToolCallOfAnswer, "id" | "name" | "arguments">> {
  readonly index: number;
}

interface Tool {
  id: string;
  name: string;
  text: string;
  /** What of the text was not written yet. */
  unsent: string;
  /** Whether the text is that of an object, as it should be. Undefined as long as nothing of it has come. */
  isObject: boolean | undefined;
}

/**
 * Writes tool calls as blocks, one after the other. A call begins with its first input, because its name may come in
 * pieces. If the pieces of several calls come mixed, those of a later call wait until the input before is whole.
 */
export class ToolWriter {
  private readonly tools: Tool[] = [];
  /** The tool whose turn it is. Those before it have ended. */
  private turn = 0;
  private isOpen = false;

  constructor(private readonly blocks: Blocks) {}

  get hasBegun(): boolean {
    return this.tools.length > 0;
  }

  add({ index, id = "", name = "", arguments: text = "" }: Piece): void {
    const tool = this.tools[index] ?? { id: "", name: "", text: "", unsent: "", isObject: undefined };
    this.tools[index] = tool;
    tool.id ||= id;
    tool.name += name;
    tool.text += text;
    tool.unsent += text;
    if (tool.isObject === undefined && text.trim() !== "") tool.isObject = text.trimStart().startsWith("{");
    if (index < this.turn && text !== "")
      throw new DomainError("UPSTREAM_FAILED", "The upstream went on with a tool call that had ended.");
    this.write(false);
  }

  /** Writes what is left, and ends the last call. */
  end(): void {
    this.write(true);
  }

  /** What a tool call has more than was added. Undefined if it is another one. */
  restOf(index: number, { id, name, arguments: text }: ToolCallOfAnswer): Omit<Piece, "index"> | undefined {
    const { name: hasName, text: hasText } = this.tools[index] ?? { name: "", text: "" };
    if (!name.startsWith(hasName) || !text.startsWith(hasText)) return undefined;
    return { id, name: name.slice(hasName.length), arguments: text.slice(hasText.length) };
  }

  private write(isEnd: boolean): void {
    for (let tool = this.tools[this.turn]; tool; tool = this.tools[this.turn]) {
      const isLast = this.turn === this.tools.length - 1;
      const isOver = isEnd || (!isLast && isWhole(tool.text));
      if (tool.isObject === undefined && !isOver) return;
      if (!this.isOpen) this.start(tool);
      this.send(tool, isOver);
      if (!isOver) return;
      this.blocks.stop();
      this.isOpen = false;
      this.turn += 1;
    }
  }

  /** An object is sent as it comes. Whatever else a model writes is put into one at its end, as in a plain answer. */
  private send(tool: Tool, isOver: boolean): void {
    if (!tool.isObject && !isOver) return;
    const text = tool.isObject ? tool.unsent : stringifyExact(inputOf(tool.text));
    tool.unsent = "";
    if (text !== "" && tool.isObject !== undefined) this.blocks.delta({ type: "input_json_delta", partial_json: text });
  }

  private start(tool: Tool): void {
    this.isOpen = true;
    this.blocks.start({ type: "tool_use", id: tool.id, name: tool.name, input: {}, caller: DIRECT });
    // Anthropic begins with no input too.
    this.blocks.delta({ type: "input_json_delta", partial_json: "" });
  }
}

const isWhole = (text: string): boolean => text.trim() === "" || parseJson(text) !== undefined;
