import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { CreditBalance } from "../credits/credit.type.js";

export enum LedgerFigure {
  ALLOCATED = "ALLOCATED",
  USED = "USED",
  HELD = "HELD",
  AVAILABLE = "AVAILABLE",
  SEQUENCE = "SEQUENCE",
}

registerEnumType(LedgerFigure, {
  name: "LedgerFigure",
  description: "What an audit reckons anew.",
  valuesConfig: {
    ALLOCATED: { description: "Credits given to the team." },
    USED: { description: "Credits taken by completed jobs." },
    HELD: { description: "Credits reserved by open jobs; of an entry, its heldAfter." },
    AVAILABLE: { description: "Credits that new jobs can take; of an entry, its availableAfter." },
    SEQUENCE: { description: "An entry's place in the team's ledger: 1, 2, 3 ... without a gap." },
  },
});

@ObjectType({
  description: "A recorded figure that is not what it should be: the balance's, or one of an entry or a job.",
  simpleResolvers: true,
})
export class LedgerDifference {
  @Field(() => LedgerFigure, { description: "Which figure." })
  readonly figure!: LedgerFigure;

  @Field(() => ID, { nullable: true, description: "The entry whose own figure it is." })
  readonly entryId!: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "The job whose entries do not add up to what its status says: open holds 1, COMPLETED used 1.",
  })
  readonly jobId!: string | null;

  @Field(() => Int, { description: "What is recorded; of a job, what its entries add up to." })
  readonly recorded!: number;

  @Field(() => Int, { description: "What it should be: the sum of the entries; of a job, what its status says." })
  readonly recomputed!: number;
}

@ObjectType({
  description:
    "A team's credits reckoned anew, of one moment: the balance from all entries, each entry from those before it, and each job's entries from the job's status.",
  simpleResolvers: true,
})
export class LedgerAudit {
  @Field(() => ID)
  readonly teamId!: string;

  @Field(() => Boolean, { description: "Whether there is no difference at all." })
  readonly isSound!: boolean;

  @Field(() => Int, { description: "How many entries were added up." })
  readonly entryCount!: number;

  @Field(() => Int, { description: "How many jobs were looked at." })
  readonly jobCount!: number;

  @Field(() => CreditBalance, { description: "The balance as it is recorded." })
  readonly recorded!: CreditBalance;

  @Field(() => CreditBalance, { description: "The balance as the entries add up." })
  readonly recomputed!: CreditBalance;

  @Field(() => [LedgerDifference], { description: "At most 100 of them; empty, as it should be." })
  readonly differences!: LedgerDifference[];
}
