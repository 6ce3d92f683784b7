import type { Frame } from "../../../edge/http/event-stream.js";
import type { LlmCallRow } from "../../../features/calls/call.service.js";
import type { CallEvent, Snapshot, UnknownFields } from "../../../features/calls/log/call-event.js";
import { stringifyExact } from "../../../lib/json/exact-json.js";
import { toolCallShape, usageShape, wholeToolCallShape } from "../chat-shapes.js";
import { requireSucceeded } from "../require-succeeded.js";
import { isSomething } from "./is-something.js";

export interface ChunkOptions {
  /** The model that is asked first. */
  readonly model: string;
  readonly createdAt: Date;
  /** Whether one more chunk at the end tells the usage. That chunk has no choices. */
  readonly includesUsage: boolean;
  /** Whether each chunk has the number of its event as its `id:`, so that a client can go on after it. */
  readonly isNumbered: boolean;
}

/**
 * Turns the events of a call into OpenAI's `chat.completion.chunk` objects, as server-sent events. The last frame is
 * `[DONE]`. A chunk with `"replaces": true`, which is not in OpenAI's format, replaces all chunks before it. It throws
 * the error that ended the call.
 */
export async function* chatFrames(
  events: AsyncIterable<CallEvent>,
  options: ChunkOptions,
): AsyncGenerator<Frame, void, undefined> {
  const encoder = new ChunkEncoder(options);
  for await (const event of events) {
    const chunks = event.type === "finished" ? encoder.end(event.call) : encoder.chunks(event);
    const id = options.isNumbered ? `id: ${event.sequence}\n` : "";
    const isVisible = isSomething(event);
    for (const chunk of chunks) yield { text: `${id}data: ${stringifyExact(chunk)}\n\n`, isVisible };
    if (event.type === "finished") yield { text: "data: [DONE]\n\n", isVisible };
  }
}

/** Fields of the answer as a whole that OpenAI repeats in each chunk. Others come once, in a chunk of their own. */
const REPEATED = new Set(["system_fingerprint", "service_tier"]);

class ChunkEncoder {
  private repeated: UnknownFields = {};
  /** The details of the usage, as the upstream sent them. */
  private usageDetails: UnknownFields = {};
  private model: string;

  constructor(private readonly options: ChunkOptions) {
    this.model = options.model;
  }

  *chunks(event: Exclude<CallEvent, { type: "finished" }>): Generator<object> {
    if (event.type === "started") yield this.chunk(event.callId, { role: "assistant", content: "" });
    else if (event.type === "text-delta")
      yield this.chunk(event.callId, event.isRefusal ? { refusal: event.content } : { content: event.content });
    else if (event.type === "reasoning-delta") yield this.chunk(event.callId, { [event.field]: event.content });
    else if (event.type === "tool-call-delta") yield this.chunk(event.callId, toolCallDelta(event));
    else if (event.type === "extension") yield* this.extension(event);
    else if (event.type === "snapshot") yield { ...this.chunk(event.callId, wholeDelta(event)), replaces: true };
    else {
      this.model = event.toModel;
      // The fingerprint is that of the model which was given up.
      this.repeated = {};
      if (event.discard) yield { ...this.chunk(event.callId, { role: "assistant", content: "" }), replaces: true };
    }
  }

  *end(call: LlmCallRow): Generator<object> {
    requireSucceeded(call);
    yield this.chunk(call.id, {}, { finish_reason: call.finishReason });
    if (this.options.includesUsage)
      yield { ...this.chunk(call.id, {}), choices: [], usage: usageShape(call, this.usageDetails) };
  }

  private *extension({ callId, at, fields }: Extract<CallEvent, { type: "extension" }>): Generator<object> {
    if (at === "delta") yield this.chunk(callId, fields);
    else if (at === "choice") yield this.chunk(callId, {}, fields);
    else if (at === "usage") this.usageDetails = { ...this.usageDetails, ...fields };
    else {
      const entries = Object.entries(fields);
      this.repeated = { ...this.repeated, ...Object.fromEntries(entries.filter(([name]) => REPEATED.has(name))) };
      const once = entries.filter(([name]) => !REPEATED.has(name));
      if (once.length > 0) yield { ...Object.fromEntries(once), ...this.chunk(callId, {}) };
    }
  }

  private chunk(callId: string, delta: object, ofChoice: object = {}): object {
    return {
      ...this.repeated,
      id: `chatcmpl-${callId}`,
      object: "chat.completion.chunk",
      created: Math.floor(this.options.createdAt.getTime() / 1_000),
      model: this.model,
      choices: [{ index: 0, delta, finish_reason: null, ...ofChoice }],
    };
  }
}

function wholeDelta({ content, reasoning, reasoningField, toolCalls }: Snapshot): object {
  const calls = toolCalls.map((call, index) => ({ index, ...wholeToolCallShape(call) }));
  const [first] = toolCalls;
  return {
    role: "assistant",
    content,
    ...(reasoning !== "" && { [reasoningField]: reasoning }),
    ...(first && (first.isFunctionCall ? { function_call: toolCallShape(first).function } : { tool_calls: calls })),
  };
}

function toolCallDelta({ isFunctionCall, index, ...call }: Extract<CallEvent, { type: "tool-call-delta" }>): object {
  if (isFunctionCall) return { function_call: toolCallShape(call).function };
  return { tool_calls: [{ index, ...wholeToolCallShape(call) }] };
}
