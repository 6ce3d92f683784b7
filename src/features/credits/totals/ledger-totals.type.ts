import { Field, Int, ObjectType } from "type-graphql";
import { SafeIntScalar } from "../../../edge/graphql/scalars.js";

@ObjectType({
  description:
    "Where all credits came from and where they are, over all teams and the pools of all organizations, at one moment. All figures are whole credits.",
  simpleResolvers: true,
})
export class LedgerTotals {
  @Field(() => SafeIntScalar, { description: "Credits that were ever granted, and the sum of all corrections." })
  readonly issued!: number;

  @Field(() => SafeIntScalar, { description: "Credits that can be used or passed on." })
  readonly available!: number;

  @Field(() => SafeIntScalar, { description: "Credits that open jobs hold." })
  readonly held!: number;

  @Field(() => SafeIntScalar, { description: "Credits that completed jobs took." })
  readonly earned!: number;

  @Field(() => SafeIntScalar, { description: "Credits that expired." })
  readonly lapsed!: number;

  @Field(() => Int, {
    description:
      "The number of teams and pools of whose grants another number of credits is left than is available and held. It is 0 in a sound ledger. `ledgerAudit` shows the difference for a team.",
  })
  readonly unsoundAccounts!: number;

  @Field(() => Boolean, {
    description:
      "True if issued = available + held + earned + lapsed, and unsoundAccounts is 0: then no credit came from nowhere, none was lost, and none expires that should not.",
  })
  readonly isBalanced!: boolean;
}
