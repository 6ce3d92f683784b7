import { Ctx, Query, Resolver } from "type-graphql";
import type { RequestContext } from "../../edge/context.js";
import { SystemInfo } from "./system.type.js";

@Resolver(() => SystemInfo)
export class SystemResolver {
  @Query(() => SystemInfo, {
    nullable: true,
    description:
      "Tells of the process that answers: its version, its database, its upstream and its settings, without any secret. Admin only.",
  })
  system(@Ctx() { services, viewer }: RequestContext) {
    return services.system.get(viewer);
  }
}
