import type { LlmCallRow } from "../../../../features/calls/call.service.js";
import { BesideAnswer } from "../../../../features/calls/log/beside-answer.js";
import type { CallEvent } from "../../../../features/calls/log/call-event.js";
import type { EndedCall } from "../../../../features/calls/log/call-row.js";
import type { DomainError } from "../../../../lib/errors.js";
import type { JsonObject } from "../../../../lib/json/json.js";
import { errorBody } from "../../../chat/chat-error.js";
import { ToolCallTurns } from "../../../chat/tool-call-turns.js";
import type { AskedResponse } from "../asked-response.js";
import { responseShape, statusOf } from "../response.shapes.js";
import type { ResponseEvent } from "./output-item.js";
import { ResponseOutput } from "./response-output.js";

export type NumberedEvent = ResponseEvent & { readonly sequence_number: number };

/**
 * Turns the events of a call into those of a response. What it has when the call ends is the response itself, so a plain
 * answer is a stream that nobody saw.
 */
export class ResponseWriter {
  private readonly output: ResponseOutput;
  private readonly turns = new ToolCallTurns();
  private model: string;
  private sequence = 0;
  private hasBegun = false;
  private isLate = false;
  /** The call as it ended; undefined before that. */
  ended: EndedCall | undefined;

  constructor(
    private readonly call: LlmCallRow,
    private readonly asked: AskedResponse,
  ) {
    const showsPacked = asked.include.includes("reasoning.encrypted_content");
    const showsLogprobs = asked.include.includes("message.output_text.logprobs") || Number(asked.top_logprobs) > 0;
    this.output = new ResponseOutput({ callId: call.id, showsPacked, showsLogprobs });
    this.model = call.model ?? call.modelGroup;
  }

  *take(given: CallEvent): Generator<NumberedEvent> {
    for (const event of this.turns.take(given)) yield* this.write(event);
  }

  private *write(event: CallEvent): Generator<NumberedEvent> {
    if (event.type === "started") this.model = event.model;
    if (event.type === "model-switched") this.model = event.toModel;
    yield* this.numbered(this.begin());
    if (event.type === "finished") {
      this.ended = event.call;
      if (event.call.status === "SUCCEEDED") yield* this.numbered(this.end(event.call));
    } else yield* this.numbered(this.eventsOf(event));
  }

  /** The response as it stands when the call has ended, or is read before its end. */
  response(call: LlmCallRow, error?: DomainError): object {
    const status = statusOf(call);
    return responseShape(call, this.asked, {
      status,
      model: call.model ?? this.model,
      output: this.output.shapes(status === "completed" ? "completed" : "incomplete"),
      ofAnswer: this.output.beside.of("answer"),
      ofUsage: this.output.beside.of("usage"),
      ...(error && { error }),
    });
  }

  /** The last events of a stream that breaks off: its response has failed, or the client may not see its end. */
  *fail(error: DomainError): Generator<NumberedEvent> {
    yield* this.numbered(this.output.close("incomplete"));
    if (this.ended) {
      const response = { ...this.response(this.ended, error), status: "failed" };
      yield this.number({ type: "response.failed", response });
      return;
    }
    const { code, message, param } = errorBody(error).error;
    yield this.number({ type: "error", code, message, param });
  }

  private *begin(): Generator<ResponseEvent> {
    if (this.hasBegun) return;
    this.hasBegun = true;
    const response = responseShape(this.call, this.asked, { status: "in_progress", model: this.model, output: [] });
    yield { type: "response.created", response };
    yield { type: "response.in_progress", response };
  }

  private *eventsOf(event: Exclude<CallEvent, { type: "finished" }>): Generator<ResponseEvent> {
    const { output } = this;
    if (event.type === "text-delta") yield* output.addText(event);
    else if (event.type === "reasoning-delta") yield* output.addReasoning(event.content);
    else if (event.type === "tool-call-delta") yield* output.addToolCall(event);
    else if (event.type === "extension") yield* output.addExtension(event);
    else if (event.type === "model-switched" && event.discard) yield* output.giveUp();
    else if (event.type === "snapshot") {
      this.isLate = true;
      yield* output.catchUp(event, new BesideAnswer(this.call.extensions as JsonObject).isRefusal);
    }
  }

  private *end(call: LlmCallRow): Generator<ResponseEvent> {
    const { output } = this;
    if (output.isEmpty) yield* output.addText({ content: "" });
    if (this.isLate) yield* output.takeKept(call.extensions as JsonObject);
    const status = statusOf(call);
    yield* output.close(status === "completed" ? "completed" : "incomplete");
    yield { type: `response.${status}`, response: this.response(call) };
  }

  private *numbered(events: Iterable<ResponseEvent>): Generator<NumberedEvent> {
    for (const event of events) yield this.number(event);
  }

  private number(event: ResponseEvent): NumberedEvent {
    return { ...event, sequence_number: this.sequence++ };
  }
}
