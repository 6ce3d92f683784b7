import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../../edge/context.js";
import type { OrganizationRow } from "../../organizations/organization.service.js";
import { Organization } from "../../organizations/organization.type.js";
import { GrantOrganizationCreditsInput } from "../credit.input.js";
import { OrganizationCredits } from "./organization-credits.type.js";
import { organizationCreditsLoader } from "./pool.loader.js";

@Resolver(() => Organization)
export class CreditPoolResolver {
  @Mutation(() => Organization, {
    nullable: true,
    description:
      "Grants credits to the pool of an organization, whose keys may then give them to its teams. Admin only. Throws NOT_FOUND if there is no such organization, and INVALID_STATE if it is deleted. If it is sent twice without an idempotencyKey, it grants twice.",
  })
  async grantOrganizationCredits(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("input", () => GrantOrganizationCreditsInput, { description: "The organization and its credits." })
    input: GrantOrganizationCreditsInput,
  ) {
    await services.creditPools.grant(viewer, input);
    return services.organizations.get(viewer, input.organizationId);
  }

  @FieldResolver(() => OrganizationCredits, {
    nullable: true,
    description: "The pool of the organization. Null, with FORBIDDEN, to a team.",
  })
  async credits(@Root() organization: OrganizationRow, @Ctx() context: RequestContext) {
    context.services.organizations.details(context.viewer, organization);
    return (await organizationCreditsLoader(context).load(organization.id)) ?? EMPTY_POOL;
  }
}

const EMPTY_POOL: OrganizationCredits = { granted: 0, passedOn: 0, available: 0 };
