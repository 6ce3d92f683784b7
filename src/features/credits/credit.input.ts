import { ArgsType, Field, ID, InputType, Int, registerEnumType } from "type-graphql";
import { PageArgs } from "../../edge/graphql/connection.js";
import { CreatedAfter, CreatedBefore } from "../../edge/graphql/filter-fields.js";
import { DateTimeScalar } from "../../edge/graphql/scalars.js";
import { CreditCategory, CreditEntryKind } from "../../generated/prisma/enums.js";
import { allOf } from "../../input/all-of.js";
import { IsInt, IsOptional, Max, Min, NotEquals } from "../../input/class-validator.js";
import { IsInstant, IsText } from "../../input/rules.js";
import { IdempotentInput } from "../idempotency/idempotent.input.js";
import { CREDITS_MAX } from "./credits-max.js";

registerEnumType(CreditCategory, {
  name: "CreditCategory",
  description: "Whether somebody has paid for credits.",
  valuesConfig: {
    PAID: { description: "Somebody has paid for them." },
    PROMOTIONAL: { description: "They were a present. They are used before paid ones that expire at the same time." },
  },
});

/** How many credits are given or moved. */
const CreditCount = () =>
  allOf(
    Field(() => Int, { description: "The number of credits: 1 or more." }),
    IsInt(),
    Min(1),
    Max(CREDITS_MAX),
  );

const REASON_TEXT = "1 to 500 characters. It is kept in the ledger.";

/** A reason that must be given. `question` is what it answers. */
const Reason = (question: string) =>
  allOf(
    Field(() => String, { description: `${question}: ${REASON_TEXT}` }),
    IsText(500),
  );

/** A reason that may be left out. */
const OptionalReason = (question: string) =>
  allOf(
    Field(() => String, { nullable: true, description: `${question}: ${REASON_TEXT} Null means no reason.` }),
    IsOptional(),
    IsText(500),
  );

@InputType({ description: "Credits for a team." })
export class AddCreditsInput extends IdempotentInput {
  @Field(() => ID, { description: "The team that gets the credits." })
  readonly teamId!: string;

  @CreditCount()
  readonly credits!: number;

  @OptionalReason("Why the team gets them")
  readonly reason?: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      "When they expire. Must be in the future. What is neither used nor held by then leaves the team within about 5 seconds, by an entry of the kind LAPSE. Null means never.",
  })
  @IsOptional()
  @IsInstant()
  readonly expiresAt?: Date | null;

  @Field(() => CreditCategory, {
    nullable: true,
    defaultValue: CreditCategory.PAID,
    description: "Whether somebody has paid for them. Null means PAID.",
  })
  readonly category?: CreditCategory | null;

  @Field(() => String, {
    nullable: true,
    description: "What they belong to in your own books, such as an invoice: 1 to 200 characters. Null means nothing.",
  })
  @IsOptional()
  @IsText(200)
  readonly reference?: string | null;
}

@InputType({ description: "A correction of a team's credits." })
export class AdjustCreditsInput extends IdempotentInput {
  @Field(() => ID, { description: "The team whose credits are corrected." })
  readonly teamId!: string;

  @Field(() => Int, { description: "The number of credits: more than 0 gives them, less than 0 takes them." })
  @IsInt()
  @NotEquals(0, { message: "must not be 0" })
  @Min(-CREDITS_MAX)
  @Max(CREDITS_MAX)
  readonly credits!: number;

  @Reason("Why the credits are corrected")
  readonly reason!: string;

  @Field(() => ID, {
    nullable: true,
    description:
      "The entry of the same team's ledger that was wrong. What is taken is taken of its credits first. Null means that no entry is named.",
  })
  readonly correctsEntryId?: string | null;
}

@InputType({ description: "Credits for the pool of an organization, out of which its keys give to its teams." })
export class GrantOrganizationCreditsInput extends IdempotentInput {
  @Field(() => ID, { description: "The organization whose pool gets the credits." })
  readonly organizationId!: string;

  @CreditCount()
  readonly credits!: number;

  @OptionalReason("Why the organization gets them")
  readonly reason?: string | null;
}

@InputType({
  description:
    "Credits that go from a team, or from the pool of an organization, to a team or pool of the same organization. Exactly one of the two `from` fields and one of the two `to` fields is given.",
})
export class TransferCreditsInput extends IdempotentInput {
  @Field(() => ID, { nullable: true, description: "The team that gives." })
  readonly fromTeamId?: string | null;

  @Field(() => ID, { nullable: true, description: "The organization whose pool gives." })
  readonly fromOrganizationId?: string | null;

  @Field(() => ID, { nullable: true, description: "The team that gets." })
  readonly toTeamId?: string | null;

  @Field(() => ID, { nullable: true, description: "The organization whose pool gets." })
  readonly toOrganizationId?: string | null;

  @CreditCount()
  readonly credits!: number;

  @Reason("Why they are moved")
  readonly reason!: string;
}

@InputType({ description: "Which entries of a ledger are listed. What is null or left out is not filtered by." })
export class CreditEntryFilter {
  @Field(() => [CreditEntryKind], { nullable: true, description: "Only entries of one of these kinds." })
  readonly kind?: CreditEntryKind[] | null;

  @CreatedAfter("Entries")
  readonly createdAfter?: Date | null;

  @CreatedBefore("Entries")
  readonly createdBefore?: Date | null;
}

@ArgsType()
export class CreditEntriesArgs extends PageArgs {
  @Field(() => CreditEntryFilter, { nullable: true, description: "Which entries to list. Null means all." })
  readonly filter?: CreditEntryFilter | null;
}
