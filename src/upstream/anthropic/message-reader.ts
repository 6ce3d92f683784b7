import { entryOf } from "../../lib/json/entry-of.js";
import { isObject } from "../../lib/json/unknown-json.js";
import type { AnswerReading, AnswerSource } from "../answers/answer-reading.js";
import { Extensions } from "../answers/extensions.js";
import { reportedUsage } from "../answers/reported.js";
import { failureByItself, failureSaying } from "../failure/failure-in-answer.js";
import { UpstreamError } from "../failure/upstream-error.js";
import type { Part, UnknownFields } from "../provider.js";
import { BlockReader } from "./block-reader.js";

/**
 * Reads one answer in Anthropic's format: the events of a stream, or one whole message. The answer is whole once it has a
 * stop_reason, or message_stop after something of a message. An event of a type that is not known here says nothing, as Anthropic's versions have it.
 */
export class MessageReader implements AnswerReading {
  hasMessage = false;
  isDone = false;
  private readonly extensions = new Extensions();
  private readonly blocks = new BlockReader();
  private usage: UnknownFields = {};
  private stopReason: string | undefined;
  private stopSequence: string | undefined;
  private hasStopped = false;

  constructor(private readonly source: AnswerSource) {}

  get isWhole(): boolean {
    return this.stopReason !== undefined || (this.hasStopped && this.hasMessage);
  }

  done(): void {
    this.isDone = true;
  }

  read(given: UnknownFields): Part[] {
    switch (given.type) {
      case "message":
        return this.readWhole(given);
      case "message_start":
        this.hasMessage = true;
        return [];
      case "content_block_start":
        return this.blocks.start(given.index, given.content_block);
      case "content_block_delta":
        return this.blocks.add(given.index, given.delta);
      case "content_block_stop":
        return this.blocks.stop(given.index);
      case "message_delta":
        this.readStop(given.delta);
        return [];
      case "message_stop":
        this.hasStopped = true;
        this.isDone = true;
        return [];
      case "error":
        throw failureSaying(given.error ?? given, this.source);
      default:
        return this.readOther(given);
    }
  }

  end(): Part[] {
    const { model, status } = this.source;
    if (this.blocks.lacksName)
      throw new UpstreamError("malformed", model, { status, cause: new Error("A tool call has no name.") });
    if (!this.isWhole) {
      if (!this.isDone || this.hasMessage) throw new UpstreamError("truncated", model, { status });
      throw new UpstreamError("malformed", model, { status, cause: new Error("The answer is no message.") });
    }
    const { stopReason = "end_turn", stopSequence } = this;
    // Agents call tools by this, and some servers say that the turn has ended when they ask for tools.
    const reason = stopReason === "end_turn" && this.blocks.toolCalls > 0 ? "tool_use" : stopReason;
    const native = {
      native_finish_reason: reason,
      ...(stopSequence !== undefined && { stop_sequence: stopSequence }),
    };
    return [
      ...this.blocks.rest(),
      ...this.extensions.read("usage", this.usage, COUNTS),
      { type: "extension", at: "choice", fields: native },
      { type: "finish", finishReason: entryOf(FINISH_REASONS, reason) ?? "stop" },
    ];
  }

  /** A whole message is read as a stream of its blocks. */
  private readWhole(message: UnknownFields): Part[] {
    this.hasMessage = true;
    const blocks = Array.isArray(message.content) ? message.content : [];
    const parts = blocks.flatMap((block, index) => [...this.blocks.start(index, block), ...this.blocks.stop(index)]);
    this.readStop(message);
    return parts;
  }

  private readStop(given: unknown): void {
    if (!isObject(given)) return;
    if (typeof given.stop_reason === "string" && given.stop_reason !== "") this.stopReason = given.stop_reason;
    if (typeof given.stop_sequence === "string") this.stopSequence = given.stop_sequence;
  }

  /**
   * Each usage has the sums so far. One that lacks a figure, or has null or 0, does not take it back. What the first one tells of
   * the answer is a token or two, which would stand for all of an answer that is cut. So it is left out.
   */
  readUsage({ type, message, usage: given = isObject(message) ? message.usage : undefined }: UnknownFields): Part[] {
    if (!isObject(given)) return [];
    const isFirst = type === "message_start";
    const figures = Object.entries(given).filter(
      ([name, value]) => value != null && (value !== 0 || !this.usage[name]),
    );
    this.usage = { ...this.usage, ...Object.fromEntries(figures), ...(isFirst && { output_tokens: 0 }) };
    const usage = reportedUsage(this.usage);
    return usage === undefined ? [] : [{ type: "usage", usage }];
  }

  private readOther(given: UnknownFields): Part[] {
    if (given.type === "ping" || this.isWhole) return [];
    const failure = failureByItself(given, this.source);
    if (failure) throw failure;
    return [];
  }
}

/** The counts that the gateway tells under names of its own. */
const COUNTS = ["input_tokens", "output_tokens"];

/** Anthropic's reasons in OpenAI's words. */
const FINISH_REASONS: Readonly<Record<string, string>> = {
  end_turn: "stop",
  stop_sequence: "stop",
  pause_turn: "stop",
  max_tokens: "length",
  model_context_window_exceeded: "length",
  tool_use: "tool_calls",
  refusal: "content_filter",
};
