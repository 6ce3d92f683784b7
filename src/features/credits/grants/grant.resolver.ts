import { Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../../edge/context.js";
import { remainingOfGrantLoader } from "./grant.loader.js";
import type { CreditGrantRow } from "./grant.service.js";
import { CreditGrant } from "./grant.type.js";

@Resolver(() => CreditGrant)
export class CreditGrantResolver {
  @FieldResolver(() => Int, {
    description:
      "How many of them have been neither used, nor taken back, nor passed on, nor have lapsed. Those that open jobs hold are still among them.",
  })
  async remaining(@Root() grant: CreditGrantRow, @Ctx() context: RequestContext) {
    return (await remainingOfGrantLoader(context).load(grant.id))?.remaining ?? 0;
  }
}
