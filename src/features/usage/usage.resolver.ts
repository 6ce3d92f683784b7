import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, FieldResolver, Info, Query, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../edge/context.js";
import { PageInfo } from "../../edge/graphql/connection.js";
import { selectedFields } from "../../edge/graphql/selected-fields.js";
import type { OrganizationRow } from "../organizations/organization.service.js";
import { Organization } from "../organizations/organization.type.js";
import type { TeamRow } from "../teams/team.service.js";
import { Team } from "../teams/team.type.js";
import type { UsageReading } from "./report/usage-reading.js";
import { UsageInput } from "./usage.input.js";
import { usageOfTeamLoader } from "./usage.loader.js";
import { UsageReport, UsageRow } from "./usage.type.js";
import { usageComplexity } from "./usage-complexity.js";
import { UsageFigures } from "./usage-figures.type.js";

@Resolver(() => UsageReport)
export class UsageResolver {
  @Query(() => UsageReport, {
    nullable: true,
    description: "Tells what was used of all that the viewer reaches.",
    complexity: usageComplexity,
  })
  usage(
    @Arg("input", () => UsageInput, { description: "Which report is asked for." }) input: UsageInput,
    @Ctx() { services, viewer }: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return services.usage.report(viewer, input, {}, selectedFields(info));
  }

  @FieldResolver(() => UsageFigures, { description: "The figures of the whole range. They do not depend on the page." })
  total(@Root() report: UsageReading) {
    return report.total();
  }

  @FieldResolver(() => [UsageRow], {
    description: "The rows of the page, in the order of their time, and then of what they are grouped by.",
  })
  async rows(@Root() report: UsageReading) {
    return (await report.page()).rows;
  }

  @FieldResolver(() => PageInfo, { description: "Where this page stands in the report." })
  async pageInfo(@Root() report: UsageReading) {
    return (await report.page()).pageInfo;
  }
}

@Resolver(() => Team)
export class TeamUsageResolver {
  @FieldResolver(() => UsageReport, { description: "Tells what the team used.", complexity: usageComplexity })
  usage(
    @Root() { id: parentId }: TeamRow,
    @Arg("input", () => UsageInput, { description: "Which report is asked for." }) input: UsageInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    const wants = [...selectedFields(info)];
    return usageOfTeamLoader(context).load({ parentId, args: { input, wants } });
  }
}

@Resolver(() => Organization)
export class OrganizationUsageResolver {
  @FieldResolver(() => UsageReport, {
    description:
      "Tells what the organization's teams used, also those that are deleted by now. A team's key sees only its own team.",
    complexity: usageComplexity,
  })
  usage(
    @Root() { id: organizationId }: OrganizationRow,
    @Arg("input", () => UsageInput, { description: "Which report is asked for." }) input: UsageInput,
    @Ctx() { services, viewer }: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return services.usage.report(viewer, input, { organizationId }, selectedFields(info));
  }
}
