import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../edge/context.js";
import { CreateVirtualKeyInput } from "./key.input.js";
import type { VirtualKeyRow } from "./key.service.js";
import { VirtualKey, VirtualKeyPayload, VirtualKeyStatus } from "./key.type.js";

@Resolver(() => VirtualKey)
export class VirtualKeyResolver {
  @Mutation(() => VirtualKeyPayload, {
    nullable: true,
    description:
      "Adds a key to a team. Admin only. NOT_FOUND where there is no such team; INVALID_STATE at 100 keys that are not revoked.",
  })
  createVirtualKey(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("input", () => CreateVirtualKeyInput) input: CreateVirtualKeyInput,
  ) {
    return services.keys.create(viewer, input);
  }

  @Mutation(() => VirtualKey, {
    nullable: true,
    description:
      "From now on the key is refused, everywhere within a second. Revoking again changes nothing. Admin only.",
  })
  revokeVirtualKey(@Ctx() { services, viewer }: RequestContext, @Arg("id", () => ID) id: string) {
    return services.keys.revoke(viewer, id);
  }

  @FieldResolver(() => VirtualKeyStatus)
  status(@Root() key: VirtualKeyRow, @Ctx() { services }: RequestContext) {
    return services.keys.status(key);
  }
}
