import { Field, ID, Int, InterfaceType, ObjectType } from "type-graphql";
import { LlmCall, ToolCall } from "./call.type.js";
import type { PlainCallEvent } from "./log/call-event.js";

/** The type of each event, by what it is inside. */
const TYPE_NAMES: Readonly<Record<PlainCallEvent["type"], string>> = {
  started: "LlmCallStarted",
  snapshot: "LlmCallSnapshot",
  "text-delta": "LlmCallDelta",
  "tool-call-delta": "LlmToolCallDelta",
  "model-switched": "LlmCallModelSwitched",
  finished: "LlmCallFinished",
};

@InterfaceType({
  description:
    "Something that happened in a call. A stream of events ends with LlmCallFinished, exactly once and last; one that ends without it was cut, and can be taken up again with llmCallEvents(callId, after).",
  resolveType: (event: PlainCallEvent) => TYPE_NAMES[event.type],
})
export abstract class LlmCallEvent {
  @Field(() => ID, { description: "The call that it happened in." })
  readonly callId!: string;

  @Field(() => Int, {
    description:
      "Grows from event to event, starting at 1; with a gap where waiting deltas were joined into one, which has the number of the last. For `after`.",
  })
  readonly sequence!: number;
}

@ObjectType({
  implements: LlmCallEvent,
  description: "The call was admitted: begin with empty text.",
  simpleResolvers: true,
})
export class LlmCallStarted extends LlmCallEvent {
  @Field(() => String, { description: "The model that is asked first." })
  readonly model!: string;
}

@ObjectType({
  implements: LlmCallEvent,
  description:
    "All of the answer so far, in place of all that came before: where the single deltas are kept no longer, or the call runs in another process or is over.",
  simpleResolvers: true,
})
export class LlmCallSnapshot extends LlmCallEvent {
  @Field(() => String, { description: "The text so far." })
  readonly content!: string;

  @Field(() => [ToolCall], { description: "The tool calls so far." })
  readonly toolCalls!: ToolCall[];
}

@ObjectType({ implements: LlmCallEvent, description: "More of the answer's text.", simpleResolvers: true })
export class LlmCallDelta extends LlmCallEvent {
  @Field(() => String, { description: "To be appended." })
  readonly content!: string;
}

@ObjectType({
  implements: LlmCallEvent,
  description: "More of a function call that the model asks for.",
  simpleResolvers: true,
})
export class LlmToolCallDelta extends LlmCallEvent {
  @Field(() => Int, { description: "Which of the answer's tool calls, from 0." })
  readonly index!: number;

  @Field(() => ID, { nullable: true, description: "Comes once." })
  readonly id!: string | null;

  @Field(() => String, { nullable: true, description: "To be appended; as a rule it comes once and whole." })
  readonly name!: string | null;

  @Field(() => String, { nullable: true, description: "To be appended." })
  readonly arguments!: string | null;
}

@ObjectType({
  implements: LlmCallEvent,
  description: "A model failed, and the next one of the group is asked.",
  simpleResolvers: true,
})
export class LlmCallModelSwitched extends LlmCallEvent {
  @Field(() => String, { description: "The one that failed." })
  readonly fromModel!: string;

  @Field(() => String, { description: "The one that is asked now." })
  readonly toModel!: string;

  @Field(() => String, { description: "What became of the first one." })
  readonly reason!: string;

  @Field(() => Boolean, {
    description:
      "Whether what came before is void, since the next model starts over: then begin with empty text again.",
  })
  readonly discard!: boolean;
}

@ObjectType({
  implements: LlmCallEvent,
  description: "The call is settled. Nothing comes after it.",
  simpleResolvers: true,
})
export class LlmCallFinished extends LlmCallEvent {
  @Field(() => LlmCall, { description: "As it was written: with its status, usage and cost." })
  readonly call!: LlmCall;
}
