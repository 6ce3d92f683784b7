import { Field, Int, ObjectType } from "type-graphql";
import { SafeIntScalar } from "../../../edge/graphql/scalars.js";

@ObjectType({
  description:
    "The pool of an organization, out of which its keys give credits to its teams: granted = passedOn + available. All figures are whole credits.",
  simpleResolvers: true,
})
export class OrganizationCredits {
  @Field(() => SafeIntScalar, {
    description:
      "Credits that the admin ever granted to the organization, less what lapsed in the pool. Below 0 if more lapsed of what teams gave to it.",
  })
  readonly granted!: number;

  @Field(() => SafeIntScalar, {
    description:
      "Credits that teams got out of the pool, less what they gave to it. Below 0 if they gave it more than they got.",
  })
  readonly passedOn!: number;

  @Field(() => Int, { description: "Credits that can be passed on." })
  readonly available!: number;
}
