import { ArgsType, Field, ID, InputType } from "type-graphql";
import { PageArgs } from "../../edge/graphql/connection.js";
import { JsonObjectScalar } from "../../edge/graphql/scalars.js";
import { IsOptional } from "../../input/class-validator.js";
import { FREE_DATA_TEXT, ID_TEXT, IsId, IsMetadata, IsText, METADATA_SIZE_TEXT } from "../../input/rules.js";
import type { JsonObject } from "../../lib/json/json.js";
import { AccountStatus } from "./organization.type.js";

@InputType({ description: "A new organization." })
export class CreateOrganizationInput {
  @Field(() => ID, { description: `The id: ${ID_TEXT}. It must be unique and is never changed.` })
  @IsId()
  readonly id!: string;

  @Field(() => String, { description: "The name, for people: 1 to 200 characters." })
  @IsText(200)
  readonly name!: string;

  @Field(() => JsonObjectScalar, { nullable: true, description: `${FREE_DATA_TEXT}. Null means {}.` })
  @IsOptional()
  @IsMetadata()
  readonly metadata?: JsonObject | null;
}

@InputType({ description: "Changes of an organization. Only what is given changes." })
export class UpdateOrganizationInput {
  @Field(() => ID, { description: "The id of the organization." })
  readonly id!: string;

  @Field(() => String, { nullable: true, description: "The name, for people: 1 to 200 characters. Null keeps it." })
  @IsOptional()
  @IsText(200)
  readonly name?: string | null;

  @Field(() => JsonObjectScalar, {
    nullable: true,
    description: `Names to set in the metadata; the other names stay. The whole is ${METADATA_SIZE_TEXT}. Null empties it.`,
  })
  @IsOptional()
  @IsMetadata()
  readonly metadata?: JsonObject | null;
}

@ArgsType()
export class OrganizationsArgs extends PageArgs {
  @Field(() => AccountStatus, { nullable: true, description: "Only organizations with this status. Null means all." })
  readonly status?: AccountStatus | null;
}
