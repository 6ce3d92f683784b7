import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { connectionType } from "../../edge/graphql/connection.js";
import { Node } from "../../edge/graphql/node.type.js";
import { AccountStatus } from "../../generated/prisma/enums.js";

export { AccountStatus };

registerEnumType(AccountStatus, {
  name: "AccountStatus",
  description: "Whether an organization or a team can work.",
  valuesConfig: {
    ACTIVE: { description: "The organization or team can work." },
    SUSPENDED: { description: "Every request with its keys is answered with TEAM_SUSPENDED until it is resumed." },
    DELETED: {
      description:
        "It has no valid key any more and cannot work again. What it has done is kept, and its id is not given out again. Only the admin sees it.",
    },
  },
});

@ObjectType({
  implements: Node,
  description:
    "A customer, who owns teams. A team's key sees only the id, the name and the team itself. The other fields are null to it, with FORBIDDEN, and `keys` is empty.",
  simpleResolvers: true,
})
export class Organization implements Node {
  @Field(() => ID, { description: "The id, which the admin chose." })
  readonly id!: string;

  @Field(() => String, { description: "The name, for people." })
  readonly name!: string;
}

export const OrganizationConnection = connectionType(Organization, "Organization", "organizations");
