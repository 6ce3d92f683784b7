import type { ToolCallOfAnswer } from "../../../features/calls/log/answer.js";
import { DomainError } from "../../../lib/errors.js";
import { stringifyExact } from "../../../lib/json/exact-json.js";
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
  /** Whether the text is that of an object, as it should be. Undefined as long as nothing of it has come. */
  isObject: boolean | undefined;
  isOpen: boolean;
}

/**
 * Writes tool calls as blocks, in the order of their turns (ToolCallTurns): a call has ended when the next begins. A call
 * begins with its first input, because its name may come in pieces.
 */
export class ToolWriter {
  private readonly tools = new Map<number, Tool>();
  /** The tool that may go on. */
  private current: Tool | undefined;

  constructor(private readonly blocks: Blocks) {}

  get hasBegun(): boolean {
    return this.tools.size > 0;
  }

  add({ index, id = "", name = "", arguments: text = "" }: Piece): void {
    const tool = this.tools.get(index) ?? this.begin(index);
    const hasEnded = tool !== this.current;
    if (hasEnded && text.trim() !== "")
      throw new DomainError("UPSTREAM_FAILED", "The upstream went on with a tool call that had ended.");
    tool.id ||= id;
    tool.name += name;
    tool.text += text;
    // White space after an object says nothing.
    if (hasEnded) return;
    if (tool.isObject === undefined && text.trim() !== "") tool.isObject = text.trimStart().startsWith("{");
    if (tool.isObject === undefined) return;
    const isFirst = !tool.isOpen;
    this.open(tool);
    // Whatever else a model writes is put into an object at its end, as in a plain answer.
    if (tool.isObject) this.write(isFirst ? tool.text : text);
  }

  /** Writes what is left of the call, and ends it. */
  end(): void {
    const tool = this.current;
    if (!tool) return;
    this.open(tool);
    if (tool.isObject === false) this.write(stringifyExact(inputOf(tool.text)));
    this.blocks.stop();
    this.current = undefined;
  }

  /** What a tool call has more than was added. Undefined if it is another one. */
  restOf(index: number, { id, name, arguments: text }: ToolCallOfAnswer): Omit<Piece, "index"> | undefined {
    const { name: hasName, text: hasText } = this.tools.get(index) ?? { name: "", text: "" };
    if (!name.startsWith(hasName) || !text.startsWith(hasText)) return undefined;
    return { id, name: name.slice(hasName.length), arguments: text.slice(hasText.length) };
  }

  private begin(index: number): Tool {
    this.end();
    const tool: Tool = { id: "", name: "", text: "", isObject: undefined, isOpen: false };
    this.tools.set(index, tool);
    this.current = tool;
    return tool;
  }

  private open(tool: Tool): void {
    if (tool.isOpen) return;
    tool.isOpen = true;
    this.blocks.start({ type: "tool_use", id: tool.id, name: tool.name, input: {}, caller: DIRECT });
    // Anthropic begins with no input too.
    this.blocks.delta({ type: "input_json_delta", partial_json: "" });
  }

  private write(text: string): void {
    if (text !== "") this.blocks.delta({ type: "input_json_delta", partial_json: text });
  }
}
