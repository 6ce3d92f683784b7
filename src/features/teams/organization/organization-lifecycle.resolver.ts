import { Arg, Ctx, ID, Mutation, Resolver } from "type-graphql";
import type { RequestContext } from "../../../edge/context.js";
import { Organization } from "../../organizations/organization.type.js";

@Resolver(() => Organization)
export class OrganizationLifecycleResolver {
  @Mutation(() => Organization, {
    nullable: true,
    description:
      "Suspends an organization: from now on every request with its keys, or with a key of its teams, is answered with TEAM_SUSPENDED, also to read, and `suspended` in the error says ORGANIZATION. Running calls of its teams are cancelled, in every process within a second. Jobs stay open, and their time goes on. Repeating it changes nothing. Admin only. Throws NOT_FOUND if there is no such organization, and INVALID_STATE if it is deleted.",
  })
  suspendOrganization(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("id", () => ID, { description: "The id of the organization." }) id: string,
  ) {
    return services.organizationLifecycle.suspend(viewer, id);
  }

  @Mutation(() => Organization, {
    nullable: true,
    description:
      "Ends the suspension of an organization. Its teams that are suspended themselves stay suspended. Repeating it changes nothing. Admin only. Throws NOT_FOUND if there is no such organization, and INVALID_STATE if it is deleted.",
  })
  resumeOrganization(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("id", () => ID, { description: "The id of the organization." }) id: string,
  ) {
    return services.organizationLifecycle.resume(viewer, id);
  }

  @Mutation(() => Organization, {
    nullable: true,
    description:
      "Deletes an organization and revokes its keys. What it has done is kept for the admin, with the status DELETED, and its id is never given out again. What is left in its pool stays there and cannot be used any more. Repeating it changes nothing. Admin only. Throws NOT_FOUND if there is no such organization, and INVALID_STATE, naming at most 10 of them, while it has teams that are not deleted.",
  })
  deleteOrganization(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("id", () => ID, { description: "The id of the organization." }) id: string,
  ) {
    return services.organizationLifecycle.delete(viewer, id);
  }
}
