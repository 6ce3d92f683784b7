import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../edge/context.js";
import { listComplexity, pageComplexity } from "../../edge/graphql/complexity.js";
import { toConnection } from "../../edge/graphql/connection.js";
import { balanceLoader } from "../credits/credit.loader.js";
import { remainingOf } from "../credits/credit.service.js";
import { CreditBalance } from "../credits/credit.type.js";
import { modelGroupsOfTeamLoader } from "../models/groups/model-group.loader.js";
import { ModelGroup } from "../models/groups/model-group.type.js";
import { organizationLoader } from "../organizations/organization.loader.js";
import { Organization } from "../organizations/organization.type.js";
import { CreateTeamInput, SetTeamModelGroupsInput, TeamsArgs, UpdateTeamInput } from "./team.input.js";
import type { TeamRow } from "./team.service.js";
import { CreateTeamPayload, Team, TeamConnection } from "./team.type.js";

@Resolver(() => Team)
export class TeamResolver {
  @Query(() => Team, {
    nullable: true,
    description: "Returns one team. Throws NOT_FOUND if the key reaches no such team.",
  })
  team(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("id", () => ID, { description: "The id of the team." }) id: string,
  ) {
    return services.teams.get(viewer, id);
  }

  @Query(() => TeamConnection, {
    nullable: true,
    description: "Lists the teams that the key reaches, in order of id.",
    complexity: pageComplexity,
  })
  async teams(@Ctx() { services, viewer }: RequestContext, @Args(() => TeamsArgs) args: TeamsArgs) {
    return toConnection(await services.teams.list(viewer, args));
  }

  @Mutation(() => CreateTeamPayload, {
    nullable: true,
    description:
      "Creates a team with its groups, credits and first key, all or nothing. For the admin and an organization's key, which creates teams of its own organization, with credits out of its pool and with model groups that its teams have. Throws ALREADY_EXISTS if the id is taken, NOT_FOUND if there is no such organization or model group, INVALID_STATE if the organization is deleted, and INSUFFICIENT_CREDITS if its pool has fewer credits.",
  })
  createTeam(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("input", () => CreateTeamInput, { description: "The new team." }) input: CreateTeamInput,
  ) {
    return services.teams.create(viewer, input);
  }

  @Mutation(() => Team, {
    nullable: true,
    description:
      "Changes what is given of a team, and nothing else, all or nothing. New limits and model groups hold in every process within a second, for calls that begin then. For the admin, and for a key of the organization, to which there are only the groups that its teams have. Throws NOT_FOUND if there is no such team or model group, and INVALID_STATE if the team is deleted.",
  })
  updateTeam(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("input", () => UpdateTeamInput, { description: "The team and its changes." }) input: UpdateTeamInput,
  ) {
    return services.teams.update(viewer, input);
  }

  @Mutation(() => Team, {
    nullable: true,
    description:
      "Replaces the model groups of a team, for calls that are admitted from then on. For the admin and an organization's key, to which there are only the groups that its teams have. Throws NOT_FOUND if there is no such team or model group, and INVALID_STATE if the team is deleted.",
  })
  setTeamModelGroups(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("input", () => SetTeamModelGroupsInput, { description: "The team and its groups." })
    input: SetTeamModelGroupsInput,
  ) {
    return services.teams.setModelGroups(viewer, input);
  }

  @Mutation(() => Team, {
    nullable: true,
    description:
      "Suspends a team: from now on every request with the team's keys, also to read, is answered with TEAM_SUSPENDED. Its running calls are cancelled. Its jobs stay open, and their time goes on. Repeating it changes nothing. What the admin has suspended, an organization's key cannot resume. For the admin and an organization's key. Throws NOT_FOUND if there is no such team, and INVALID_STATE if it is deleted.",
  })
  suspendTeam(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("id", () => ID, { description: "The id of the team." }) id: string,
  ) {
    return services.teams.suspend(viewer, id);
  }

  @Mutation(() => Team, {
    nullable: true,
    description:
      "Ends a suspension. Repeating it changes nothing. For the admin, and for an organization's key unless the admin has suspended the team: then it throws FORBIDDEN. Throws NOT_FOUND if there is no such team, and INVALID_STATE if it is deleted.",
  })
  resumeTeam(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("id", () => ID, { description: "The id of the team." }) id: string,
  ) {
    return services.teams.resume(viewer, id);
  }

  @FieldResolver(() => Organization, { description: "The organization that owns the team." })
  organization(@Root() team: TeamRow, @Ctx() context: RequestContext) {
    return organizationLoader(context).load(team.organizationId);
  }

  @FieldResolver(() => [ModelGroup], {
    description:
      "The groups that its calls may name, in the order of assignment. A key may be limited to some of them.",
    complexity: listComplexity,
  })
  modelGroups(@Root() team: TeamRow, @Ctx() context: RequestContext) {
    return modelGroupsOfTeamLoader(context).load(team.id);
  }

  @FieldResolver(() => CreditBalance, { description: "Where the team's credits stand." })
  async credits(@Root() team: TeamRow, @Ctx() context: RequestContext) {
    const balance = await balanceLoader(context).load(team.id);
    return balance && { ...balance, remaining: remainingOf(balance) };
  }
}
