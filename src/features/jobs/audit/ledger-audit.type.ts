import { ArgsType, Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { CreditBalance } from "../../credits/credit.type.js";

/** Entries and jobs that one request reads at most: more than a second of the database's time is not for one client. */
export const AUDITED_MAX = 100_000;

@ArgsType()
export class LedgerAuditArgs {
  @Field(() => ID, { description: "The id of the team." })
  readonly teamId!: string;

  @Field(() => Int, {
    nullable: true,
    defaultValue: AUDITED_MAX,
    description: `How many entries and jobs this request reads at most, from 1 to ${AUDITED_MAX}. Null means ${AUDITED_MAX}.`,
  })
  readonly first?: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      "The endCursor of the request before, with which the audit goes on. It holds what was found so far. Null begins a new audit.",
  })
  readonly after?: string | null;
}

export enum LedgerFigure {
  ALLOCATED = "ALLOCATED",
  USED = "USED",
  HELD = "HELD",
  AVAILABLE = "AVAILABLE",
  GRANTS = "GRANTS",
  SEQUENCE = "SEQUENCE",
}

registerEnumType(LedgerFigure, {
  name: "LedgerFigure",
  description: "A figure that the audit recomputes.",
  valuesConfig: {
    ALLOCATED: { description: "Credits given to the team: granted, corrected, transferred and lapsed." },
    USED: { description: "Credits taken by completed jobs." },
    HELD: { description: "Credits reserved by open jobs. Of an entry it is heldAfter." },
    AVAILABLE: { description: "Credits that new jobs can take. Of an entry it is availableAfter." },
    GRANTS: { description: "What is left of all grants together. It must be what is available and what is held." },
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
      "The job whose entries do not add up to what is recorded of it: what it holds while it is open, and what it took when it was completed. Null if it is not the figure of a job.",
  })
  readonly jobId!: string | null;

  @Field(() => Int, { description: "What is recorded. Of a job it is what its entries add up to." })
  readonly recorded!: number;

  @Field(() => Int, {
    description: "What it should be: the sum of the entries. Of a job it is what is recorded of the job.",
  })
  readonly recomputed!: number;
}

@ObjectType({
  description:
    "A team's credits, recomputed: the balance from all entries, each entry from those before it, and each job's entries from the job. All figures are of the whole audit so far, including the requests before.",
  simpleResolvers: true,
})
export class LedgerAudit {
  @Field(() => ID, { description: "The team." })
  readonly teamId!: string;

  @Field(() => Boolean, { description: "True if all entries and all jobs have been read." })
  readonly isComplete!: boolean;

  @Field(() => String, {
    nullable: true,
    description: "Pass it as `after` to go on with the audit. Null if the audit is complete.",
  })
  readonly endCursor!: string | null;

  @Field(() => Boolean, { description: "True if the audit is complete and has found no difference at all." })
  readonly isSound!: boolean;

  @Field(() => Int, { description: "The number of entries that were added up." })
  readonly entryCount!: number;

  @Field(() => Int, { description: "The number of jobs that were compared with their entries." })
  readonly jobCount!: number;

  @Field(() => CreditBalance, {
    description: "The balance as it was recorded at the moment when the last of these entries was read.",
  })
  readonly recorded!: CreditBalance;

  @Field(() => CreditBalance, {
    description: "The balance as these entries add up. It equals `recorded` only if all entries have been added up.",
  })
  readonly recomputed!: CreditBalance;

  @Field(() => [LedgerDifference], {
    description:
      "The differences that this request has found, at most 100. Those of the requests before are not repeated.",
  })
  readonly differences!: LedgerDifference[];
}
