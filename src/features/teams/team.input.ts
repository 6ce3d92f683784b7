import { ArgsType, Field, ID, InputType, Int } from "type-graphql";
import { PageArgs } from "../../edge/graphql/connection.js";
import { MetadataChange, NewMetadata } from "../../edge/graphql/free-data.js";
import { allOf } from "../../input/all-of.js";
import { ArrayMaxSize, ArrayUnique, IsInt, IsOptional, Max, Min, ValidateNested } from "../../input/class-validator.js";
import { IsId, IsText } from "../../input/rules.js";
import { ID_TEXT } from "../../lib/ids.js";
import type { JsonObject } from "../../lib/json/json.js";
import { BillingInput } from "../budgets/billing.input.js";
import { CREDITS_MAX } from "../credits/credits-max.js";
import { LimitsInput } from "../limits/limits.input.js";
import { AccountStatus } from "../organizations/organization.type.js";

const GROUPS_OF_TEAM_MAX = 100;

const AreGroupNames = () =>
  allOf(ArrayMaxSize(GROUPS_OF_TEAM_MAX), ArrayUnique({ message: "must not name a group twice" }));

@InputType({ description: "A new team." })
export class CreateTeamInput {
  @Field(() => ID, { description: `The id: ${ID_TEXT}. It must be unique among all teams and is never changed.` })
  @IsId()
  readonly id!: string;

  @Field(() => ID, {
    nullable: true,
    description:
      "The organization that owns the team. Null means the organization of the key, or for the admin the one that DEFAULT_ORGANIZATION names.",
  })
  readonly organizationId?: string | null;

  @Field(() => String, { nullable: true, description: "The name, for people: 1 to 200 characters. Null means the id." })
  @IsOptional()
  @IsText(200)
  readonly alias?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description: `The names of the model groups that the team may use: at most ${GROUPS_OF_TEAM_MAX}. Null means none.`,
  })
  @IsOptional()
  @AreGroupNames()
  readonly modelGroups?: string[] | null;

  @Field(() => Int, {
    nullable: true,
    description:
      "The credits to start with: 0 to 2147483647. An organization's key gives them out of the pool. Null means 0.",
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(CREDITS_MAX)
  readonly creditsAllocated?: number | null;

  @NewMetadata()
  readonly metadata?: JsonObject | null;

  @Field(() => LimitsInput, {
    nullable: true,
    description: "What all calls of the team together are limited to. Null means that nothing is limited.",
  })
  @IsOptional()
  @ValidateNested()
  readonly limits?: LimitsInput | null;

  @Field(() => LimitsInput, {
    nullable: true,
    description: "What the calls of each key are limited to that has no limit of its own. Null means nothing.",
  })
  @IsOptional()
  @ValidateNested()
  readonly defaultKeyLimits?: LimitsInput | null;

  @Field(() => BillingInput, { nullable: true, description: "How the team is billed. Admin only. Null means by JOB." })
  @IsOptional()
  @ValidateNested()
  readonly billing?: BillingInput | null;
}

@InputType({ description: "Changes of a team. Only what is given changes." })
export class UpdateTeamInput {
  @Field(() => ID, { description: "The id of the team." })
  readonly id!: string;

  @Field(() => String, { nullable: true, description: "The name, for people: 1 to 200 characters. Null means the id." })
  @IsOptional()
  @IsText(200)
  readonly alias?: string | null;

  @MetadataChange()
  readonly metadata?: JsonObject | null;

  @Field(() => [ID], {
    nullable: true,
    description: `The names of the model groups that replace those of the team: at most ${GROUPS_OF_TEAM_MAX}. An empty list takes all groups away. Null keeps them.`,
  })
  @IsOptional()
  @AreGroupNames()
  readonly modelGroups?: string[] | null;

  @Field(() => LimitsInput, {
    nullable: true,
    description: "What all calls of the team together are limited to. Null removes all of these limits.",
  })
  @IsOptional()
  @ValidateNested()
  readonly limits?: LimitsInput | null;

  @Field(() => LimitsInput, {
    nullable: true,
    description:
      "What the calls of each key are limited to that has no limit of its own. Null removes all of these limits.",
  })
  @IsOptional()
  @ValidateNested()
  readonly defaultKeyLimits?: LimitsInput | null;

  @Field(() => BillingInput, {
    nullable: true,
    description: "How the team is billed, for jobs that are created from then on. Admin only. Null changes nothing.",
  })
  @IsOptional()
  @ValidateNested()
  readonly billing?: BillingInput | null;
}

@InputType({ description: "The model groups that replace those of a team." })
export class SetTeamModelGroupsInput {
  @Field(() => ID, { description: "The team." })
  readonly teamId!: string;

  @Field(() => [ID], {
    description: `The names of the model groups: at most ${GROUPS_OF_TEAM_MAX}. An empty list takes all groups away.`,
  })
  @AreGroupNames()
  readonly modelGroups!: string[];
}

@ArgsType()
export class TeamsArgs extends PageArgs {
  @Field(() => ID, { nullable: true, description: "Only teams of this organization. Null means all." })
  readonly organizationId?: string | null;

  @Field(() => AccountStatus, { nullable: true, description: "Only teams with this status. Null means all." })
  readonly status?: AccountStatus | null;
}
