import type { IncomingHttpHeaders } from "node:http";
import { createParser, type EventSourceMessage } from "eventsource-parser";
import { isObject, parseJson } from "../../lib/unknown-json.js";
import { UpstreamError } from "../failure/upstream-error.js";
import type { Part, ReportedUsage, UnknownFields } from "../provider.js";
import { partsOfAnswer, textDelta } from "./chat-answer.js";
import { extensionOf } from "./extensions.js";
import { reportedCostNanoUsd, reportedUsage } from "./reported.js";

export interface ChatStream {
  readonly model: string;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/**
 * Yields the parts of an answer that arrives as server-sent events, as they arrive. It ends with `finish` only if the
 * upstream said that it was done, by a finish_reason or `[DONE]`. Throws UpstreamError: `truncated` if the stream just
 * stops, `malformed` if a chunk is not JSON, or the kind that an error inside the stream means.
 */
export async function* partsOfStream(stream: ChatStream): AsyncGenerator<Part, void, undefined> {
  const end = new StreamEnd();
  const decoder = new TextDecoder();
  const events: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (event) => events.push(event) });
  for await (const bytes of stream.bytes) {
    parser.feed(decoder.decode(bytes, { stream: true }));
    for (const { data } of events.splice(0)) {
      if (data === "[DONE]") end.isDone = true;
      else for (const part of partsOfChunk(data, stream, end)) yield part;
    }
    // Some upstreams keep the connection open after they are done.
    if (end.isDone) break;
  }
  yield end.part(stream);
}

/**
 * Collects what the stream says about its end: finish reason, usage and cost, from whichever chunk has them. It also
 * numbers the tool calls.
 */
class StreamEnd {
  isDone = false;
  /** Each chunk repeats the fields of the answer as a whole, so the first chunk is enough. */
  isFirst = true;
  finishReason: string | undefined;
  usage: ReportedUsage | undefined;
  costNanoUsd: bigint | undefined;
  private readonly toolIndexes: unknown[] = [];

  /**
   * Upstreams count tool calls from 0, from 1 or with gaps. Here they count from 0, in the order in which they begin.
   */
  toolIndex(given: unknown): number {
    const known = this.toolIndexes.indexOf(given);
    return known >= 0 ? known : this.toolIndexes.push(given) - 1;
  }

  part({ model, status, headers }: ChatStream): Part {
    if (!this.isDone && this.finishReason === undefined) throw new UpstreamError("truncated", model, { status });
    const costNanoUsd = this.costNanoUsd ?? reportedCostNanoUsd(headers["x-litellm-response-cost"]);
    return {
      type: "finish",
      finishReason: this.finishReason ?? "stop",
      ...(this.usage && { usage: this.usage }),
      ...(costNanoUsd !== undefined && { costNanoUsd }),
    };
  }
}

function partsOfChunk(data: string, stream: ChatStream, end: StreamEnd): Part[] {
  const { model, status, headers } = stream;
  const chunk = parseJson(data);
  if (!isObject(chunk))
    throw new UpstreamError("malformed", model, { status, cause: new Error("A chunk is not a JSON object.") });
  // An error inside the stream has the same shape as in a whole answer. Reading it as one throws.
  if (isObject(chunk.error)) partsOfAnswer({ model, status, headers, body: data });
  end.usage = reportedUsage(chunk.usage) ?? end.usage;
  end.costNanoUsd = reportedCostNanoUsd(isObject(chunk.usage) ? chunk.usage.cost : undefined) ?? end.costNanoUsd;
  const parts = end.isFirst ? extensionOf("answer", chunk) : [];
  end.isFirst = false;
  const choice: unknown = Array.isArray(chunk.choices) ? chunk.choices[0] : undefined;
  if (!isObject(choice)) return parts;
  if (typeof choice.finish_reason === "string") end.finishReason = choice.finish_reason;
  const delta = isObject(choice.delta) ? choice.delta : {};
  parts.push(...extensionOf("delta", delta));
  for (const text of [delta.content, delta.refusal])
    if (typeof text === "string" && text !== "") parts.push(textDelta(text, text === delta.refusal));
  for (const call of Array.isArray(delta.tool_calls) ? delta.tool_calls.filter(isObject) : [])
    parts.push(partOfToolCall(call, end.toolIndex(call.index)));
  parts.push(...extensionOf("choice", choice));
  return parts;
}

function partOfToolCall(call: UnknownFields, index: number): Part {
  const target = isObject(call.function) ? call.function : {};
  return {
    type: "tool-call-delta",
    index,
    ...(typeof call.id === "string" && call.id !== "" && { id: call.id }),
    ...(typeof target.name === "string" && target.name !== "" && { name: target.name }),
    ...(typeof target.arguments === "string" && { arguments: target.arguments }),
  };
}
