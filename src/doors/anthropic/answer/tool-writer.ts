import type { ToolCallOfAnswer } from "../../../features/calls/log/answer.js";
import { DomainError } from "../../../lib/errors.js";
import { parseJson } from "../../../lib/json/unknown-json.js";
import { DIRECT } from "./message-shape.js";

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
  sent: number;
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
    const tool = this.tools[index] ?? { id: "", name: "", text: "", sent: 0 };
    this.tools[index] = tool;
    tool.id ||= id;
    tool.name += name;
    tool.text += text;
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
      if (tool.text === "" && isLast && !isEnd) return;
      if (!this.isOpen) this.start(tool);
      if (tool.sent < tool.text.length)
        this.blocks.delta({ type: "input_json_delta", partial_json: tool.text.slice(tool.sent) });
      tool.sent = tool.text.length;
      if (!isEnd && (isLast || !isWhole(tool.text))) return;
      this.blocks.stop();
      this.isOpen = false;
      this.turn += 1;
    }
  }

  private start(tool: Tool): void {
    this.isOpen = true;
    this.blocks.start({ type: "tool_use", id: tool.id, name: tool.name, input: {}, caller: DIRECT });
    // Anthropic begins with no input too.
    this.blocks.delta({ type: "input_json_delta", partial_json: "" });
  }
}

const isWhole = (text: string): boolean => text.trim() === "" || parseJson(text) !== undefined;
