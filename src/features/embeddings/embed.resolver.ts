import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, Info, Mutation, Resolver } from "type-graphql";
import type { RequestContext } from "../../edge/context.js";
import { selectedFields } from "../../edge/graphql/selected-fields.js";
import { EmbedInput } from "./embed.input.js";
import { EmbedPayload } from "./embedding.type.js";

@Resolver(() => EmbedPayload)
export class EmbedResolver {
  @Mutation(() => EmbedPayload, {
    nullable: true,
    description:
      "Embeds texts, as one call of a job, and waits for its end. It asks the group's first model only, unless the group has interchangeableEmbeddings. The vectors are not stored: the same idempotencyKey gets them again within a minute, and INVALID_STATE later. Otherwise it is like runLlmCall.",
  })
  async embed(
    @Ctx() { services, viewer, signal, record }: RequestContext,
    @Arg("input", () => EmbedInput, { description: "The texts." }) input: EmbedInput,
    @Info() info: GraphQLResolveInfo,
  ) {
    const asking = { inDigits: selectedFields(info).has("vector"), limitSink: record };
    const embedded = await services.embedding.embed(viewer, input, signal, asking);
    record.ofCall(embedded.call);
    return embedded;
  }
}
