import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { RequestContext } from "../../edge/context.js";
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
  ) {
    const embedded = await services.embedding.embed(viewer, input, signal, record);
    record.ofCall(embedded.call);
    return embedded;
  }
}
