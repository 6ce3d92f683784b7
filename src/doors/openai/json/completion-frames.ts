import type { Frame } from "../../../edge/http/event-stream.js";
import type { LlmCallRow } from "../../../features/calls/call.service.js";
import type { CallEvent, UnknownFields } from "../../../features/calls/log/call-event.js";
import { stringifyExact } from "../../../lib/json/exact-json.js";
import { usageShape } from "../../chat/chat-shapes.js";
import { requireSucceeded } from "../../chat/require-succeeded.js";
import { isSomething } from "../../chat/streams/is-something.js";

/**
 * Turns the events of a call into the chunks of OpenAI's older completions, as server-sent events. The last frame is `[DONE]`.
 * A chunk with `"replaces": true`, which is not in OpenAI's format, replaces all chunks before it, as in streams of chats. It
 * throws the error that ended the call.
 */
export async function* completionFrames(
  events: AsyncIterable<CallEvent>,
  begun: LlmCallRow,
  includesUsage: boolean,
): AsyncGenerator<Frame, void, undefined> {
  const chunks = new CompletionChunks(begun, includesUsage);
  for await (const event of events) {
    const isVisible = isSomething(event);
    for (const chunk of chunks.of(event)) yield { text: `data: ${stringifyExact(chunk)}\n\n`, isVisible };
    if (event.type === "finished") yield { text: "data: [DONE]\n\n", isVisible };
  }
}

class CompletionChunks {
  private model: string;

  constructor(
    private readonly begun: LlmCallRow,
    private readonly includesUsage: boolean,
  ) {
    this.model = begun.model ?? begun.modelGroup;
  }

  *of(event: CallEvent): Generator<object> {
    if (event.type === "started") this.model = event.model;
    else if (event.type === "text-delta") yield this.chunk({ text: event.content });
    else if (event.type === "snapshot") yield { ...this.chunk({ text: event.content }), replaces: true };
    // Such as the logprobs of a piece.
    else if (event.type === "extension" && event.at === "choice") yield this.chunk(event.fields);
    else if (event.type === "model-switched") {
      this.model = event.toModel;
      if (event.discard) yield { ...this.chunk({}), replaces: true };
    } else if (event.type === "finished") yield* this.end(event.call);
  }

  private *end(call: LlmCallRow): Generator<object> {
    requireSucceeded(call);
    yield this.chunk({ finish_reason: call.finishReason });
    if (this.includesUsage) yield { ...this.chunk({}), choices: [], usage: usageShape(call) };
  }

  private chunk(ofChoice: UnknownFields): object {
    return {
      id: `cmpl-${this.begun.id}`,
      object: "text_completion",
      created: Math.floor(this.begun.createdAt.getTime() / 1_000),
      model: this.model,
      choices: [{ text: "", index: 0, logprobs: null, finish_reason: null, ...ofChoice }],
    };
  }
}
