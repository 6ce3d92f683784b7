import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../edge/context.js";
import { pageComplexity } from "../../edge/graphql/complexity.js";
import { toConnection } from "../../edge/graphql/connection.js";
import { DateTimeScalar, JsonObjectScalar } from "../../edge/graphql/scalars.js";
import { CreateOrganizationInput, OrganizationsArgs, UpdateOrganizationInput } from "./organization.input.js";
import type { OrganizationRow } from "./organization.service.js";
import { AccountStatus, Organization, OrganizationConnection } from "./organization.type.js";

@Resolver(() => Organization)
export class OrganizationResolver {
  @Query(() => Organization, {
    nullable: true,
    description: "Returns one organization. Throws NOT_FOUND if the key reaches no such organization.",
  })
  organization(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("id", () => ID, { description: "The id of the organization." }) id: string,
  ) {
    return services.organizations.get(viewer, id);
  }

  @Query(() => OrganizationConnection, {
    nullable: true,
    description: "Lists the organizations that the key reaches, in order of id.",
    complexity: pageComplexity,
  })
  async organizations(
    @Ctx() { services, viewer }: RequestContext,
    @Args(() => OrganizationsArgs) args: OrganizationsArgs,
  ) {
    return toConnection(await services.organizations.list(viewer, args));
  }

  @Mutation(() => Organization, {
    nullable: true,
    description: "Creates an organization. Admin only. Throws ALREADY_EXISTS if the id is taken.",
  })
  createOrganization(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("input", () => CreateOrganizationInput, { description: "The new organization." })
    input: CreateOrganizationInput,
  ) {
    return services.organizations.create(viewer, input);
  }

  @Mutation(() => Organization, {
    nullable: true,
    description:
      "Changes what is given of an organization, and nothing else. Admin only. Throws NOT_FOUND if there is no such organization, and INVALID_STATE if it is deleted.",
  })
  updateOrganization(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("input", () => UpdateOrganizationInput, { description: "The organization and its changes." })
    input: UpdateOrganizationInput,
  ) {
    return services.organizations.update(viewer, input);
  }

  @FieldResolver(() => AccountStatus, {
    nullable: true,
    description: "Whether the organization can work. Null, with FORBIDDEN, to a team's key.",
  })
  status(@Root() organization: OrganizationRow, @Ctx() { services, viewer }: RequestContext) {
    return services.organizations.details(viewer, organization).status;
  }

  @FieldResolver(() => JsonObjectScalar, {
    nullable: true,
    description: "The admin's free data. Null, with FORBIDDEN, to a team's key.",
  })
  metadata(@Root() organization: OrganizationRow, @Ctx() { services, viewer }: RequestContext) {
    return services.organizations.details(viewer, organization).metadata;
  }

  @FieldResolver(() => DateTimeScalar, {
    nullable: true,
    description: "When the organization was created. Null, with FORBIDDEN, to a team's key.",
  })
  createdAt(@Root() organization: OrganizationRow, @Ctx() { services, viewer }: RequestContext) {
    return services.organizations.details(viewer, organization).createdAt;
  }

  @FieldResolver(() => DateTimeScalar, {
    nullable: true,
    description: "When the organization was last changed. Null, with FORBIDDEN, to a team's key.",
  })
  updatedAt(@Root() organization: OrganizationRow, @Ctx() { services, viewer }: RequestContext) {
    return services.organizations.details(viewer, organization).updatedAt;
  }
}
