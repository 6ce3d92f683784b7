import { Field, ID, InputType } from "type-graphql";
import { JsonObjectScalar } from "../../../edge/graphql/scalars.js";
import { IsOptional } from "../../../input/class-validator.js";
import { FREE_DATA_TEXT, IsMetadata, IsText } from "../../../input/rules.js";
import type { JsonObject } from "../../../lib/json/json.js";
import { IdempotentInput } from "../../idempotency/idempotent.input.js";

/** Where a call of any kind belongs, and what is noted of it. */
@InputType()
export abstract class CallPlaceInput extends IdempotentInput {
  @Field(() => ID, {
    nullable: true,
    description:
      "The open job that the call belongs to. Null opens a job for this call alone, which ends with it: as COMPLETED if the call succeeds, or if its own client cancels it after the first token, otherwise as FAILED.",
  })
  readonly jobId?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The jobType of the job that is opened if jobId is null: 1 to 100 characters. Null means "llm-call". It is not allowed beside jobId.',
  })
  @IsOptional()
  @IsText(100)
  readonly jobType?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      "The team. It must be the key's own team, which is also what null means. It is not allowed beside jobId.",
  })
  readonly teamId?: string | null;

  @Field(() => ID, { description: "The name of one of the team's model groups." })
  readonly modelGroup!: string;

  @Field(() => String, {
    nullable: true,
    description: "What the call is for: 1 to 200 characters. Null means that the team does not say.",
  })
  @IsOptional()
  @IsText(200)
  readonly purpose?: string | null;

  @Field(() => JsonObjectScalar, { nullable: true, description: `${FREE_DATA_TEXT}. Null means {}.` })
  @IsOptional()
  @IsMetadata()
  readonly metadata?: JsonObject | null;

  /**
   * A name of the client's own for a job, in place of its id. The first call that is let in with it opens the job. A door
   * reads it in a header. It is no field of GraphQL.
   */
  readonly jobKey?: string | null;
}
