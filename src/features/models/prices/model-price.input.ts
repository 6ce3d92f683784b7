import { Field, InputType } from "type-graphql";
import { DecimalScalar } from "../../../edge/graphql/scalars.js";
import { IsOptional } from "../../../input/class-validator.js";
import { IsText, IsUsd } from "../../../input/rules.js";
import { NANO_USD } from "../../../lib/money.js";

/** Far above any model's; so that no count of tokens makes a cost that the database could not hold. */
const PRICE_MAX_NANO_USD = 10_000n * NANO_USD;

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
}
