import { Field, ObjectType } from "type-graphql";
import { SafeIntScalar } from "../../edge/graphql/scalars.js";

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

  @Field(() => Boolean, {
    description:
      "True if issued = available + held + earned + lapsed: then no credit came from nowhere, and none was lost.",
  })
  readonly isBalanced!: boolean;
}
