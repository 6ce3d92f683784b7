import { Arg, Ctx, ID, Int, Resolver, Root, Subscription } from "type-graphql";
import type { RequestContext } from "../../edge/context.js";
import {
  LlmCallDelta,
  LlmCallEvent,
  LlmCallFinished,
  LlmCallModelSwitched,
  LlmCallReasoningDelta,
  LlmCallSnapshot,
  LlmCallStarted,
  LlmToolCallDelta,
} from "./call-event.type.js";
import type { PlainCallEvent } from "./log/call-event.js";
import { LlmCallInput } from "./question/call.input.js";

/** What `subscribe` gets: the arguments as GraphQL coerced them, and the context. */
interface Given<Args> {
  readonly args: Args;
  readonly context: RequestContext;
}

@Resolver(() => LlmCallEvent)
export class CallStreamResolver {
  /** The types behind the interface, which no field names. */
  static readonly eventTypes = [
    LlmCallStarted,
    LlmCallSnapshot,
    LlmCallDelta,
    LlmCallReasoningDelta,
    LlmToolCallDelta,
    LlmCallModelSwitched,
    LlmCallFinished,
  ] as const;

  @Subscription(() => LlmCallEvent, {
    description:
      "Makes a call and streams it: LlmCallStarted, the deltas as they arrive, LlmCallFinished. Refusals are those of runLlmCall. Over graphql-ws, a client that lost its connection sends the same operation again under its UUID. It then follows the call that it began, and buys no other.",
    subscribe: ({ args, context: { services, viewer, operationId, record } }: Given<{ input: LlmCallInput }>) =>
      services.calls.stream(viewer, LlmCallInput.of(args.input), { operationId, limitSink: record }),
  })
  streamLlmCall(
    @Root() event: PlainCallEvent,
    @Ctx() { record }: RequestContext,
    @Arg("input", () => LlmCallInput, { description: "The question." }) _input: LlmCallInput,
  ): PlainCallEvent {
    record.callId = event.callId;
    return event;
  }

  @Subscription(() => LlmCallEvent, {
    description:
      "Follows a call, running or over, however it was made. Any number of clients may follow it. After a lost connection, `after` takes it up without a gap or a repeat. Throws NOT_FOUND if the key reaches no such call.",
    subscribe: ({ args, context }: Given<{ callId: string; after?: number | null }>) =>
      context.services.callFollower.follow(context.viewer, args.callId, args.after ?? 0),
  })
  llmCallEvents(
    @Root() event: PlainCallEvent,
    @Ctx() { record }: RequestContext,
    @Arg("callId", () => ID, { description: "The id of the call to follow." }) _callId: string,
    @Arg("after", () => Int, {
      nullable: true,
      defaultValue: 0,
      description: "The `sequence` of the last event that was seen. 0 and null mean from the start.",
    })
    _after: number | null,
  ): PlainCallEvent {
    record.callId = event.callId;
    return event;
  }
}
