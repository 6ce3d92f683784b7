import { ArgsType, Field, ID, InputType } from "type-graphql";
import { PageArgs } from "../../edge/graphql/connection.js";
import {
  CreatedAfter,
  CreatedBefore,
  ErrorText,
  MetadataContains,
  OneOfIds,
} from "../../edge/graphql/filter-fields.js";
import { NewMetadata } from "../../edge/graphql/free-data.js";
import { DecimalScalar, SafeIntScalar } from "../../edge/graphql/scalars.js";
import { JobStatus } from "../../generated/prisma/enums.js";
import { IsInt, IsOptional, Min } from "../../input/class-validator.js";
import { IsText, IsUsdAboveZero } from "../../input/rules.js";
import type { JsonObject } from "../../lib/json/json.js";
import { IdempotentInput } from "../idempotency/idempotent.input.js";

/** A million dollars. */
const COST_MAX_NANO_USD = 1_000_000n * 1_000_000_000n;

@InputType({ description: "A new job." })
export class CreateJobInput extends IdempotentInput {
  @Field(() => ID, {
    nullable: true,
    description: "The team. It must be the key's own team, which is also what null means.",
  })
  readonly teamId?: string | null;

  @Field(() => String, { description: "What kind of work it is: 1 to 100 characters." })
  @IsText(100)
  readonly jobType!: string;

  @NewMetadata()
  readonly metadata?: JsonObject | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      "USD. Once the job has cost so much, as its team sees it, no further call begins in it, and a running stream that passes it is ended: BUDGET_EXCEEDED. Calls that run at the same time may together cost more. Null means no limit.",
  })
  @IsOptional()
  @IsUsdAboveZero(COST_MAX_NANO_USD)
  readonly maxCostUsd?: bigint | null;

  @Field(() => SafeIntScalar, {
    nullable: true,
    description:
      "Once the job has used so many tokens, no further call begins in it, and a running stream that passes it is ended: BUDGET_EXCEEDED. Calls that run at the same time may together use more. Null means no limit.",
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  readonly maxTokens?: number | null;
}

@InputType({ description: "Which jobs to list. A job must fulfil every field that is given." })
export class JobFilter {
  @Field(() => [JobStatus], { nullable: true, description: "Jobs with one of these states." })
  readonly status?: JobStatus[] | null;

  @Field(() => String, { nullable: true, description: "Jobs of exactly this type." })
  @IsOptional()
  @IsText(100)
  readonly jobType?: string | null;

  @OneOfIds("Jobs of one of these teams.")
  readonly teamIds?: string[] | null;

  @OneOfIds("Jobs that were opened with one of these virtual keys.")
  readonly keyIds?: string[] | null;

  @CreatedAfter("Jobs")
  readonly createdAfter?: Date | null;

  @CreatedBefore("Jobs")
  readonly createdBefore?: Date | null;

  @MetadataContains("Jobs")
  readonly metadataContains?: JsonObject | null;

  @ErrorText("Jobs")
  readonly errorText?: string | null;
}

@ArgsType()
export class JobsOfTeamArgs extends PageArgs {
  @Field(() => JobFilter, { description: "Which jobs to list. Null means all.", nullable: true })
  readonly filter?: JobFilter | null;
}

@ArgsType()
export class JobsArgs extends JobsOfTeamArgs {
  @Field(() => ID, { nullable: true, description: "Only jobs of this team. Null means all." })
  readonly teamId?: string | null;
}
