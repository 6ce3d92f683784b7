import { isObject } from "../../lib/json/unknown-json.js";
import type { AnswerReading, AnswerSource } from "../answers/answer-reading.js";
import { Extensions } from "../answers/extensions.js";
import { reportedCostNanoUsd, reportedUsage, usageIn } from "../answers/reported.js";
import { WholeCharacters } from "../answers/whole-characters.js";
import { failureByItself, failureInAnswer } from "../failure/failure-in-answer.js";
import { UpstreamError } from "../failure/upstream-error.js";
import { isOfAnswer, type Part, type ReasoningField, type UnknownFields } from "../provider.js";
import { saidIn } from "./content.js";
import { ToolCalls } from "./tool-calls.js";

/**
 * Reads one answer in OpenAI's format: the chunks of a stream, or one whole answer, which is read as a stream of one
 * chunk. It decides whether the answer is whole: the choice had a finish_reason that is neither empty nor "error", or the
 * upstream said that it was done after something of an answer. Nothing else is. An error in any place fails it.
 */
export class AnswerReader implements AnswerReading {
  private readonly text = new WholeCharacters();
  private readonly reasoning = new WholeCharacters();
  private readonly refusal = new WholeCharacters();
  private readonly extensions = new Extensions();
  private readonly toolCalls = new ToolCalls();
  /** What was said so far, because a message in a stream repeats it. */
  private textSoFar = "";
  private reasoningSoFar = "";
  private reasoningField: ReasoningField = "reasoning_content";
  /** Whether a choice had a message or a delta, even an empty one. */
  hasMessage = false;
  private hasBegun = false;
  private hasFunctionCall = false;
  private finishReason: string | undefined;
  isDone = false;
  private hasCost = false;
  private serviceTier: string | undefined;
  /** The last usage that was sent. Some send the sum so far in each chunk. */
  private usage: UnknownFields = {};
  private choiceIndex: unknown;

  constructor(private readonly source: AnswerSource) {}

  get isWhole(): boolean {
    return this.finishReason !== undefined || (this.isDone && this.hasBegun);
  }

  done(): void {
    this.isDone = true;
  }

  readUsage(answer: UnknownFields): Part[] {
    if (typeof answer.service_tier === "string") this.serviceTier = answer.service_tier;
    const given = usageIn(answer, this.choiceOf(answer.choices));
    const usage = reportedUsage(given, this.serviceTier);
    const cost = isObject(given) ? given.cost : undefined;
    // LiteLLM tells the cost in a header. It stands for a cost that no chunk tells.
    const header = this.hasCost ? undefined : this.source.headers["x-litellm-response-cost"];
    // Perplexity tells what a cost consists of.
    const costNanoUsd = reportedCostNanoUsd(isObject(cost) ? cost.total_cost : cost, header);
    if (usage === undefined && costNanoUsd === undefined) return [];
    this.hasCost ||= costNanoUsd !== undefined;
    if (isObject(given) && typeof usage === "object") this.usage = given;
    return [
      { type: "usage", ...(usage !== undefined && { usage }), ...(costNanoUsd !== undefined && { costNanoUsd }) },
    ];
  }

  /** Reads a chunk or a whole answer. An event under a name of its own that is no part of the answer is no error either. */
  read(given: UnknownFields, isForeign = false): Part[] {
    const choice = this.choiceOf(given.choices);
    const failure = failureInAnswer(given, choice, this.source);
    if (failure) throw failure;
    if (!isAnswer(given, usageIn(given, choice))) {
      const unnamed = isForeign || this.isWhole ? undefined : failureByItself(given, this.source);
      if (unnamed) throw unnamed;
      return [];
    }
    const parts = [...this.extensions.read("answer", given), ...(choice ? this.readChoice(choice) : [])];
    if (parts.some(isOfAnswer)) this.hasBegun = true;
    return parts;
  }

  end(): Part[] {
    const { model, status } = this.source;
    if (this.toolCalls.lacksName)
      throw new UpstreamError("malformed", model, { status, cause: new Error("A tool call has no name.") });
    if (!this.isWhole) {
      if (!this.isDone) throw new UpstreamError("truncated", model, { status });
      throw new UpstreamError("malformed", model, { status, cause: new Error("The answer has nothing in it.") });
    }
    return [
      ...this.rest(),
      ...this.extensions.read("usage", this.usage),
      { type: "finish", finishReason: this.shownFinishReason() },
    ];
  }

  /** Models of several upstreams say "stop" when they ask for tools, and then agents would not call them. */
  private shownFinishReason(): string {
    const given = this.finishReason ?? "stop";
    if (given !== "stop" || this.toolCalls.count === 0) return given;
    return this.hasFunctionCall ? "function_call" : "tool_calls";
  }

  /** An answer has one choice. If an upstream sends several, the first that came is the answer. */
  private choiceOf(choices: unknown): UnknownFields | undefined {
    const [first, ...others] = Array.isArray(choices) ? choices.filter(isObject) : [];
    if (!first) return undefined;
    this.choiceIndex ??= first.index ?? 0;
    return [first, ...others].find(({ index }) => (index ?? 0) === this.choiceIndex);
  }

  private readChoice(choice: UnknownFields): Part[] {
    if (typeof choice.finish_reason === "string" && !NO_REASON.test(choice.finish_reason))
      this.finishReason = choice.finish_reason;
    // Perplexity sends both: what is new, and all of it so far.
    const isWhole = !isObject(choice.delta) && isObject(choice.message);
    const spoken = [choice.delta, choice.message].find(isObject);
    // The text of the older completions, which some proxies answer chat with, is a delta by itself, or beside an empty one.
    const isText = typeof choice.text === "string" && spoken?.content == null;
    const said = isText ? { ...spoken, content: choice.text } : spoken;
    this.hasMessage ||= said !== undefined;
    return [...this.readSaid(said ?? {}, isWhole), ...this.extensions.read("choice", choice)];
  }

  private readSaid(said: UnknownFields, isWhole: boolean): Part[] {
    const { reasoningField, refusal, otherParts, readFields, ...all } = saidIn(said);
    const text = isWhole ? newsOf(this.textSoFar, all.text) : all.text;
    const thought = isWhole ? newsOf(this.reasoningSoFar, all.reasoning) : all.reasoning;
    this.textSoFar += text;
    this.reasoningSoFar += thought;
    if (thought !== "") this.reasoningField = reasoningField;
    const calls = said.tool_calls ? [...this.toolCalls.read(said.tool_calls, isWhole)] : [];
    const functionCall = said.function_call ? [...this.toolCalls.readFunctionCall(said.function_call, isWhole)] : [];
    this.hasFunctionCall ||= functionCall.length > 0;
    return [
      ...this.extensions.read("delta", said, readFields),
      ...contentParts(otherParts),
      ...this.reasoningDelta(this.reasoning.take(thought)),
      ...textDelta(this.text.take(text)),
      ...textDelta(this.refusal.take(refusal), true),
      ...calls,
      ...functionCall,
    ];
  }

  private reasoningDelta(content: string): Part[] {
    return content === "" ? [] : [{ type: "reasoning-delta", content, field: this.reasoningField }];
  }

  private rest(): Part[] {
    return [
      ...this.reasoningDelta(this.reasoning.rest()),
      ...textDelta(this.text.rest()),
      ...textDelta(this.refusal.rest(), true),
      ...this.toolCalls.rest(),
    ];
  }
}

/** DashScope and programs in Python write null as a text. An answer that is cut after it would be sold as whole. */
const NO_REASON = /^\s*(null|none)?\s*$/i;

/** Whether an object is part of an answer. Proxies send events of their own beside it, such as pings. */
function isAnswer(given: UnknownFields, usage: unknown): boolean {
  const isChat = typeof given.object === "string" && given.object.startsWith("chat.completion");
  return isChat || Array.isArray(given.choices) || isObject(usage);
}

/** Returns what a message adds to what was said before. */
function newsOf(before: string, all: string): string {
  return all.startsWith(before) ? all.slice(before.length) : all;
}

function contentParts(parts: readonly unknown[]): Part[] {
  return parts.length === 0 ? [] : [{ type: "extension", at: "delta", fields: { content_parts: parts } }];
}

function textDelta(content: string, isRefusal = false): Part[] {
  return content === "" ? [] : [{ type: "text-delta", content, ...(isRefusal && { isRefusal }) }];
}
