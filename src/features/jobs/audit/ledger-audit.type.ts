import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { CreditBalance } from "../../credits/credit.type.js";

export enum LedgerFigure {
  ALLOCATED = "ALLOCATED",
  USED = "USED",
  HELD = "HELD",
  AVAILABLE = "AVAILABLE",
  SEQUENCE = "SEQUENCE",
}

registerEnumType(LedgerFigure, {
  name: "LedgerFigure",
  description: "A figure that the audit recomputes.",
  valuesConfig: {
    ALLOCATED: { description: "Credits given to the team." },
    USED: { description: "Credits taken by completed jobs." },
    HELD: { description: "Credits reserved by open jobs. Of an entry it is heldAfter." },
    AVAILABLE: { description: "Credits that new jobs can take. Of an entry it is availableAfter." },
    SEQUENCE: { description: "An entry's number in the team's ledger: 1, 2, 3 ... without a gap." },
  },
});

@ObjectType({
  description: "A recorded figure that is not what it should be. It belongs to the balance, to an entry or to a job.",
  simpleResolvers: true,
})
export class LedgerDifference {
  @Field(() => LedgerFigure, { description: "Which figure differs." })
  readonly figure!: LedgerFigure;

  @Field(() => ID, {
    nullable: true,
    description: "The entry whose figure it is. Null if it is not the figure of an entry.",
  })
  readonly entryId!: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      "The job whose entries do not add up to what its status says: an open job holds 1, a COMPLETED one used 1. Null if it is not the figure of a job.",
  })
  readonly jobId!: string | null;

  @Field(() => Int, { description: "What is recorded. Of a job it is what its entries add up to." })
  readonly recorded!: number;

  @Field(() => Int, { description: "What it should be: the sum of the entries. Of a job it is what its status says." })
  readonly recomputed!: number;
}

@ObjectType({
  description:
    "A team's credits, recomputed for one moment: the balance from all entries, each entry from those before it, and each job's entries from the job's status.",
  simpleResolvers: true,
})
export class LedgerAudit {
  @Field(() => ID, { description: "The team." })
  readonly teamId!: string;

  @Field(() => Boolean, { description: "True if there is no difference at all." })
  readonly isSound!: boolean;

  @Field(() => Int, { description: "The number of entries that were added up." })
  readonly entryCount!: number;

  @Field(() => Int, { description: "The number of jobs that were looked at." })
  readonly jobCount!: number;

  @Field(() => CreditBalance, { description: "The balance as it is recorded." })
  readonly recorded!: CreditBalance;

  @Field(() => CreditBalance, { description: "The balance as the entries add up." })
  readonly recomputed!: CreditBalance;

  @Field(() => [LedgerDifference], {
    description: "The differences, at most 100. The list is empty if the ledger is sound.",
  })
  readonly differences!: LedgerDifference[];
}
