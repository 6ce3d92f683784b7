import { IsOptional } from "class-validator";
import { Field, InputType } from "type-graphql";
import { IsText } from "../../input/rules.js";
import { IDEMPOTENCY_KEY_LENGTH_MAX } from "./idempotency-keys.js";

/** What an operation takes that is carried out once for each idempotency key. */
@InputType()
export abstract class IdempotentInput {
  @Field(() => String, {
    nullable: true,
    description: `1 to ${IDEMPOTENCY_KEY_LENGTH_MAX} characters of the client's choice. For 24 hours the same key answers with what the first request brought about, instead of doing it again; with another input it is IDEMPOTENCY_CONFLICT. A refused request is not remembered.`,
  })
  @IsOptional()
  @IsText(IDEMPOTENCY_KEY_LENGTH_MAX)
  readonly idempotencyKey?: string | null;
}
