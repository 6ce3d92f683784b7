import { Field, InputType } from "type-graphql";
import { IsOptional } from "../../input/class-validator.js";
import { IsText } from "../../input/rules.js";
import { IDEMPOTENCY_KEY_LENGTH_MAX } from "./idempotency-keys.js";

/** What an operation takes that is carried out once for each idempotency key. */
@InputType()
export abstract class IdempotentInput {
  @Field(() => String, {
    nullable: true,
    description: `A key of the client's choice: 1 to ${IDEMPOTENCY_KEY_LENGTH_MAX} characters. For 24 hours the same key returns what the first request brought about, instead of doing it again. The same key with another input is an IDEMPOTENCY_CONFLICT. A request that was refused is not remembered. Null means that a repeated request is carried out again.`,
  })
  @IsOptional()
  @IsText(IDEMPOTENCY_KEY_LENGTH_MAX)
  readonly idempotencyKey?: string | null;
}
