import { ArgsType, Field, ID, InputType } from "type-graphql";
import { PageArgs } from "../../edge/graphql/connection.js";
import { MetadataChange, NewMetadata } from "../../edge/graphql/free-data.js";
import { IsOptional } from "../../input/class-validator.js";
import { IsId, IsText } from "../../input/rules.js";
import { ID_TEXT } from "../../lib/ids.js";
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

  @NewMetadata()
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

  @MetadataChange()
  readonly metadata?: JsonObject | null;
}

@ArgsType()
export class OrganizationsArgs extends PageArgs {
  @Field(() => AccountStatus, { nullable: true, description: "Only organizations with this status. Null means all." })
  readonly status?: AccountStatus | null;
}
