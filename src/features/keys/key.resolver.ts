import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../edge/context.js";
import { Limits } from "../limits/limits.type.js";
import { JobAllowance } from "./allowance/job-allowance.type.js";
import { CreateVirtualKeyInput, UpdateVirtualKeyInput } from "./key.input.js";
import type { VirtualKeyRow } from "./key.service.js";
import { VirtualKey, VirtualKeyPayload, VirtualKeyStatus } from "./key.type.js";

@Resolver(() => VirtualKey)
export class VirtualKeyResolver {
  @Mutation(() => VirtualKeyPayload, {
    nullable: true,
    description:
      "Adds a key to a team. For the admin and an organization's key. Throws NOT_FOUND if there is no such team, INVALID_INPUT for a model group that the team has not, and INVALID_STATE if the team is deleted or has 100 keys that are not revoked.",
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
      "Changes what is given of a key, and nothing else. It holds in every process within a second, for calls that begin then. For the admin, and for a key of the organization. Throws NOT_FOUND if there is no such key, INVALID_INPUT for a model group that the team has not, and INVALID_STATE if the team is deleted.",
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
      "Empties the counters of a key's limits: its minutes begin anew, `wouldRefuse` is 0, and its `jobAllowance` counts from 0 again. The limits stay, and calls that run are still counted. With Redis this holds for every process, without it for the one that is asked; the allowance is counted for all of them. For the admin, and for a key of the organization. Throws NOT_FOUND if there is no such key, and INVALID_STATE if its team is deleted.",
  })
  resetVirtualKeyCounters(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("id", () => ID, { description: "The id of the key." }) id: string,
  ) {
    return services.keys.resetCounters(viewer, id);
  }

  @Mutation(() => VirtualKeyPayload, {
    nullable: true,
    description:
      "Gives a key a new secret, and returns it, only this once; its id, name and limits stay. The present secret is accepted for `graceSeconds` more, and then answered with UNAUTHENTICATED, in every process within a second. Of a key at most two secrets are accepted: a secret before the present one ends at once. If it is sent twice, it makes two secrets, and the second one counts. A team's key gives a new secret only to itself, and only with its newest one: FORBIDDEN for another key of its team, or with an old secret. Throws NOT_FOUND if the key reaches no such key, and INVALID_STATE if it is revoked or has expired, or its team is deleted.",
  })
  rotateVirtualKey(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("id", () => ID, { description: "The id of the key." }) id: string,
    @Arg("graceSeconds", () => Int, {
      nullable: true,
      defaultValue: 0,
      description:
        "For how many seconds more the present secret is accepted: 0 to 604800, which is 7 days. Null means 0.",
    })
    graceSeconds: number | null,
  ) {
    return services.keys.rotate(viewer, id, graceSeconds ?? 0);
  }

  @FieldResolver(() => Limits, {
    description:
      "What calls with the key are limited to. Where it has no limit of its own, `defaultKeyLimits` of its team holds.",
  })
  limits(@Root() key: VirtualKeyRow, @Ctx() { services }: RequestContext) {
    return services.limitSettings.shown(key.limits, key.wouldRefuse);
  }

  @FieldResolver(() => JobAllowance, {
    nullable: true,
    description: "How many jobs may be opened with the key. Null means that this is not limited.",
  })
  jobAllowance(@Root() key: VirtualKeyRow, @Ctx() { services }: RequestContext) {
    return services.keys.allowance(key);
  }

  @FieldResolver(() => VirtualKeyStatus, { description: "Whether the key is accepted." })
  status(@Root() key: VirtualKeyRow, @Ctx() { services }: RequestContext) {
    return services.keys.status(key);
  }
}
