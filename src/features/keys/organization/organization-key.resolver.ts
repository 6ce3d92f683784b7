import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../../edge/context.js";
import { listComplexity } from "../../../edge/graphql/complexity.js";
import type { OrganizationRow } from "../../organizations/organization.service.js";
import { Organization } from "../../organizations/organization.type.js";
import { VirtualKeyStatus } from "../key.type.js";
import { CreateOrganizationKeyInput } from "./organization-key.input.js";
import { keysOfOrganizationLoader } from "./organization-key.loader.js";
import type { OrganizationKeyRow } from "./organization-key.service.js";
import { OrganizationKey, OrganizationKeyPayload } from "./organization-key.type.js";

@Resolver(() => OrganizationKey)
export class OrganizationKeyResolver {
  @Mutation(() => OrganizationKeyPayload, {
    nullable: true,
    description:
      "Adds a key to an organization, with which it manages its own teams. Admin only. Throws NOT_FOUND if there is no such organization, and INVALID_STATE if the organization is deleted or has 100 keys that are not revoked.",
  })
  createOrganizationKey(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("input", () => CreateOrganizationKeyInput, { description: "The new key." }) input: CreateOrganizationKeyInput,
  ) {
    return services.organizationKeys.create(viewer, input);
  }

  @Mutation(() => OrganizationKey, {
    nullable: true,
    description:
      "Revokes an organization's key: within a second it is refused everywhere, and its open streams end. Its teams and their keys stay. Revoking it again changes nothing. Admin only. Throws NOT_FOUND if there is no such key.",
  })
  revokeOrganizationKey(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("id", () => ID, { description: "The id of the key." }) id: string,
  ) {
    return services.organizationKeys.revoke(viewer, id);
  }

  @FieldResolver(() => VirtualKeyStatus, { description: "Whether the key is accepted." })
  status(@Root() key: OrganizationKeyRow, @Ctx() { services }: RequestContext) {
    return services.organizationKeys.status(key);
  }
}

@Resolver(() => Organization)
export class OrganizationKeysResolver {
  @FieldResolver(() => [OrganizationKey], {
    description:
      "Its own keys without their secrets, oldest first, and after them those that are revoked. At most 100 are listed. A team's key sees none.",
    complexity: listComplexity,
  })
  keys(@Root() organization: OrganizationRow, @Ctx() context: RequestContext) {
    return keysOfOrganizationLoader(context).load({ parentId: organization.id, args: null });
  }
}
