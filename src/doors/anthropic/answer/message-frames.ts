import type { Frame } from "../../../edge/http/event-stream.js";
import type { LlmCallRow } from "../../../features/calls/call.service.js";
import { BesideAnswer } from "../../../features/calls/log/beside-answer.js";
import type { CallEvent } from "../../../features/calls/log/call-event.js";
import { stringifyExact } from "../../../lib/json/exact-json.js";
import type { JsonObject } from "../../../lib/json/json.js";
import { requireSucceeded } from "../../chat/require-succeeded.js";
import { ToolCallTurns } from "../../chat/tool-call-turns.js";
import { ContentWriter, type StreamEvent } from "./content-writer.js";
import { emptyMessage } from "./message-shape.js";
import { stopOf } from "./stop-of.js";
import { type ThinkingBlock, thinkingBlocks } from "./thinking-blocks.js";
import { usageAtEnd, usageAtStart } from "./usage-of.js";

/**
 * Turns the events of a call into the events of Anthropic's streams. `message_start` comes with the first piece of the
 * answer, because it names the model. It throws the error that ended the call.
 */
export async function* messageFrames(
  events: AsyncIterable<CallEvent>,
  call: Pick<LlmCallRow, "id" | "model" | "modelGroup" | "extensions">,
): AsyncGenerator<Frame, void, undefined> {
  const writer = new MessageWriter(call);
  for await (const event of events)
    for (const written of writer.write(event)) yield { text: frameOf(written), isVisible: true };
}

/** Clients drop an event that has no name. */
export const frameOf = (event: StreamEvent): string => `event: ${event.type}\ndata: ${stringifyExact(event)}\n\n`;

class MessageWriter {
  private readonly content = new ContentWriter();
  private readonly turns = new ToolCallTurns();
  private beside = new BesideAnswer();
  private model: string;
  private hasStarted = false;
  private isRefusal = false;

  constructor(private readonly call: Pick<LlmCallRow, "id" | "model" | "modelGroup" | "extensions">) {
    this.model = call.model ?? call.modelGroup;
  }

  *write(given: CallEvent): Generator<StreamEvent> {
    for (const event of this.turns.take(given)) yield* this.writeInTurn(event);
  }

  private *writeInTurn(event: CallEvent): Generator<StreamEvent> {
    if (event.type === "finished") {
      yield* this.end(event.call);
      return;
    }
    this.add(event);
    const written = this.content.take();
    if (written.length > 0) yield* this.start();
    yield* written;
  }

  private add(event: Exclude<CallEvent, { type: "finished" }>): void {
    const { content } = this;
    if (event.type === "text-delta") {
      this.isRefusal ||= event.isRefusal === true;
      content.addText(event.content);
    } else if (event.type === "reasoning-delta") content.addThinking(event.content);
    else if (event.type === "tool-call-delta") content.addTool(event);
    else if (event.type === "snapshot") content.catchUp(event, this.kept);
    else if (event.type === "extension") {
      this.beside.add(event);
      if (event.at !== "delta") return;
      content.addThinkingBlocks(event.fields.thinking_blocks);
      content.addOwn(event.fields.content_parts);
      content.addCitations(event.fields.citations);
    } else if (event.type === "started") this.model = event.model;
    else {
      this.model = event.toModel;
      this.beside = new BesideAnswer();
      if (event.discard) content.startOver();
    }
  }

  /** The thinking blocks of a call that was over when the stream began. */
  private get kept(): ThinkingBlock[] {
    return thinkingBlocks(new BesideAnswer(this.call.extensions as JsonObject).of("delta").thinking_blocks);
  }

  private *start(): Generator<StreamEvent> {
    if (this.hasStarted) return;
    this.hasStarted = true;
    yield { type: "message_start", message: emptyMessage(this.call.id, this.model, usageAtStart()) };
  }

  private *end(call: LlmCallRow): Generator<StreamEvent> {
    requireSucceeded(call);
    const stored = new BesideAnswer(call.extensions as JsonObject);
    const sent = (at: "choice" | "usage") => ({ ...stored.of(at), ...this.beside.of(at) });
    this.content.end();
    const written = this.content.take();
    yield* this.start();
    yield* written;
    const delta = {
      container: null,
      ...stopOf({
        finishReason: call.finishReason,
        choice: sent("choice"),
        isRefusal: this.isRefusal || stored.isRefusal,
      }),
    };
    yield { type: "message_delta", delta, usage: usageAtEnd(call, sent("usage")) };
    yield { type: "message_stop" };
  }
}
