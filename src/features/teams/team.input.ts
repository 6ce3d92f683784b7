import { ArrayMaxSize, ArrayUnique, IsInt, IsOptional, Max, Min } from "class-validator";
import { ArgsType, Field, ID, InputType, Int } from "type-graphql";
import { PageArgs } from "../../edge/graphql/connection.js";
import { JsonObjectScalar } from "../../edge/graphql/scalars.js";
import { IsId, IsMetadata, IsText } from "../../input/rules.js";
import type { JsonObject } from "../../lib/json.js";
import { CREDITS_MAX } from "../credits/ledger.js";
import { AccountStatus } from "../organizations/organization.type.js";

const GROUPS_OF_TEAM_MAX = 100;

@InputType({ description: "A new team." })
export class CreateTeamInput {
  @Field(() => ID, { description: "1 to 100 letters, digits or . _ : @ -; unique among all teams, and never changed." })
  @IsId()
  readonly id!: string;

  @Field(() => ID)
  readonly organizationId!: string;

  @Field(() => String, { nullable: true, description: "A name for people, 1 to 200 characters; null is the id." })
  @IsOptional()
  @IsText(200)
  readonly alias?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description: `Names of the model groups it may use, at most ${GROUPS_OF_TEAM_MAX}; null is none.`,
  })
  @IsOptional()
  @ArrayMaxSize(GROUPS_OF_TEAM_MAX)
  @ArrayUnique({ message: "must not name a group twice" })
  readonly modelGroups?: string[] | null;

  @Field(() => Int, { nullable: true, description: "Credits to start with, 0 to 2147483647; null is 0." })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(CREDITS_MAX)
  readonly creditsAllocated?: number | null;

  @Field(() => JsonObjectScalar, { nullable: true, description: "Free data, at most 16 KiB as JSON; null is {}." })
  @IsOptional()
  @IsMetadata()
  readonly metadata?: JsonObject | null;
}

@InputType({ description: "The model groups of a team, in place of those it has." })
export class SetTeamModelGroupsInput {
  @Field(() => ID)
  readonly teamId!: string;

  @Field(() => [ID], { description: `Names of model groups, at most ${GROUPS_OF_TEAM_MAX}; none takes all away.` })
  @ArrayMaxSize(GROUPS_OF_TEAM_MAX)
  @ArrayUnique({ message: "must not name a group twice" })
  readonly modelGroups!: string[];
}

@ArgsType()
export class TeamsArgs extends PageArgs {
  @Field(() => ID, { nullable: true, description: "Only teams of this organization." })
  readonly organizationId?: string | null;

  @Field(() => AccountStatus, { nullable: true, description: "Only teams of this status." })
  readonly status?: AccountStatus | null;
}
