import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { connectionType } from "../../edge/graphql/connection.js";
import { DateTimeScalar } from "../../edge/graphql/scalars.js";
import { CreditEntryKind } from "../../generated/prisma/enums.js";

registerEnumType(CreditEntryKind, {
  name: "CreditEntryKind",
  description: "What a movement of credits is.",
  valuesConfig: {
    GRANT: { description: "New credits were given to the team." },
    HOLD: { description: "Credits were reserved for an open job." },
    POST: {
      description:
        "What a job held was resolved, because the job completed: its credits were taken, and those that it did not need were given back.",
    },
    VOID: { description: "What a job held was given back, because the job failed or was cancelled." },
    EXPIRE: { description: "What a job held was given back, because the job ran out of time." },
    ADJUST: { description: "The admin corrected the credits, up or down." },
    LAPSE: { description: "Credits ceased to be, because their grant expired." },
    TRANSFER_IN: { description: "Credits came from another team, or from the pool of the organization." },
    TRANSFER_OUT: { description: "Credits went to another team, or to the pool of the organization." },
  },
});

@ObjectType({
  description: "Where a team's credits stand. All figures are whole credits, at most 2147483647.",
  simpleResolvers: true,
})
export class CreditBalance {
  @Field(() => Int, {
    description: "Credits given to the team so far: grants, corrections and transfers, less what lapsed.",
  })
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
      'Who caused the entry: "admin", "key:<id of a virtual key>", "orgkey:<id of a key of an organization>", "person:<id of a person at the provider>" or "gateway".',
  })
  readonly actor!: string;

  @Field(() => ID, {
    nullable: true,
    description: "The entry that an ADJUST corrects, or whose credits a LAPSE ended. Null if there is none.",
  })
  readonly aboutEntryId!: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "The same for the two entries of one transfer. Null if the entry is not part of one.",
  })
  readonly transferId!: string | null;

  @Field(() => DateTimeScalar, { description: "When the credits were moved." })
  readonly createdAt!: Date;
}

export const CreditEntryConnection = connectionType(
  CreditEntry,
  "CreditEntry",
  "credit entries",
  "The number of entries in the whole ledger, exactly.",
);
