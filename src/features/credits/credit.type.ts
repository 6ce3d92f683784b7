import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { connectionType } from "../../edge/graphql/connection.js";
import { DateTimeScalar } from "../../edge/graphql/scalars.js";
import { CreditEntryKind } from "../../generated/prisma/enums.js";

registerEnumType(CreditEntryKind, {
  name: "CreditEntryKind",
  description: "What a movement of credits is.",
  valuesConfig: {
    GRANT: { description: "Credits given to the team." },
    HOLD: { description: "One credit reserved, because a job opened." },
    POST: { description: "A held credit taken for good, because its job completed." },
    VOID: { description: "A held credit given back, because its job failed or was cancelled." },
    EXPIRE: { description: "A held credit given back, because its job ran out of time." },
    ADJUST: { description: "A correction by the admin, up or down." },
  },
});

@ObjectType({ description: "Where a team's credits stand. Whole credits, at most 2147483647.", simpleResolvers: true })
export class CreditBalance {
  @Field(() => Int, { description: "Given to the team so far: grants and corrections." })
  readonly allocated!: number;

  @Field(() => Int, { description: "Taken by completed jobs." })
  readonly used!: number;

  @Field(() => Int, { description: "Reserved by open jobs." })
  readonly held!: number;

  @Field(() => Int, { description: "allocated - used." })
  readonly remaining!: number;

  @Field(() => Int, { description: "remaining - held: what new jobs can take." })
  readonly available!: number;
}

@ObjectType({
  description:
    "One movement of credits. Entries are never changed. Summed up, `credits` is what is available and `heldCredits` what is held.",
  simpleResolvers: true,
})
export class CreditEntry {
  @Field(() => ID)
  readonly id!: string;

  @Field(() => CreditEntryKind)
  readonly kind!: CreditEntryKind;

  @Field(() => Int, { description: "Signed change of what is available." })
  readonly credits!: number;

  @Field(() => Int, { description: "Signed change of what is held." })
  readonly heldCredits!: number;

  @Field(() => Int, { description: "What was available after this entry." })
  readonly availableAfter!: number;

  @Field(() => Int, { description: "What was held after this entry." })
  readonly heldAfter!: number;

  @Field(() => String, { nullable: true, description: "Why, where someone said." })
  readonly reason!: string | null;

  @Field(() => String, { description: 'Who caused it: "admin", "key:<id of a virtual key>" or "gateway".' })
  readonly actor!: string;

  @Field(() => DateTimeScalar)
  readonly createdAt!: Date;
}

export const CreditEntryConnection = connectionType(CreditEntry, "CreditEntry");
