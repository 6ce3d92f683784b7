import { ArrayMaxSize, ArrayMinSize, IsInt, IsNumber, IsOptional, Max, Min, ValidateNested } from "class-validator";
import { Field, Float, ID, InputType, Int, registerEnumType } from "type-graphql";
import { JsonObjectScalar, JsonScalar } from "../../edge/graphql/scalars.js";
import { IsMetadata, IsShallow, IsText } from "../../input/rules.js";
import type { Json, JsonObject } from "../../lib/json.js";
import { IdempotentInput } from "../idempotency/idempotent.input.js";

export enum MessageRole {
  SYSTEM = "SYSTEM",
  DEVELOPER = "DEVELOPER",
  USER = "USER",
  ASSISTANT = "ASSISTANT",
  TOOL = "TOOL",
}

export enum DisconnectPolicy {
  CANCEL = "CANCEL",
  FINISH = "FINISH",
}

registerEnumType(DisconnectPolicy, {
  name: "DisconnectPolicy",
  description: "What becomes of a call whose client goes away.",
  valuesConfig: {
    CANCEL: {
      description:
        "It is cancelled when nobody has waited for it or followed it for 5 seconds (unless configured otherwise); what came until then is kept and billed.",
    },
    FINISH: { description: "It goes on to its end, and is there to be read." },
  },
});

export enum MidStreamFailurePolicy {
  FAIL = "FAIL",
  RESTART = "RESTART",
}

registerEnumType(MidStreamFailurePolicy, {
  name: "MidStreamFailurePolicy",
  description: "What becomes of a call whose model fails in the middle of its answer.",
  valuesConfig: {
    FAIL: { description: "It has FAILED; what came until then is kept and billed." },
    RESTART: {
      description:
        "The group's next model starts over, after LlmCallModelSwitched with discard: true; both are billed. Where there is no next model it has FAILED.",
    },
  },
});

registerEnumType(MessageRole, { name: "MessageRole", description: "Who speaks, as OpenAI's chat format has it." });

const MESSAGES_MAX = 2_000;
const TOOLS_MAX = 128;

@InputType({ description: "A message in OpenAI's chat format." })
export class MessageInput {
  @Field(() => MessageRole)
  readonly role!: MessageRole;

  @Field(() => String, {
    nullable: true,
    description: "The text. Exactly one of content and parts, or neither where an ASSISTANT message has toolCalls.",
  })
  readonly content?: string | null;

  @Field(() => [JsonObjectScalar], {
    nullable: true,
    description:
      'Content parts instead of text, as OpenAI defines them: {type: "text", text}, {type: "image_url", image_url} ...',
  })
  @IsOptional()
  @IsShallow()
  readonly parts?: JsonObject[] | null;

  @Field(() => String, { nullable: true, description: "The speaker's name, 1 to 64 characters." })
  @IsOptional()
  @IsText(64)
  readonly name?: string | null;

  @Field(() => [JsonObjectScalar], {
    nullable: true,
    description: "What an ASSISTANT message asked to be called, as OpenAI defines it.",
  })
  @IsOptional()
  @IsShallow()
  readonly toolCalls?: JsonObject[] | null;

  @Field(() => ID, { nullable: true, description: "Which call a TOOL message answers." })
  readonly toolCallId?: string | null;

  @Field(() => JsonObjectScalar, {
    nullable: true,
    description:
      "Further fields of the message for the upstream, by their names there, such as {cache_control: ...}. Not for what has a field here.",
  })
  @IsOptional()
  @IsShallow()
  readonly providerOptions?: JsonObject | null;
}

@InputType({ description: "A question to a model group." })
export class LlmCallInput extends IdempotentInput {
  @Field(() => ID, {
    nullable: true,
    description:
      "The open job it belongs to. Null opens a job for this call alone, which ends with it: COMPLETED if the call succeeds, else FAILED.",
  })
  readonly jobId?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The jobType of the job that is opened where jobId is null, 1 to 100 characters; null is "llm-call". Not allowed beside jobId.',
  })
  @IsOptional()
  @IsText(100)
  readonly jobType?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "The key's own team, which is also what null means. Not allowed beside jobId.",
  })
  readonly teamId?: string | null;

  @Field(() => ID, { description: "One of the team's model groups." })
  readonly modelGroup!: string;

  @Field(() => [MessageInput], { description: `1 to ${MESSAGES_MAX} messages.` })
  @ArrayMinSize(1)
  @ArrayMaxSize(MESSAGES_MAX)
  @ValidateNested({ each: true })
  readonly messages!: MessageInput[];

  @Field(() => String, { nullable: true, description: "What it is for, 1 to 200 characters." })
  @IsOptional()
  @IsText(200)
  readonly purpose?: string | null;

  @Field(() => Float, { nullable: true, description: "0 to 2; null leaves it to the model." })
  @IsOptional()
  @IsNumber()
  @Min(0)
  @Max(2)
  readonly temperature?: number | null;

  @Field(() => Int, { nullable: true, description: "The most tokens of the answer, 1 or more." })
  @IsOptional()
  @IsInt()
  @Min(1)
  readonly maxTokens?: number | null;

  @Field(() => Float, { nullable: true, description: "0 to 1." })
  @IsOptional()
  @IsNumber()
  @Min(0)
  @Max(1)
  readonly topP?: number | null;

  @Field(() => [String], { nullable: true, description: "1 to 16 texts that end the answer where they appear." })
  @IsOptional()
  @ArrayMinSize(1)
  @ArrayMaxSize(16)
  readonly stop?: string[] | null;

  @Field(() => Int, { nullable: true, description: "For repeatable answers, where the model can." })
  readonly seed?: number | null;

  @Field(() => [JsonObjectScalar], { nullable: true, description: `1 to ${TOOLS_MAX} tools as OpenAI defines them.` })
  @IsOptional()
  @ArrayMinSize(1)
  @ArrayMaxSize(TOOLS_MAX)
  @IsShallow()
  readonly tools?: JsonObject[] | null;

  @Field(() => JsonScalar, {
    nullable: true,
    description: '"none", "auto", "required", or an object that names a tool, as OpenAI defines it.',
  })
  @IsOptional()
  @IsShallow()
  readonly toolChoice?: Json;

  @Field(() => JsonObjectScalar, {
    nullable: true,
    description: 'Such as {type: "json_object"} or {type: "json_schema", json_schema: ...}, as OpenAI defines it.',
  })
  @IsOptional()
  @IsShallow()
  readonly responseFormat?: JsonObject | null;

  @Field(() => JsonObjectScalar, {
    nullable: true,
    description:
      "Further fields of the request to the upstream, by their names there, such as {presence_penalty: 0.5}. Not for what has a field here.",
  })
  @IsOptional()
  @IsShallow()
  readonly providerOptions?: JsonObject | null;

  @Field(() => JsonObjectScalar, { nullable: true, description: "Free data, at most 16 KiB as JSON; null is {}." })
  @IsOptional()
  @IsMetadata()
  readonly metadata?: JsonObject | null;

  @Field(() => DisconnectPolicy, {
    nullable: true,
    description: "Null is CANCEL for streamLlmCall, and FINISH for runLlmCall and startLlmCall.",
  })
  readonly onDisconnect?: DisconnectPolicy | null;

  @Field(() => MidStreamFailurePolicy, { nullable: true, description: "Null is FAIL." })
  readonly onMidStreamFailure?: MidStreamFailurePolicy | null;

  /** An input that has not come through GraphQL's arguments, which make instances of themselves. */
  static of(given: LlmCallInput): LlmCallInput {
    const messages = given.messages.map((message) => Object.assign(new MessageInput(), message));
    return Object.assign(new LlmCallInput(), given, { messages });
  }
}
