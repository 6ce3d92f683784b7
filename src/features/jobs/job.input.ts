import { IsOptional } from "class-validator";
import { ArgsType, Field, ID, InputType } from "type-graphql";
import { PageArgs } from "../../edge/graphql/connection.js";
import { DateTimeScalar, JsonObjectScalar } from "../../edge/graphql/scalars.js";
import { JobStatus } from "../../generated/prisma/enums.js";
import { IsInstant, IsMetadata, IsText } from "../../input/rules.js";
import type { JsonObject } from "../../lib/json.js";
import { IdempotentInput } from "../idempotency/idempotent.input.js";

@InputType({ description: "A new job." })
export class CreateJobInput extends IdempotentInput {
  @Field(() => ID, { nullable: true, description: "The key's own team, which is also what null means." })
  readonly teamId?: string | null;

  @Field(() => String, { description: "What kind of work, 1 to 100 characters." })
  @IsText(100)
  readonly jobType!: string;

  @Field(() => JsonObjectScalar, { nullable: true, description: "Free data, at most 16 KiB as JSON; null is {}." })
  @IsOptional()
  @IsMetadata()
  readonly metadata?: JsonObject | null;
}

@InputType({ description: "Which jobs. All that is given must hold." })
export class JobFilter {
  @Field(() => [JobStatus], { nullable: true, description: "One of these." })
  readonly status?: JobStatus[] | null;

  @Field(() => String, { nullable: true, description: "Exactly this." })
  @IsOptional()
  @IsText(100)
  readonly jobType?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "Created at or after." })
  @IsOptional()
  @IsInstant()
  readonly createdAfter?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "Created before." })
  @IsOptional()
  @IsInstant()
  readonly createdBefore?: Date | null;
}

@ArgsType()
export class JobsOfTeamArgs extends PageArgs {
  @Field(() => JobFilter, { nullable: true })
  readonly filter?: JobFilter | null;
}

@ArgsType()
export class JobsArgs extends JobsOfTeamArgs {
  @Field(() => ID, { nullable: true, description: "Only jobs of this team." })
  readonly teamId?: string | null;
}
