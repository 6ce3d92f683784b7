import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { connectionType } from "../../edge/graphql/connection.js";
import { DateTimeScalar } from "../../edge/graphql/scalars.js";
import { CreditEntryKind } from "../../generated/prisma/enums.js";

registerEnumType(CreditEntryKind, {
  name: "CreditEntryKind",
  description: "What a movement of credits is.",
  valuesConfig: {
    GRANT: { description: "Credits were given to the team." },
    HOLD: { description: "One credit was reserved, because a job opened." },
    POST: { description: "A held credit was taken for good, because its job completed." },
    VOID: { description: "A held credit was given back, because its job failed or was cancelled." },
    EXPIRE: { description: "A held credit was given back, because its job ran out of time." },
    ADJUST: { description: "The admin corrected the credits, up or down." },
  },
});

@ObjectType({
  description: "Where a team's credits stand. All figures are whole credits, at most 2147483647.",
  simpleResolvers: true,
})
export class CreditBalance {
  @Field(() => Int, { description: "Credits given to the team so far: grants and corrections." })
  readonly allocated!: number;

  @Field(() => Int, { description: "Credits taken by completed jobs." })
  readonly used!: number;

  @Field(() => Int, { description: "Credits reserved by open jobs." })
  readonly held!: number;

  @Field(() => Int, { description: "What the team has not used: allocated - used." })
  readonly remaining!: number;

  @Field(() => Int, { description: "What new jobs can take: remaining - held." })
  readonly available!: number;
}

@ObjectType({
  description:
    "One movement of credits. Entries are never changed. The sum of `credits` is what is available, and the sum of `heldCredits` is what is held.",
  simpleResolvers: true,
})
export class CreditEntry {
  @Field(() => ID, { description: "A UUID." })
  readonly id!: string;

  @Field(() => CreditEntryKind, { description: "What the movement is." })
  readonly kind!: CreditEntryKind;

  @Field(() => Int, { description: "The signed change of what is available." })
  readonly credits!: number;

  @Field(() => Int, { description: "The signed change of what is held." })
  readonly heldCredits!: number;

  @Field(() => Int, { description: "What was available after this entry." })
  readonly availableAfter!: number;

  @Field(() => Int, { description: "What was held after this entry." })
  readonly heldAfter!: number;

  @Field(() => String, { nullable: true, description: "Why the credits were moved. Null if nobody gave a reason." })
  readonly reason!: string | null;

  @Field(() => String, {
    description:
      'Who caused the entry: "admin", "key:<id of a virtual key>", "orgkey:<id of a key of an organization>" or "gateway".',
  })
  readonly actor!: string;

  @Field(() => DateTimeScalar, { description: "When the credits were moved." })
  readonly createdAt!: Date;
}

export const CreditEntryConnection = connectionType(
  CreditEntry,
  "CreditEntry",
  "credit entries",
  "The number of entries in the whole ledger, exactly.",
);
