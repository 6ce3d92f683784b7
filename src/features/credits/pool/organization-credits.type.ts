import { Field, Int, ObjectType } from "type-graphql";

@ObjectType({
  description:
    "The pool of an organization, out of which its keys give credits to its teams: granted = passedOn + available. All figures are whole credits.",
  simpleResolvers: true,
})
export class OrganizationCredits {
  @Field(() => Int, { description: "Credits that the admin granted to the organization, less what lapsed." })
  readonly granted!: number;

  @Field(() => Int, { description: "Credits that teams got out of the pool, less what they gave back." })
  readonly passedOn!: number;

  @Field(() => Int, { description: "Credits that can be passed on." })
  readonly available!: number;
}
