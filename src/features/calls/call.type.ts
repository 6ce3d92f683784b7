import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { connectionType } from "../../edge/graphql/connection.js";
import { DateTimeScalar, JsonObjectScalar } from "../../edge/graphql/scalars.js";
import { CostSource, LlmCallStatus, UsageSource } from "../../generated/prisma/enums.js";
import type { JsonObject } from "../../lib/json.js";

registerEnumType(LlmCallStatus, {
  name: "LlmCallStatus",
  description: "Where a call stands. All but RUNNING are final.",
  valuesConfig: {
    RUNNING: { description: "Admitted; the model has not answered in full." },
    SUCCEEDED: { description: "A model answered in full." },
    FAILED: { description: "No model answered; `error` says why." },
    CANCELLED: { description: "Ended before it was done, by its team, the admin or the end of its job." },
  },
});

registerEnumType(UsageSource, {
  name: "UsageSource",
  description: "How the tokens are known.",
  valuesConfig: {
    REPORTED: { description: "The upstream said so." },
    ESTIMATED: { description: "Counted by the gateway, with the o200k_base tokenizer." },
    UNKNOWN: {
      description:
        "The upstream may have billed an attempt without saying for how many tokens: the counts are those that are known, 0 where none are.",
    },
  },
});

registerEnumType(CostSource, {
  name: "CostSource",
  description: "Where the cost comes from.",
  valuesConfig: {
    ADMIN_PRICE: {
      description: "The tokens times the admin's price for the model, as it was when the call was admitted.",
    },
    UPSTREAM: { description: "The upstream's own figure for this answer." },
    PRICE_TABLE: { description: "The tokens times the model's public price, as listed by Pydantic's genai-prices." },
    UNPRICED: { description: "No price is known for the model. The cost is null, never guessed." },
  },
});

@ObjectType({ description: "A function that the model asks to be called.", simpleResolvers: true })
export class ToolCall {
  @Field(() => ID)
  readonly id!: string;

  @Field(() => String)
  readonly name!: string;

  @Field(() => String, { description: "As the model wrote them: JSON, as a rule, but unchecked." })
  readonly arguments!: string;
}

@ObjectType({ description: "Tokens of a call.", simpleResolvers: true })
export class Usage {
  @Field(() => Int)
  readonly promptTokens!: number;

  @Field(() => Int)
  readonly completionTokens!: number;

  @Field(() => Int, { description: "promptTokens + completionTokens." })
  readonly totalTokens!: number;

  @Field(() => Int, {
    nullable: true,
    description: "The part of promptTokens that came from the upstream's cache, where it said so.",
  })
  readonly cachedPromptTokens!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "The part of completionTokens spent on hidden reasoning, where the upstream said so.",
  })
  readonly reasoningTokens!: number | null;

  @Field(() => UsageSource)
  readonly source!: UsageSource;
}

@ObjectType({ description: "Why a call did not succeed.", simpleResolvers: true })
export class LlmCallError {
  @Field(() => String, {
    description: "Such as UPSTREAM_FAILED, UPSTREAM_TIMEOUT, CANCELLED, TEAM_SUSPENDED or GATEWAY_RESTARTED.",
  })
  readonly code!: string;

  @Field(() => String)
  readonly message!: string;
}

@ObjectType({ description: "One question to a model group, inside a job.", simpleResolvers: true })
export class LlmCall {
  @Field(() => ID, { description: "A UUID." })
  readonly id!: string;

  @Field(() => String, { nullable: true, description: "What it is for, in the team's own words." })
  readonly purpose!: string | null;

  @Field(() => String, { description: "The group that was asked for." })
  readonly modelGroup!: string;

  @Field(() => String, { nullable: true, description: "The model that answered, or was tried last." })
  readonly model!: string | null;

  @Field(() => String, {
    nullable: true,
    description: '"openai-compatible", or "simulated" where no upstream is configured.',
  })
  readonly provider!: string | null;

  @Field(() => LlmCallStatus)
  readonly status!: LlmCallStatus;

  @Field(() => String, {
    nullable: true,
    description:
      "The answer's text; null where there is none, or where it is kept no longer (30 days, unless configured otherwise).",
  })
  readonly content!: string | null;

  @Field(() => [ToolCall], { description: "What the answer asks to be called; empty, as a rule.", complexity: 10 })
  readonly toolCalls!: ToolCall[];

  @Field(() => String, {
    nullable: true,
    description: 'Why the model stopped: "stop", "length", "tool_calls", "content_filter" ...',
  })
  readonly finishReason!: string | null;

  @Field(() => JsonObjectScalar, { description: "The team's free data." })
  readonly metadata!: JsonObject;

  @Field(() => CostSource, {
    nullable: true,
    description: "Null where the call cost nothing because no model took it up, or is not settled.",
  })
  readonly costSource!: CostSource | null;

  @Field(() => Int, { nullable: true, description: "Milliseconds from admission to settlement." })
  readonly latencyMs!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "Milliseconds from admission to the first of the answer's arrival at the gateway.",
  })
  readonly timeToFirstTokenMs!: number | null;

  @Field(() => DateTimeScalar, { description: "When it was admitted." })
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was settled." })
  readonly finishedAt!: Date | null;
}

export const LlmCallConnection = connectionType(LlmCall, "LlmCall");
