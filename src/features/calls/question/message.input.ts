import { Field, ID, InputType, registerEnumType } from "type-graphql";
import { JsonObjectScalar } from "../../../edge/graphql/scalars.js";
import { IsOptional } from "../../../input/class-validator.js";
import { IsShallow, IsText } from "../../../input/rules.js";
import type { JsonObject } from "../../../lib/json/json.js";

export enum MessageRole {
  SYSTEM = "SYSTEM",
  DEVELOPER = "DEVELOPER",
  USER = "USER",
  ASSISTANT = "ASSISTANT",
  TOOL = "TOOL",
  FUNCTION = "FUNCTION",
}

registerEnumType(MessageRole, {
  name: "MessageRole",
  description: "Who speaks, as OpenAI's chat format defines it.",
  valuesConfig: {
    SYSTEM: { description: "Instructions to the model." },
    DEVELOPER: { description: "Instructions to the model, as newer models of OpenAI call them." },
    USER: { description: "The person who asks." },
    ASSISTANT: { description: "The model." },
    TOOL: { description: "The result of a function that the model asked to be called." },
    FUNCTION: { description: "The same in OpenAI's older interface: `name` is the function's name." },
  },
});

@InputType({ description: "A message in OpenAI's chat format." })
export class MessageInput {
  @Field(() => MessageRole, { description: "Who speaks." })
  readonly role!: MessageRole;

  @Field(() => String, {
    nullable: true,
    description:
      "The text, which may be empty. Give exactly one of content and parts. An ASSISTANT or FUNCTION message may have neither.",
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

  @Field(() => String, {
    nullable: true,
    description: "The speaker's name: 1 to 64 characters. A FUNCTION message must have it. Null means no name.",
  })
  @IsOptional()
  @IsText(64)
  readonly name?: string | null;

  @Field(() => [JsonObjectScalar], {
    nullable: true,
    description:
      "The functions that an ASSISTANT message asked to be called, as OpenAI defines them. Null and [] mean none.",
  })
  @IsOptional()
  @IsShallow()
  readonly toolCalls?: JsonObject[] | null;

  @Field(() => ID, {
    nullable: true,
    description: "The id of the tool call that a TOOL message answers. Other messages must not have it.",
  })
  readonly toolCallId?: string | null;

  @Field(() => JsonObjectScalar, {
    nullable: true,
    description:
      "Further fields of the message for the upstream, under the names it knows, such as {cache_control: ...}. Fields that this input has are not allowed here.",
  })
  @IsOptional()
  @IsShallow()
  readonly providerOptions?: JsonObject | null;
}
