import { Arg, Args, Ctx, Field, FieldResolver, Mutation, ObjectType, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../edge/context.js";
import { pageComplexity } from "../../edge/graphql/complexity.js";
import { PageArgs } from "../../edge/graphql/connection.js";
import { DateTimeScalar } from "../../edge/graphql/scalars.js";
import {
  AddCreditsInput,
  AdjustCreditsInput,
  CreditEntriesArgs,
  TransferCreditsInput,
} from "../credits/credit.input.js";
import { balanceAtLoader, entriesOfTeamLoader } from "../credits/credit.loader.js";
import { remainingOf } from "../credits/credit.service.js";
import { CreditBalance, CreditEntryConnection } from "../credits/credit.type.js";
import { grantsOfTeamLoader } from "../credits/grants/grant.loader.js";
import { CreditGrantConnection } from "../credits/grants/grant.type.js";
import { Organization } from "../organizations/organization.type.js";
import type { TeamRow } from "./team.service.js";
import { Team } from "./team.type.js";

@ObjectType({
  description: "The two sides of a transfer, after it. Two of the four fields are null.",
  simpleResolvers: true,
})
class TransferCreditsPayload {
  @Field(() => Team, { nullable: true, description: "The team that gave." })
  readonly fromTeam!: Team | null;

  @Field(() => Organization, { nullable: true, description: "The organization whose pool gave." })
  readonly fromOrganization!: Organization | null;

  @Field(() => Team, { nullable: true, description: "The team that got." })
  readonly toTeam!: Team | null;

  @Field(() => Organization, { nullable: true, description: "The organization whose pool got." })
  readonly toOrganization!: Organization | null;
}

@Resolver(() => Team)
export class TeamCreditsResolver {
  @Mutation(() => Team, {
    nullable: true,
    description:
      "Gives credits to a team and returns the team. The admin grants new ones. An organization's key gives them out of the organization's pool, without terms of its own: INVALID_INPUT if it gives `expiresAt`, `reference` or PROMOTIONAL, and INSUFFICIENT_CREDITS if the pool has fewer. With TEAM_TOP_UP=allow a team may grant them to itself. Throws NOT_FOUND if there is no such team, and INVALID_STATE if it is deleted. If it is sent twice without an idempotencyKey, it gives twice.",
  })
  async addCredits(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("input", () => AddCreditsInput, { description: "The team and its credits." }) input: AddCreditsInput,
  ) {
    await services.credits.add(viewer, input);
    return services.teams.get(viewer, input.teamId);
  }

  @Mutation(() => Team, {
    nullable: true,
    description:
      "Corrects a team's credits, up or down, and returns the team; `allocated` changes with them. Held credits cannot be taken. Admin only. Throws NOT_FOUND if there is no such team or entry of its ledger, INVALID_STATE if credits are given to a team that is deleted, and INSUFFICIENT_CREDITS if fewer credits are available than are to be taken. If it is sent twice without an idempotencyKey, it corrects twice.",
  })
  async adjustCredits(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("input", () => AdjustCreditsInput, { description: "The team and the correction." }) input: AdjustCreditsInput,
  ) {
    await services.credits.adjust(viewer, input);
    return services.teams.get(viewer, input.teamId);
  }

  @Mutation(() => TransferCreditsPayload, {
    nullable: true,
    description:
      "Moves credits between teams of one organization, or between a team and the organization's pool: both sides or neither. They keep their category, their expiry and their reference; those that are used first are moved first. For the admin, and for a key of the organization. Throws NOT_FOUND if one side does not exist, INVALID_INPUT if the sides are the same or not of one organization, INVALID_STATE if the side that gets them is deleted, and INSUFFICIENT_CREDITS if the giver has fewer available. If it is sent twice without an idempotencyKey, it moves twice.",
  })
  async transferCredits(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("input", () => TransferCreditsInput, { description: "Who gives, who gets, and how many." })
    input: TransferCreditsInput,
  ) {
    await services.creditPools.transfer(viewer, input);
    const { fromTeamId, fromOrganizationId, toTeamId, toOrganizationId } = input;
    return {
      fromTeam: fromTeamId == null ? null : services.teams.get(viewer, fromTeamId),
      fromOrganization: fromOrganizationId == null ? null : services.organizations.get(viewer, fromOrganizationId),
      toTeam: toTeamId == null ? null : services.teams.get(viewer, toTeamId),
      toOrganization: toOrganizationId == null ? null : services.organizations.get(viewer, toOrganizationId),
    };
  }

  @FieldResolver(() => CreditEntryConnection, {
    description: "The team's ledger, newest entry first.",
    complexity: pageComplexity,
  })
  creditEntries(
    @Root() team: TeamRow,
    @Ctx() context: RequestContext,
    @Args(() => CreditEntriesArgs) args: CreditEntriesArgs,
  ) {
    return entriesOfTeamLoader(context).load({ parentId: team.id, args });
  }

  @FieldResolver(() => CreditGrantConnection, {
    description: "What the team was given, and what is left of it, newest first.",
    complexity: pageComplexity,
  })
  creditGrants(@Root() team: TeamRow, @Ctx() context: RequestContext, @Args(() => PageArgs) args: PageArgs) {
    return grantsOfTeamLoader(context).load({ parentId: team.id, args });
  }

  @FieldResolver(() => CreditBalance, {
    description:
      "Where the team's credits stood at a time: after the last entry that is not later. Before the first entry all figures are 0.",
  })
  async creditsAt(
    @Root() team: TeamRow,
    @Ctx() context: RequestContext,
    @Arg("at", () => DateTimeScalar, { description: "The time." }) at: Date,
  ) {
    const balance = await balanceAtLoader(context).load({ parentId: team.id, args: { at } });
    return { ...balance, remaining: remainingOf(balance) };
  }
}
