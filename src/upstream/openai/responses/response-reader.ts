import { isObject } from "../../../lib/json/unknown-json.js";
import type { AnswerReading, AnswerSource } from "../../answers/answer-reading.js";
import { Extensions } from "../../answers/extensions.js";
import { reportedUsage } from "../../answers/reported.js";
import { WholeCharacters } from "../../answers/whole-characters.js";
import { failureByItself, failureSaying } from "../../failure/failure-in-answer.js";
import { UpstreamError } from "../../failure/upstream-error.js";
import type { Part, UnknownFields } from "../../provider.js";
import { ItemReader, placeOf } from "./item-reader.js";
import { Logprobs } from "./logprobs.js";

/**
 * Reads one answer in the format of OpenAI's responses: the typed events of a stream, or one whole response. The answer is
 * whole once it is completed or incomplete. An event of a type that is not known here says nothing.
 */
export class ResponseReader implements AnswerReading {
  hasMessage = false;
  isDone = false;
  private readonly extensions = new Extensions();
  private readonly items = new ItemReader();
  private readonly logprobs = new Logprobs();
  private readonly text = new WholeCharacters();
  private usage: UnknownFields = {};
  private finishReason: string | undefined;
  /** Whether an item was told of. */
  private hasItem = false;
  /** The text so far, because some tell an item's only at its end. */
  private said = "";

  constructor(private readonly source: AnswerSource) {}

  get isWhole(): boolean {
    return this.finishReason !== undefined;
  }

  done(): void {
    this.isDone = true;
  }

  readUsage(given: UnknownFields): Part[] {
    const { usage, service_tier: tier, output } = isObject(given.response) ? given.response : given;
    if (!isObject(usage)) return [];
    this.usage = usage;
    const searches = Math.max(this.items.webSearches, searchesIn(output));
    const reported = reportedUsage({ ...usage, server_tool_use: { web_search_requests: searches } }, tier);
    return reported === undefined ? [] : [{ type: "usage", usage: reported }];
  }

  read(given: UnknownFields): Part[] {
    if (given.object === "response") return this.readWhole(given);
    switch (given.type) {
      case "response.created":
      case "response.in_progress":
      case "response.queued":
        this.hasMessage = true;
        return [];
      case "response.output_text.delta":
        return [...this.say(given.delta), ...this.logprobs.add(textOf(placeOf(given), given), given.logprobs)];
      case "response.output_text.done":
        return this.logprobs.complete(textOf(placeOf(given), given), given.logprobs);
      case "response.refusal.delta":
        return this.say(given.delta, true);
      case "response.output_item.done":
        return [
          ...this.unsaid(given.item),
          ...this.readLogprobs(given.item, placeOf(given)),
          ...(this.items.read(given) ?? []),
        ];
      case "response.completed":
      case "response.incomplete":
        return isObject(given.response) ? this.readLast(given.response) : [];
      case "response.failed":
        throw this.failureOf(given.response);
      case "error":
        throw failureSaying(isObject(given.error) ? given.error : given, this.source);
      default:
        return this.items.read(given) ?? this.readOther(given);
    }
  }

  end(): Part[] {
    const { model, status } = this.source;
    if (this.items.lacksName)
      throw new UpstreamError("malformed", model, { status, cause: new Error("A tool call has no name.") });
    if (this.finishReason === undefined) {
      if (!this.isDone || this.hasMessage) throw new UpstreamError("truncated", model, { status });
      throw new UpstreamError("malformed", model, { status, cause: new Error("The answer is no response.") });
    }
    const reason = this.finishReason === "stop" && this.items.toolCalls > 0 ? "tool_calls" : this.finishReason;
    return [
      ...textDelta(this.text.rest()),
      ...this.items.rest(),
      ...this.extensions.read("usage", this.usage, COUNTS),
      { type: "finish", finishReason: reason },
    ];
  }

  /** A whole response is read as a stream of its items. */
  private readWhole(response: UnknownFields): Part[] {
    this.hasMessage = true;
    if (response.status === "failed") throw this.failureOf(response);
    return [...this.readItems(response), ...this.readEnd(response)];
  }

  private readItems({ output }: UnknownFields): Part[] {
    const items = Array.isArray(output) ? output.filter(isObject) : [];
    return items.flatMap((item, index) => [
      ...(item.type === "message" ? this.readMessage(item) : []),
      ...this.readLogprobs(item, index),
      ...this.items.readWhole(item, index),
    ]);
  }

  /** Proxies that make a stream of a whole answer may send nothing but its end. */
  private readLast(response: UnknownFields): Part[] {
    const hasNothing = !this.hasItem && this.said === "";
    return [...(hasNothing ? this.readItems(response) : []), ...this.readEnd(response)];
  }

  /** What a message says at its end and has not said before. */
  private unsaid(item: unknown): Part[] {
    this.hasItem = true;
    if (!isObject(item) || item.type !== "message") return [];
    const content = Array.isArray(item.content) ? item.content.filter(isObject) : [];
    const text = content.map((part) => textIn(part.text ?? part.refusal)).join("");
    return this.said.includes(text) ? [] : this.readMessage(item);
  }

  private say(given: unknown, isRefusal = false): Part[] {
    const text = textIn(given);
    this.said += text;
    return textDelta(this.text.take(text), isRefusal);
  }

  private readMessage({ content }: UnknownFields): Part[] {
    const parts = Array.isArray(content) ? content.filter(isObject) : [];
    return parts.flatMap((part) => {
      if (part.type === "refusal") return this.say(part.refusal, true);
      const annotations = Array.isArray(part.annotations) && part.annotations.length > 0 ? part.annotations : undefined;
      return [
        ...this.say(part.text),
        ...(annotations ? [{ type: "extension", at: "delta", fields: { annotations } } as const] : []),
      ];
    });
  }

  private readLogprobs(item: unknown, place: unknown): Part[] {
    if (!isObject(item) || item.type !== "message" || !Array.isArray(item.content)) return [];
    return item.content.flatMap((part: unknown, content_index) =>
      isObject(part) ? this.logprobs.complete(textOf(place, { content_index }), part.logprobs) : [],
    );
  }

  private readEnd(response: UnknownFields): Part[] {
    const { status, incomplete_details: details, service_tier: tier } = response;
    const why = isObject(details) ? details.reason : undefined;
    if (isObject(response.error)) throw this.failureOf(response);
    if (status !== "completed" && status !== "incomplete" && status !== undefined) return [];
    this.finishReason = status === "incomplete" ? (why === "content_filter" ? "content_filter" : "length") : "stop";
    return this.extensions.read("answer", typeof tier === "string" ? { service_tier: tier } : {});
  }

  private failureOf(response: unknown): UpstreamError {
    const error = isObject(response) ? response.error : undefined;
    return failureSaying(isObject(error) ? error : { message: "The response has failed." }, this.source);
  }

  private readOther(given: UnknownFields): Part[] {
    const isOfResponses = typeof given.type === "string" && given.type.startsWith("response.");
    const failure = this.isWhole || isOfResponses ? undefined : failureByItself(given, this.source);
    if (failure) throw failure;
    return [];
  }
}

const searchesIn = (output: unknown): number =>
  Array.isArray(output) ? output.filter((item) => isObject(item) && item.type === "web_search_call").length : 0;

/** The counts that the gateway tells under names of its own. */
const COUNTS = ["input_tokens", "output_tokens", "total_tokens"];

/** Which text an event is about: the item's place, and the place in it. */
const textOf = (place: unknown, { content_index: index = 0 }: UnknownFields): string => `${place} ${index}`;

const textIn = (value: unknown): string => (typeof value === "string" ? value : "");

function textDelta(content: string, isRefusal = false): Part[] {
  return content === "" ? [] : [{ type: "text-delta", content, ...(isRefusal && { isRefusal }) }];
}
