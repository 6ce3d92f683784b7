import { Field, ID, Int, ObjectType } from "type-graphql";
import { connectionType } from "../../../edge/graphql/connection.js";
import { DateTimeScalar } from "../../../edge/graphql/scalars.js";
import { CreditCategory } from "../../../generated/prisma/enums.js";

@ObjectType({
  description:
    "Credits that came to a team together, and what is left of them. A team's credits are used in the order in which they expire, then promotional ones first, then the oldest first.",
  simpleResolvers: true,
})
export class CreditGrant {
  @Field(() => ID, { description: "A UUID." })
  readonly id!: string;

  @Field(() => ID, {
    description: "The entry of the ledger that brought the credits: a GRANT, an ADJUST or a TRANSFER_IN.",
  })
  readonly entryId!: string;

  @Field(() => Int, { description: "How many credits came." })
  readonly credits!: number;

  @Field(() => CreditCategory, { description: "Whether somebody has paid for them." })
  readonly category!: CreditCategory;

  @Field(() => DateTimeScalar, { nullable: true, description: "When they expire. Null means never." })
  readonly expiresAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description: "What they belong to in the books of whoever gave them, such as an invoice. Null means nothing.",
  })
  readonly reference!: string | null;

  @Field(() => DateTimeScalar, { description: "When they came." })
  readonly createdAt!: Date;
}

export const CreditGrantConnection = connectionType(CreditGrant, "CreditGrant", "grants");
