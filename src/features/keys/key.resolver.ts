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
      "Adds a key to a team. For the admin and an organization's key. Throws NOT_FOUND if there is no such team, and INVALID_STATE if the team has 100 keys that are not revoked.",
  })
  createVirtualKey(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("input", () => CreateVirtualKeyInput, { description: "The new key." }) input: CreateVirtualKeyInput,
  ) {
    return services.keys.create(viewer, input);
  }

  @Mutation(() => VirtualKey, {
    nullable: true,
    description:
      "Revokes a key: within a second it is refused everywhere. Revoking it again changes nothing. For the admin and an organization's key. Throws NOT_FOUND if the key reaches no such key.",
  })
  revokeVirtualKey(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("id", () => ID, { description: "The id of the key." }) id: string,
  ) {
    return services.keys.revoke(viewer, id);
  }

  @FieldResolver(() => VirtualKeyStatus, { description: "Whether the key is accepted." })
  status(@Root() key: VirtualKeyRow, @Ctx() { services }: RequestContext) {
    return services.keys.status(key);
  }
}
