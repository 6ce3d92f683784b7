import type { Snapshot } from "../../../features/calls/log/call-event.js";
import { DomainError } from "../../../lib/errors.js";
import { ownBlocksIn } from "../own-blocks.js";
import { piecesOf, type ThinkingBlock } from "./thinking-blocks.js";
import { ToolWriter } from "./tool-writer.js";

/** One event of Anthropic's stream. */
export type StreamEvent = { readonly type: string } & Readonly<Record<string, unknown>>;

const THOUGHT = { type: "thinking", thinking: "", signature: "" } as const;

const VOID =
  "What came before is void, because another model answers, and this format cannot take it back. Make the call again.";

/**
 * Writes the content blocks of a stream, one after the other, as Anthropic does: a block has ended when the next begins.
 * The blocks that it has written add up to the answer. If they cannot any more, it throws UPSTREAM_FAILED.
 */
export class ContentWriter {
  private index = -1;
  private open: "text" | "thinking" | "tool" | "whole" | undefined;
  private events: StreamEvent[] = [];
  private text = "";
  private thinking = "";
  /** The text of a thinking block that was written as a whole before its pieces came. */
  private ahead = "";
  /** Whether thoughts were written whose signature may still come. */
  private isUnsigned = false;
  private readonly tools: ToolWriter;

  constructor() {
    this.tools = new ToolWriter({
      start: (block) => this.start("tool", block),
      delta: (delta) => this.delta(delta),
      stop: () => this.stop(),
    });
  }

  /** The events since the last time. */
  take(): StreamEvent[] {
    const { events } = this;
    this.events = [];
    return events;
  }

  addText(text: string): void {
    if (text === "") return;
    this.enter("text", { type: "text", text: "" });
    this.text += text;
    this.delta({ type: "text_delta", text });
  }

  addThinking(given: string): void {
    const isAhead = given !== "" && this.ahead.startsWith(given);
    this.thinking += given;
    this.ahead = isAhead ? this.ahead.slice(given.length) : "";
    if (given === "" || isAhead) return;
    this.isUnsigned = true;
    this.enter("thinking", THOUGHT);
    this.delta({ type: "thinking_delta", thinking: given });
  }

  /** Ends the thinking block that its pieces have begun, or writes all of it. A piece without a signature says nothing new. */
  addThinkingBlocks(sent: unknown): void {
    for (const block of piecesOf(sent)) {
      if (block.type === "redacted_thinking") this.addWhole(block);
      else if (block.signature !== "") this.addSigned(block);
    }
  }

  /** Writes blocks of what ran at Anthropic. */
  addOwn(parts: unknown): void {
    for (const block of ownBlocksIn(parts)) this.addWhole(block);
  }

  addCitations(citations: unknown): void {
    if (!Array.isArray(citations) || citations.length === 0) return;
    this.enter("text", { type: "text", text: "" });
    for (const citation of citations) this.delta({ type: "citations_delta", citation });
  }

  addTool(piece: Parameters<ToolWriter["add"]>[0]): void {
    if (this.open !== "tool") this.stop();
    this.tools.add(piece);
  }

  /** Another model starts over. Thoughts may stand before its answer, and nothing else. */
  startOver(): void {
    if (this.text !== "" || this.tools.hasBegun) throw new DomainError("UPSTREAM_FAILED", VOID);
    this.stop();
    this.thinking = "";
    this.ahead = "";
    this.isUnsigned = false;
  }

  /** Writes what a snapshot has more than was written. `kept` are the thinking blocks that the call has kept. */
  catchUp({ content, reasoning, toolCalls }: Snapshot, kept: readonly ThinkingBlock[]): void {
    const { text, thinking } = this;
    if (!content.startsWith(text) || !reasoning.startsWith(thinking)) throw new DomainError("UPSTREAM_FAILED", VOID);
    if (this.index === -1 && kept.length > 0) {
      this.addThinkingBlocks(kept);
      this.thinking = reasoning;
    } else this.addThinking(reasoning.slice(thinking.length));
    this.ahead = "";
    this.addText(content.slice(text.length));
    for (const [index, call] of toolCalls.entries()) {
      const rest = this.tools.restOf(index, call);
      if (rest === undefined) throw new DomainError("UPSTREAM_FAILED", VOID);
      this.addTool({ ...rest, index });
    }
  }

  end(): void {
    this.tools.end();
    this.stop();
  }

  private addWhole(block: object): void {
    this.end();
    this.start("whole", block);
    this.stop();
  }

  private addSigned({ thinking, signature }: Extract<ThinkingBlock, { type: "thinking" }>): void {
    if (this.open !== "thinking") {
      // Its pieces have come, and something after them: the signature is too late.
      if (this.isUnsigned && this.thinking.endsWith(thinking)) return;
      this.ahead += thinking;
      this.enter("thinking", THOUGHT);
      if (thinking !== "") this.delta({ type: "thinking_delta", thinking });
    }
    this.isUnsigned = false;
    this.delta({ type: "signature_delta", signature });
    this.stop();
  }

  private enter(kind: "text" | "thinking", block: object): void {
    if (this.open === kind) return;
    this.end();
    this.start(kind, block);
  }

  private start(kind: NonNullable<ContentWriter["open"]>, block: object): void {
    this.open = kind;
    this.index += 1;
    this.events.push({ type: "content_block_start", index: this.index, content_block: block });
    if (this.index === 0) this.events.push({ type: "ping" });
  }

  private delta(delta: object): void {
    this.events.push({ type: "content_block_delta", index: this.index, delta });
  }

  private stop(): void {
    if (this.open !== undefined) this.events.push({ type: "content_block_stop", index: this.index });
    this.open = undefined;
  }
}
