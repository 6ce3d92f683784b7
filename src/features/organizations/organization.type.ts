import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { connectionType } from "../../edge/graphql/connection.js";
import { AccountStatus } from "../../generated/prisma/enums.js";

export { AccountStatus };

registerEnumType(AccountStatus, {
  name: "AccountStatus",
  description: "Whether an organization or a team may work.",
  valuesConfig: {
    ACTIVE: { description: "It may." },
    SUSPENDED: { description: "Everything its keys ask is answered TEAM_SUSPENDED, until it is resumed." },
  },
});

@ObjectType({
  description:
    "A customer: owns teams. A team's key sees only the id, the name and the team itself; the rest is FORBIDDEN to it.",
  simpleResolvers: true,
})
export class Organization {
  @Field(() => ID, { description: "Chosen by the admin." })
  readonly id!: string;

  @Field(() => String)
  readonly name!: string;
}

export const OrganizationConnection = connectionType(Organization, "Organization");
