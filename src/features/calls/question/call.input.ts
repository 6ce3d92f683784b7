import { Field, Float, ID, InputType, Int, registerEnumType } from "type-graphql";
import { JsonObjectScalar, JsonScalar, SafeIntScalar } from "../../../edge/graphql/scalars.js";
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsInt,
  IsNumber,
  IsOptional,
  Max,
  Min,
  ValidateNested,
} from "../../../input/class-validator.js";
import { FREE_DATA_TEXT, IsMetadata, IsShallow, IsText } from "../../../input/rules.js";
import type { Json, JsonObject } from "../../../lib/json/json.js";
import { IdempotentInput } from "../../idempotency/idempotent.input.js";
import { MessageInput } from "./message.input.js";

export enum DisconnectPolicy {
  CANCEL = "CANCEL",
  FINISH = "FINISH",
}

registerEnumType(DisconnectPolicy, {
  name: "DisconnectPolicy",
  description: "What happens to a call if its client goes away.",
  valuesConfig: {
    CANCEL: {
      description:
        "The call is cancelled when nobody has waited for it or followed it for 5 seconds (unless configured otherwise). What had arrived until then is kept and billed.",
    },
    FINISH: { description: "The call goes on to its end, and can be read afterwards." },
  },
});

export enum MidStreamFailurePolicy {
  FAIL = "FAIL",
  RESTART = "RESTART",
}

registerEnumType(MidStreamFailurePolicy, {
  name: "MidStreamFailurePolicy",
  description: "What happens to a call if its model fails in the middle of its answer.",
  valuesConfig: {
    FAIL: { description: "The call has FAILED. What had arrived until then is kept and billed." },
    RESTART: {
      description:
        "The group's next model starts over, after LlmCallModelSwitched with discard: true. Both models are billed. If there is no next model, the call has FAILED.",
    },
  },
});

/** What was asked, as a door keeps it. */
export interface KeptQuestion {
  /** The call whose response this one goes on from. */
  readonly previousId: string | null;
  /** The items of the input, as JSON text. */
  readonly input: string;
  /** What the response repeats of its request, as JSON text. */
  readonly asked: string;
}

const MESSAGES_MAX = 2_000;
const TOOLS_MAX = 128;

@InputType({ description: "A question to a model group." })
export class LlmCallInput extends IdempotentInput {
  @Field(() => ID, {
    nullable: true,
    description:
      "The open job that the call belongs to. Null opens a job for this call alone, which ends with it: as COMPLETED if the call succeeds, or if its own client cancels it after the first token, otherwise as FAILED.",
  })
  readonly jobId?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The jobType of the job that is opened if jobId is null: 1 to 100 characters. Null means "llm-call". It is not allowed beside jobId.',
  })
  @IsOptional()
  @IsText(100)
  readonly jobType?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      "The team. It must be the key's own team, which is also what null means. It is not allowed beside jobId.",
  })
  readonly teamId?: string | null;

  @Field(() => ID, { description: "The name of one of the team's model groups." })
  readonly modelGroup!: string;

  @Field(() => [MessageInput], { description: `The conversation: 1 to ${MESSAGES_MAX} messages.` })
  @ArrayMinSize(1)
  @ArrayMaxSize(MESSAGES_MAX)
  @ValidateNested({ each: true })
  readonly messages!: MessageInput[];

  @Field(() => String, {
    nullable: true,
    description: "What the call is for: 1 to 200 characters. Null means that the team does not say.",
  })
  @IsOptional()
  @IsText(200)
  readonly purpose?: string | null;

  @Field(() => Float, {
    nullable: true,
    description: "How freely the model chooses its words: 0 to 2. Null leaves it to the model.",
  })
  @IsOptional()
  @IsNumber()
  @Min(0)
  @Max(2)
  readonly temperature?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "The most tokens that the answer may have: 1 or more. Null leaves it to the model.",
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  readonly maxTokens?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "The share of probability that the model chooses from: 0 to 1. Null leaves it to the model.",
  })
  @IsOptional()
  @IsNumber()
  @Min(0)
  @Max(1)
  readonly topP?: number | null;

  @Field(() => [String], {
    nullable: true,
    description: "Up to 16 texts. The answer ends before the first of them. Null and [] mean none.",
  })
  @IsOptional()
  @ArrayMaxSize(16)
  readonly stop?: string[] | null;

  @Field(() => SafeIntScalar, {
    nullable: true,
    description: "A number that makes answers repeatable, if the model can do that. Null means none.",
  })
  readonly seed?: number | null;

  @Field(() => [JsonObjectScalar], {
    nullable: true,
    description: `The tools that the model may call, as OpenAI defines them: up to ${TOOLS_MAX}. Null and [] mean none.`,
  })
  @IsOptional()
  @ArrayMaxSize(TOOLS_MAX)
  @IsShallow()
  readonly tools?: JsonObject[] | null;

  @Field(() => JsonScalar, {
    nullable: true,
    description:
      '"none", "auto", "required", or an object that names a tool, as OpenAI defines it. Null leaves it to the model.',
  })
  @IsOptional()
  @IsShallow()
  readonly toolChoice?: Json;

  @Field(() => JsonObjectScalar, {
    nullable: true,
    description:
      'The form of the answer, such as {type: "json_object"} or {type: "json_schema", json_schema: ...}, as OpenAI defines it. Null means text.',
  })
  @IsOptional()
  @IsShallow()
  readonly responseFormat?: JsonObject | null;

  @Field(() => JsonObjectScalar, {
    nullable: true,
    description:
      "Further fields of the request to the upstream, under the names it knows, such as {presence_penalty: 0.5}: what OpenAI's chat completions have, and the sampling and thinking options of the large providers. Any other name is refused, unless the admin named it in allowedOptions of the model group. Fields in extra_body are judged and sent as if they stood beside it. Null counts as absent. Fields that this input has are not allowed here.",
  })
  @IsOptional()
  @IsShallow()
  readonly providerOptions?: JsonObject | null;

  @Field(() => JsonObjectScalar, { nullable: true, description: `${FREE_DATA_TEXT}. Null means {}.` })
  @IsOptional()
  @IsMetadata()
  readonly metadata?: JsonObject | null;

  @Field(() => DisconnectPolicy, {
    nullable: true,
    description:
      "What happens if the client goes away. Null means CANCEL for streamLlmCall, and FINISH for runLlmCall and startLlmCall.",
  })
  readonly onDisconnect?: DisconnectPolicy | null;

  @Field(() => MidStreamFailurePolicy, {
    nullable: true,
    description: "What happens if a model fails in the middle of its answer. Null means FAIL.",
  })
  readonly onMidStreamFailure?: MidStreamFailurePolicy | null;

  /**
   * Whether bookkeeping among the provider options is left out instead of refused. A door says so for its clients, which
   * send such fields unasked. It is no field of GraphQL.
   */
  readonly leavesOutBookkeeping?: boolean;

  /**
   * What of the question is kept beside the answer. Null means that nothing of the call's contents is kept, neither question
   * nor answer. Undefined means the answer alone. It is no field of GraphQL.
   */
  readonly kept?: KeptQuestion | null;

  /** Makes an instance of an input that did not come through GraphQL's arguments, such as that of a subscription. */
  static of(given: LlmCallInput): LlmCallInput {
    const messages = given.messages.map((message) => Object.assign(new MessageInput(), message));
    return Object.assign(new LlmCallInput(), given, { messages });
  }
}
