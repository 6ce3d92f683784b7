import { Field, ObjectType, registerEnumType } from "type-graphql";
import { SafeIntScalar } from "../../../edge/graphql/scalars.js";
import { UsageSource } from "../../../generated/prisma/enums.js";

registerEnumType(UsageSource, {
  name: "UsageSource",
  description: "How the numbers of tokens are known.",
  valuesConfig: {
    REPORTED: { description: "The upstream reported them." },
    ESTIMATED: {
      description:
        "The gateway counted them, with the o200k_base tokenizer: the upstream reported none, or the gateway closed a request that it had sent, in which case its prompt counts.",
    },
    UNKNOWN: {
      description:
        "The upstream may have billed an attempt without saying for how many tokens. The counts are those that are known, and 0 if none are.",
    },
  },
});
@ObjectType({ description: "Tokens of a call.", simpleResolvers: true })
export class Usage {
  @Field(() => SafeIntScalar, { description: "Tokens of the prompt." })
  readonly promptTokens!: number;

  @Field(() => SafeIntScalar, { description: "Tokens of the answer." })
  readonly completionTokens!: number;

  @Field(() => SafeIntScalar, { description: "The sum of promptTokens and completionTokens." })
  readonly totalTokens!: number;

  @Field(() => SafeIntScalar, {
    nullable: true,
    description: "The part of promptTokens that came from the upstream's cache. Null if the upstream did not say.",
  })
  readonly cachedPromptTokens!: number | null;

  @Field(() => SafeIntScalar, {
    nullable: true,
    description: "The part of promptTokens that was written to the upstream's cache. Null if the upstream did not say.",
  })
  readonly cacheWritePromptTokens!: number | null;

  @Field(() => SafeIntScalar, {
    nullable: true,
    description:
      "The part of cacheWritePromptTokens that stays in the cache for an hour. The rest stays for 5 minutes. Null if the upstream did not say.",
  })
  readonly oneHourCacheWritePromptTokens!: number | null;

  @Field(() => SafeIntScalar, {
    nullable: true,
    description: "The part of promptTokens that is sound. Null if the upstream did not say.",
  })
  readonly audioPromptTokens!: number | null;

  @Field(() => SafeIntScalar, {
    nullable: true,
    description: "The part of completionTokens spent on hidden reasoning. Null if the upstream did not say.",
  })
  readonly reasoningTokens!: number | null;

  @Field(() => SafeIntScalar, {
    nullable: true,
    description: "The part of completionTokens that is sound. Null if the upstream did not say.",
  })
  readonly audioCompletionTokens!: number | null;

  @Field(() => UsageSource, { description: "How the numbers are known." })
  readonly source!: UsageSource;
}
