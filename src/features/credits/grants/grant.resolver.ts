import { Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../../edge/context.js";
import { usedOfGrantLoader } from "./grant.loader.js";
import type { CreditGrantRow } from "./grant.service.js";
import { CreditGrant } from "./grant.type.js";

@Resolver(() => CreditGrant)
export class CreditGrantResolver {
  @FieldResolver(() => Int, {
    description:
      "How many of them have been neither used, nor taken back, nor passed on, nor have lapsed. Those that open jobs hold are still among them.",
  })
  async remaining(@Root() grant: CreditGrantRow, @Ctx() context: RequestContext) {
    const taken = await usedOfGrantLoader(context).load(grant.id);
    return grant.remaining - (taken?.used ?? 0);
  }
}
