import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { connectionType } from "../../edge/graphql/connection.js";
import { ErrorCodeEnum } from "../../edge/graphql/error-code.type.js";
import { Node } from "../../edge/graphql/node.type.js";
import { DateTimeScalar, JsonObjectScalar } from "../../edge/graphql/scalars.js";
import { CostSource, LlmCallKind, LlmCallStatus } from "../../generated/prisma/enums.js";
import type { ErrorCode } from "../../lib/errors.js";
import type { JsonObject } from "../../lib/json/json.js";

registerEnumType(LlmCallStatus, {
  name: "LlmCallStatus",
  description: "The state of a call. All but RUNNING are final.",
  valuesConfig: {
    RUNNING: { description: "The call was admitted, and no model has answered in full yet." },
    SUCCEEDED: { description: "A model answered in full." },
    FAILED: { description: "No model answered in full. The field `error` says why." },
    CANCELLED: {
      description: "The call ended before it was done, by its team, its organization, the admin or the end of its job.",
    },
  },
});

registerEnumType(LlmCallKind, {
  name: "LlmCallKind",
  description: "What a call asks for.",
  valuesConfig: {
    CHAT: { description: "An answer to a conversation." },
    EMBEDDING: { description: "Vectors of texts. They are not stored." },
    COMPLETION: { description: "The continuation of a text, by OpenAI's older interface." },
    MODERATION: { description: "Whether texts are harmful." },
  },
});

registerEnumType(CostSource, {
  name: "CostSource",
  description: "Where a cost comes from.",
  valuesConfig: {
    ADMIN_PRICE: {
      description: "The tokens times the admin's price for the model, as it was when the call was admitted.",
    },
    UPSTREAM: { description: "The upstream's own figure for this answer." },
    PRICE_TABLE: { description: "The tokens times the model's public price, as listed by Pydantic's genai-prices." },
    UNPRICED: { description: "No price is known for the model. The cost is null and never guessed." },
  },
});

@ObjectType({ description: "A function that the model asks to be called.", simpleResolvers: true })
export class ToolCall {
  @Field(() => ID, { description: "The id that the model gave the tool call. A TOOL message answers it by this id." })
  readonly id!: string;

  @Field(() => String, { description: "The name of the function." })
  readonly name!: string;

  @Field(() => String, {
    description: "The arguments as the model wrote them. They are usually JSON, but nobody has checked that.",
  })
  readonly arguments!: string;
}

@ObjectType({ description: "Why a call did not succeed.", simpleResolvers: true })
export class LlmCallError {
  @Field(() => ErrorCodeEnum, {
    description:
      "What went wrong, such as UPSTREAM_FAILED, UPSTREAM_REJECTED, UPSTREAM_RATE_LIMITED, UPSTREAM_TIMEOUT, CANCELLED or TEAM_SUSPENDED.",
  })
  readonly code!: ErrorCode;

  @Field(() => String, { description: "What happened, in a sentence." })
  readonly message!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The upstream\'s own code, if it refused or limited the request, such as "unsupported_value". A request that is too long has "context_length_exceeded" and one that was filtered "content_filter", whatever the upstream calls it. Null if it told none.',
  })
  readonly upstreamCode?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The field of the request that the upstream blames, by the name it has there, such as "temperature". Null if it named none.',
  })
  readonly upstreamParam?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: "How many milliseconds the upstream asked to wait, counted from its answer. Null if it did not ask.",
  })
  readonly retryAfterMs?: number | null;
}

@ObjectType({
  implements: Node,
  description: "One question to a model group, inside a job.",
  simpleResolvers: true,
})
export class LlmCall implements Node {
  @Field(() => ID, { description: "A UUID." })
  readonly id!: string;

  @Field(() => String, {
    nullable: true,
    description: "What the call is for, in the team's own words. Null if the team did not say.",
  })
  readonly purpose!: string | null;

  @Field(() => LlmCallKind, { description: "What it asks for." })
  readonly kind!: LlmCallKind;

  @Field(() => String, { description: "The group that was asked for." })
  readonly modelGroup!: string;

  @Field(() => String, { nullable: true, description: "The model that answered, or that was asked last." })
  readonly model!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The kind of the upstream that answered, or that was asked last: "openai-compatible", "openai", "azure-openai", "anthropic" or "simulated". Its attempts tell its name.',
  })
  readonly provider!: string | null;

  @Field(() => LlmCallStatus, { description: "The state of the call." })
  readonly status!: LlmCallStatus;

  @Field(() => String, {
    nullable: true,
    description:
      "The answer's text. Null if there is none, or if it is no longer kept (after 30 days, unless configured otherwise).",
  })
  readonly content!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "The reasoning that the model showed beside its answer. Null if it showed none, or if it is no longer kept.",
  })
  readonly reasoning!: string | null;

  @Field(() => JsonObjectScalar, {
    description:
      "Fields that the upstream sent beside the answer, under the names it gave them, such as {citations: [...]}. Fields of the choice are under `choice`, those of the message under `message`, and details of the usage under `usage`. A field of more than 65,536 characters of JSON is left out. Empty if there are none, or if the answer is no longer kept.",
  })
  readonly extensions!: JsonObject;

  @Field(() => [ToolCall], {
    description: "The functions that the answer asks to be called. The list is usually empty.",
    complexity: 10,
  })
  readonly toolCalls!: ToolCall[];

  @Field(() => String, {
    nullable: true,
    description:
      'Why the model stopped, such as "stop", "length", "tool_calls" or "content_filter". Null if no model answered.',
  })
  readonly finishReason!: string | null;

  @Field(() => JsonObjectScalar, { description: "The team's free data." })
  readonly metadata!: JsonObject;

  @Field(() => CostSource, {
    nullable: true,
    description:
      "Where the cost comes from. Null if the call is not settled, or if it cost nothing because no model took it up.",
  })
  readonly costSource!: CostSource | null;

  @Field(() => Boolean, {
    description:
      "True if a part of the call, such as sound, has no known price. Then costUsd is the cost of the other parts, and costComponents of the attempts say which part it is.",
  })
  readonly hasUnpricedPart!: boolean;

  @Field(() => Int, {
    nullable: true,
    description: "Milliseconds from admission to settlement. Null while the call runs.",
  })
  readonly latencyMs!: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      "Milliseconds from admission to the arrival of the first piece of the answer. Null if nothing has arrived.",
  })
  readonly timeToFirstTokenMs!: number | null;

  @Field(() => DateTimeScalar, { description: "When the call was admitted." })
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "When the call was settled. Null while it runs." })
  readonly finishedAt!: Date | null;
}

export const LlmCallConnection = connectionType(LlmCall, "LlmCall", "LLM calls");
