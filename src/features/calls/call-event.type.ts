import { Field, ID, Int, InterfaceType, ObjectType } from "type-graphql";
import { LlmCall, ToolCall } from "./call.type.js";
import type { PlainCallEvent } from "./log/call-event.js";

/** The type of each event, by what it is inside. */
const TYPE_NAMES: Readonly<Record<PlainCallEvent["type"], string>> = {
  started: "LlmCallStarted",
  snapshot: "LlmCallSnapshot",
  "text-delta": "LlmCallDelta",
  "reasoning-delta": "LlmCallReasoningDelta",
  "tool-call-delta": "LlmToolCallDelta",
  "model-switched": "LlmCallModelSwitched",
  finished: "LlmCallFinished",
};

/** Returns the name of the type of an event. */
export const eventTypeName = (event: PlainCallEvent): string => TYPE_NAMES[event.type];

@InterfaceType({
  description:
    "Something that happened in a call. A stream of events ends with LlmCallFinished, exactly once and last. A stream that ends without it was cut, and can be taken up again with llmCallEvents(callId, after).",
})
export abstract class LlmCallEvent {
  @Field(() => ID, { description: "The call that the event belongs to." })
  readonly callId!: string;

  @Field(() => Int, {
    description:
      "The number of the event, for `after`. It starts at 1 and grows from event to event. It skips numbers if waiting deltas were joined into one, which then has the number of the last, and before the snapshot of a call that is over.",
  })
  readonly sequence!: number;
}

@ObjectType({
  implements: LlmCallEvent,
  description: "The call was admitted. Begin with empty text.",
  simpleResolvers: true,
})
export class LlmCallStarted extends LlmCallEvent {
  @Field(() => String, { description: "The model that is asked first." })
  readonly model!: string;
}

@ObjectType({
  implements: LlmCallEvent,
  description:
    "All of the answer so far. It replaces everything that came before. It is sent if the single deltas are no longer kept, if the call is over, or if it runs in another process of the gateway and the two have no Redis in common.",
  simpleResolvers: true,
})
export class LlmCallSnapshot extends LlmCallEvent {
  @Field(() => String, { description: "The text so far." })
  readonly content!: string;

  @Field(() => String, { description: 'The model\'s reasoning so far; "" if it shows none.' })
  readonly reasoning!: string;

  @Field(() => [ToolCall], { description: "The tool calls so far." })
  readonly toolCalls!: ToolCall[];
}

@ObjectType({ implements: LlmCallEvent, description: "More of the answer's text.", simpleResolvers: true })
export class LlmCallDelta extends LlmCallEvent {
  @Field(() => String, { description: "The text to append." })
  readonly content!: string;
}

@ObjectType({
  implements: LlmCallEvent,
  description: "More of the model's reasoning, which some models show before their answer.",
  simpleResolvers: true,
})
export class LlmCallReasoningDelta extends LlmCallEvent {
  @Field(() => String, { description: "The text to append to the reasoning." })
  readonly content!: string;
}

@ObjectType({
  implements: LlmCallEvent,
  description: "More of a function call that the model asks for.",
  simpleResolvers: true,
})
export class LlmToolCallDelta extends LlmCallEvent {
  @Field(() => Int, { description: "Which of the answer's tool calls it is, counted from 0." })
  readonly index!: number;

  @Field(() => ID, { nullable: true, description: "The id of the tool call. It comes once, and is null otherwise." })
  readonly id!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "The part of the name to append. The name usually comes once and whole. Null if there is none in this event.",
  })
  readonly name!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The part of the arguments to append. Null if there is none in this event.",
  })
  readonly arguments!: string | null;
}

@ObjectType({
  implements: LlmCallEvent,
  description: "A model failed, and the next model of the group is asked.",
  simpleResolvers: true,
})
export class LlmCallModelSwitched extends LlmCallEvent {
  @Field(() => String, { description: "The model that failed." })
  readonly fromModel!: string;

  @Field(() => String, { description: "The model that is asked now." })
  readonly toModel!: string;

  @Field(() => String, { description: "What happened to the model that failed, in a sentence." })
  readonly reason!: string;

  @Field(() => Boolean, {
    description:
      "True if what came before is void, because the next model starts over. Then begin with empty text again.",
  })
  readonly discard!: boolean;
}

@ObjectType({
  implements: LlmCallEvent,
  description: "The call is settled. No event comes after it.",
  simpleResolvers: true,
})
export class LlmCallFinished extends LlmCallEvent {
  @Field(() => LlmCall, { description: "The call as it was settled, with its status, usage and cost." })
  readonly call!: LlmCall;
}
