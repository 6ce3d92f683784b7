import { Field, Int, ObjectType } from "type-graphql";
import { DateTimeScalar } from "../../edge/graphql/scalars.js";
import { CostSource, LlmCallStatus } from "../../generated/prisma/enums.js";

@ObjectType({ description: "Asking one model once, inside a call.", simpleResolvers: true })
export class LlmCallAttempt {
  @Field(() => Int, { description: "1, 2, 3 ... within the call." })
  readonly number!: number;

  @Field(() => String, { description: "The model that was asked." })
  readonly model!: string;

  @Field(() => String, { description: '"openai-compatible" or "simulated".' })
  readonly provider!: string;

  @Field(() => LlmCallStatus, { description: "SUCCEEDED, FAILED or CANCELLED." })
  readonly status!: LlmCallStatus;

  @Field(() => String, {
    nullable: true,
    description:
      'Why it failed: "rate-limited", "overloaded", "timeout", "unavailable", "invalid-request", "authentication", "content-filter", "context-length", "truncated", "malformed", "internal" or "gateway-restarted". Null where it did not.',
  })
  readonly errorKind!: string | null;

  @Field(() => DateTimeScalar, { description: "When the upstream was asked." })
  readonly startedAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "When the first of an answer arrived at the gateway." })
  readonly firstTokenAt!: Date | null;

  @Field(() => DateTimeScalar, { description: "When it had answered in full, or failed." })
  readonly endedAt!: Date;

  @Field(() => CostSource, { nullable: true, description: "Null where nothing is to be priced." })
  readonly costSource!: CostSource | null;
}
