import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../../edge/context.js";
import { pageComplexity } from "../../../edge/graphql/complexity.js";
import { PageArgs, toConnection } from "../../../edge/graphql/connection.js";
import { DecimalScalar } from "../../../edge/graphql/scalars.js";
import { shownLongContext } from "./long-context.js";
import { SetModelPriceInput } from "./model-price.input.js";
import type { ModelPriceRow } from "./model-price.service.js";
import { LongContextPrice, ModelPrice, ModelPriceConnection } from "./model-price.type.js";

@Resolver(() => ModelPrice)
export class ModelPriceResolver {
  @Query(() => ModelPriceConnection, {
    nullable: true,
    description: "Lists the admin's prices in order of the models' names. Admin only.",
    complexity: pageComplexity,
  })
  async modelPrices(@Ctx() { services, viewer }: RequestContext, @Args(() => PageArgs) args: PageArgs) {
    return toConnection(await services.modelPrices.list(viewer, args));
  }

  @Mutation(() => ModelPrice, {
    nullable: true,
    description:
      "Sets what a model costs, or replaces it. Calls that are admitted from now on are priced by it. Repeating it changes nothing. Admin only.",
  })
  setModelPrice(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("input", () => SetModelPriceInput, { description: "The model and its price." }) input: SetModelPriceInput,
  ) {
    return services.modelPrices.set(viewer, input);
  }

  @Mutation(() => ModelPrice, {
    nullable: true,
    description:
      "Removes the admin's price of a model and returns what it was. From then on costs come from the other sources. Admin only. Throws NOT_FOUND if the model has no price.",
  })
  removeModelPrice(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("model", () => String, { description: "The name by which the upstream knows the model." }) model: string,
  ) {
    return services.modelPrices.remove(viewer, model);
  }

  @FieldResolver(() => DecimalScalar, { description: "USD per million tokens of the prompt." })
  inputUsdPerMillionTokens(@Root() price: ModelPriceRow) {
    return price.inputNanoUsdPerMillionTokens;
  }

  @FieldResolver(() => DecimalScalar, { description: "USD per million tokens of the answer." })
  outputUsdPerMillionTokens(@Root() price: ModelPriceRow) {
    return price.outputNanoUsdPerMillionTokens;
  }

  @FieldResolver(() => DecimalScalar, {
    nullable: true,
    description:
      "USD per million tokens of the prompt that came from the upstream's cache. Null means that they cost what other tokens of the prompt cost.",
  })
  cachedInputUsdPerMillionTokens(@Root() price: ModelPriceRow) {
    return price.cachedInputNanoUsdPerMillionTokens;
  }
  @FieldResolver(() => DecimalScalar, {
    nullable: true,
    description:
      "USD per million tokens of the prompt that were written to the upstream's cache for 5 minutes, or for a time that the upstream does not tell. Null means that they have no price: then the part is UNPRICED.",
  })
  cacheWriteUsdPerMillionTokens(@Root() price: ModelPriceRow) {
    return price.cacheWriteNanoUsdPerMillionTokens;
  }

  @FieldResolver(() => DecimalScalar, {
    nullable: true,
    description:
      "USD per million tokens of the prompt that were written to the upstream's cache for an hour. Null means that they have no price: then the part is UNPRICED.",
  })
  oneHourCacheWriteUsdPerMillionTokens(@Root() price: ModelPriceRow) {
    return price.oneHourCacheWriteNanoUsdPerMillionTokens;
  }

  @FieldResolver(() => DecimalScalar, {
    nullable: true,
    description:
      "USD per million tokens of the prompt that are sound. Null means that they have no price: then the part is UNPRICED.",
  })
  audioInputUsdPerMillionTokens(@Root() price: ModelPriceRow) {
    return price.audioInputNanoUsdPerMillionTokens;
  }

  @FieldResolver(() => DecimalScalar, {
    nullable: true,
    description:
      "USD per million tokens of the answer that are sound. Null means that they have no price: then the part is UNPRICED.",
  })
  audioOutputUsdPerMillionTokens(@Root() price: ModelPriceRow) {
    return price.audioOutputNanoUsdPerMillionTokens;
  }

  @FieldResolver(() => LongContextPrice, {
    nullable: true,
    description:
      "The prices of prompts of more tokens than a threshold, for all tokens of such a prompt and its answer. Prices that it does not have, such as those of sound, are the same for all prompts. Null means that all prompts have the same price.",
  })
  longContext(@Root() price: ModelPriceRow): LongContextPrice | null {
    return shownLongContext(price);
  }
}
