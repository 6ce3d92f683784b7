import { Field, InputType, Int } from "type-graphql";
import { DecimalScalar } from "../../../edge/graphql/scalars.js";
import { IsInt, IsOptional, Max, Min, ValidateNested } from "../../../input/class-validator.js";
import { IsText, IsUsd } from "../../../input/rules.js";
import { NANO_USD } from "../../../lib/money.js";

/** Far above any model's; so that no count of tokens makes a cost that the database could not hold. */
const PRICE_MAX_NANO_USD = 10_000n * NANO_USD;

@InputType({ description: "What a model costs if the prompt is long." })
class LongContextPriceInput {
  @Field(() => Int, { description: "A prompt of more tokens than this is long: 1 to 100,000,000." })
  @IsInt()
  @Min(1)
  @Max(100_000_000)
  readonly thresholdTokens!: number;

  @Field(() => DecimalScalar, { description: "USD per million tokens of a long prompt." })
  @IsUsd(PRICE_MAX_NANO_USD)
  readonly inputUsdPerMillionTokens!: bigint;

  @Field(() => DecimalScalar, { description: "USD per million tokens of the answer to a long prompt." })
  @IsUsd(PRICE_MAX_NANO_USD)
  readonly outputUsdPerMillionTokens!: bigint;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      "USD per million tokens of a long prompt that came from the upstream's cache. Null means that they cost what other tokens of a long prompt cost.",
  })
  @IsOptional()
  @IsUsd(PRICE_MAX_NANO_USD)
  readonly cachedInputUsdPerMillionTokens?: bigint | null;
}

@InputType({
  description:
    'What a model costs, in USD per million tokens. Prices are exact decimals as strings, such as "0.15", from 0 to 10000.',
})
export class SetModelPriceInput {
  @Field(() => String, {
    description:
      "The name by which the upstream knows the model: 1 to 200 characters. The model need not be in a group.",
  })
  @IsText(200)
  readonly model!: string;

  @Field(() => DecimalScalar, { description: "USD per million tokens of the prompt." })
  @IsUsd(PRICE_MAX_NANO_USD)
  readonly inputUsdPerMillionTokens!: bigint;

  @Field(() => DecimalScalar, { description: "USD per million tokens of the answer." })
  @IsUsd(PRICE_MAX_NANO_USD)
  readonly outputUsdPerMillionTokens!: bigint;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      "USD per million tokens of the prompt that came from the upstream's cache. Null means that they cost what other tokens of the prompt cost.",
  })
  @IsOptional()
  @IsUsd(PRICE_MAX_NANO_USD)
  readonly cachedInputUsdPerMillionTokens?: bigint | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      "USD per million tokens of the prompt that were written to the upstream's cache for 5 minutes, or for a time that the upstream does not tell. Null means that they have no price: then the part is UNPRICED.",
  })
  @IsOptional()
  @IsUsd(PRICE_MAX_NANO_USD)
  readonly cacheWriteUsdPerMillionTokens?: bigint | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      "USD per million tokens of the prompt that were written to the upstream's cache for an hour. Null means that they have no price: then the part is UNPRICED.",
  })
  @IsOptional()
  @IsUsd(PRICE_MAX_NANO_USD)
  readonly oneHourCacheWriteUsdPerMillionTokens?: bigint | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      "USD per million tokens of the prompt that are sound. Null means that they have no price: then the part is UNPRICED.",
  })
  @IsOptional()
  @IsUsd(PRICE_MAX_NANO_USD)
  readonly audioInputUsdPerMillionTokens?: bigint | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      "USD per million tokens of the answer that are sound. Null means that they have no price: then the part is UNPRICED.",
  })
  @IsOptional()
  @IsUsd(PRICE_MAX_NANO_USD)
  readonly audioOutputUsdPerMillionTokens?: bigint | null;

  @Field(() => LongContextPriceInput, {
    nullable: true,
    description:
      "The prices of prompts of more tokens than a threshold, for all tokens of such a prompt and its answer. Prices that it does not have, such as those of sound, are the same for all prompts. Null means that all prompts have the same price.",
  })
  @IsOptional()
  @ValidateNested()
  readonly longContext?: LongContextPriceInput | null;
}
