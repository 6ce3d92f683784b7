import { IsOptional } from "class-validator";
import { ArgsType, Field, ID, InputType } from "type-graphql";
import { PageArgs } from "../../edge/graphql/connection.js";
import { JsonObjectScalar } from "../../edge/graphql/scalars.js";
import { IsId, IsMetadata, IsText } from "../../input/rules.js";
import type { JsonObject } from "../../lib/json.js";
import { AccountStatus } from "./organization.type.js";

@InputType({ description: "A new organization." })
export class CreateOrganizationInput {
  @Field(() => ID, { description: "1 to 100 letters, digits or . _ : @ -; unique, and never changed." })
  @IsId()
  readonly id!: string;

  @Field(() => String, { description: "1 to 200 characters." })
  @IsText(200)
  readonly name!: string;

  @Field(() => JsonObjectScalar, { nullable: true, description: "Free data, at most 16 KiB as JSON; null is {}." })
  @IsOptional()
  @IsMetadata()
  readonly metadata?: JsonObject | null;
}

@ArgsType()
export class OrganizationsArgs extends PageArgs {
  @Field(() => AccountStatus, { nullable: true, description: "Only organizations of this status." })
  readonly status?: AccountStatus | null;
}
