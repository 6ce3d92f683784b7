import type { LlmCallRow } from "../../features/calls/call.service.js";
import type { CallEvent, UnknownFields } from "../../features/calls/log/call-event.js";
import { DomainError } from "../../lib/errors.js";
import { errorBody } from "./chat-error.js";
import { toolCallShape, usageShape } from "./chat-shapes.js";
import { requireSucceeded } from "./require-succeeded.js";

export interface ChunkOptions {
  /** The model that is asked first. */
  readonly model: string;
  readonly createdAt: Date;
  /** Whether one more chunk at the end tells the usage. That chunk has no choices. */
  readonly includesUsage: boolean;
}

/**
 * Turns the events of a call into OpenAI's `chat.completion.chunk` objects, as server-sent events with the numbers of
 * the call's events. The last frame is `[DONE]`, or the error that ended the call. A chunk with `"replaces": true`,
 * which is not in OpenAI's format, replaces all chunks before it. It never throws.
 */
export async function* chatFrames(
  events: AsyncIterable<CallEvent>,
  options: ChunkOptions,
): AsyncGenerator<string, void, undefined> {
  const encoder = new ChunkEncoder(options);
  try {
    for await (const event of events) {
      if (event.type === "finished") yield* encoder.end(event.sequence, event.call);
      else for (const chunk of encoder.chunks(event)) yield frame(event.sequence, chunk);
    }
  } catch (error) {
    yield errorFrame(error instanceof DomainError ? error : new DomainError("INTERNAL"));
  }
}

class ChunkEncoder {
  /** Fields of the answer as a whole that the upstream sent. Each chunk repeats them. */
  private ofAnswer: UnknownFields = {};
  private model: string;

  constructor(private readonly options: ChunkOptions) {
    this.model = options.model;
  }

  *chunks(event: Exclude<CallEvent, { type: "finished" }>): Generator<object> {
    if (event.type === "started") yield this.chunk(event.callId, { role: "assistant", content: "" });
    else if (event.type === "text-delta")
      yield this.chunk(event.callId, event.isRefusal ? { refusal: event.content } : { content: event.content });
    else if (event.type === "tool-call-delta")
      yield this.chunk(event.callId, { tool_calls: [{ index: event.index, ...toolCallShape(event) }] });
    else if (event.type === "extension" && event.at === "answer") this.ofAnswer = event.fields;
    else if (event.type === "extension" && event.at === "delta") yield this.chunk(event.callId, event.fields);
    else if (event.type === "extension") yield this.chunk(event.callId, {}, event.fields);
    else if (event.type === "snapshot") {
      const calls = event.toolCalls.map((call, index) => ({ index, ...toolCallShape(call) }));
      const delta = { role: "assistant", content: event.content, ...(calls.length > 0 && { tool_calls: calls }) };
      yield { ...this.chunk(event.callId, delta), replaces: true };
    } else {
      this.model = event.toModel;
      if (event.discard) yield { ...this.chunk(event.callId, { role: "assistant", content: "" }), replaces: true };
    }
  }

  *end(sequence: number, call: LlmCallRow): Generator<string> {
    requireSucceeded(call);
    yield frame(sequence, this.chunk(call.id, {}, { finish_reason: call.finishReason }));
    if (this.options.includesUsage)
      yield frame(sequence, { ...this.chunk(call.id, {}), choices: [], usage: usageShape(call) });
    yield "data: [DONE]\n\n";
  }

  private chunk(callId: string, delta: object, ofChoice: object = {}): object {
    return {
      ...this.ofAnswer,
      id: `chatcmpl-${callId}`,
      object: "chat.completion.chunk",
      created: Math.floor(this.options.createdAt.getTime() / 1_000),
      model: this.model,
      choices: [{ index: 0, delta, finish_reason: null, ...ofChoice }],
    };
  }
}

const frame = (sequence: number, chunk: object): string => `id: ${sequence}\ndata: ${JSON.stringify(chunk)}\n\n`;

const errorFrame = (error: DomainError): string => `data: ${JSON.stringify(errorBody(error))}\n\n`;
