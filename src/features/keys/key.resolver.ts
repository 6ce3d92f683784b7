import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../edge/context.js";
import { Limits } from "../limits/limits.type.js";
import { CreateVirtualKeyInput, UpdateVirtualKeyInput } from "./key.input.js";
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

  @Mutation(() => VirtualKey, {
    nullable: true,
    description:
      "Changes what is given of a key. New limits hold in every process within a second, for calls that begin then. For the admin, and for a key of the organization. Throws NOT_FOUND if there is no such key.",
  })
  updateVirtualKey(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("input", () => UpdateVirtualKeyInput, { description: "The key and its changes." })
    input: UpdateVirtualKeyInput,
  ) {
    return services.keys.update(viewer, input);
  }

  @Mutation(() => VirtualKey, {
    nullable: true,
    description:
      "Empties the counters of a key's limits: its minutes begin anew, and `wouldRefuse` is 0. The limits stay, and calls that run are still counted. With Redis this holds for every process, without it for the one that is asked. For the admin, and for a key of the organization.",
  })
  resetVirtualKeyCounters(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("id", () => ID, { description: "The id of the key." }) id: string,
  ) {
    return services.keys.resetCounters(viewer, id);
  }

  @FieldResolver(() => Limits, {
    description:
      "What calls with the key are limited to. Where it has no limit of its own, `defaultKeyLimits` of its team holds.",
  })
  limits(@Root() key: VirtualKeyRow, @Ctx() { services }: RequestContext) {
    return services.limitSettings.shown(key.limits, key.wouldRefuse);
  }

  @FieldResolver(() => VirtualKeyStatus, { description: "Whether the key is accepted." })
  status(@Root() key: VirtualKeyRow, @Ctx() { services }: RequestContext) {
    return services.keys.status(key);
  }
}
