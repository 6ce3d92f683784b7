import { Field, ID, ObjectType } from "type-graphql";
import { connectionType } from "../../edge/graphql/connection.js";
import { DateTimeScalar } from "../../edge/graphql/scalars.js";

@ObjectType({
  description:
    "A line of the audit: an act of somebody who administers. It was written with what the act has changed, both or neither, and never changes.",
  simpleResolvers: true,
})
export class AuditEntry {
  @Field(() => ID, { description: "A UUID." })
  readonly id!: string;

  @Field(() => DateTimeScalar, { description: "When it was done. Never before the time of the line before it." })
  readonly createdAt!: Date;

  @Field(() => String, {
    description:
      'Whose credential it was done with: "admin", "orgkey:<id of a key of an organization>", "key:<id of a virtual key>" or "person:<id of a person at the provider>". It is "gateway" if the gateway has disabled a webhook by itself, because its receiver answered 410.',
  })
  readonly actor!: string;

  @Field(() => String, {
    description:
      'The id of the request, which its answer had in the header x-request-id and its lines in the log have. It is "start" if a start made the organization that DEFAULT_ORGANIZATION names, and "delivery" if the actor is "gateway".',
  })
  readonly requestId!: string;

  @Field(() => String, {
    description: "What was done, by the name of its mutation, such as createTeam. Through REST it has the same name.",
  })
  readonly operation!: string;

  @Field(() => String, { description: "The type of what it was done to, such as Team." })
  readonly subjectType!: string;

  @Field(() => ID, { description: "The id of what it was done to. Of a model group or a price it is the name." })
  readonly subjectId!: string;

  @Field(() => ID, {
    nullable: true,
    description: "The organization whose keys see the line. Null if only the admin sees it.",
  })
  readonly organizationId!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Which AUDIT_KEY the hash was made with: 16 hexadecimal digits that tell keys apart. Null if the hash was made without a key.",
  })
  readonly keyFingerprint!: string | null;

  @Field(() => String, {
    description: "The hash of the line before it: 64 hexadecimal digits. Of the first line it is 64 zeros.",
  })
  readonly previousHash!: string;

  @Field(() => String, {
    description:
      "The hash of this line, which holds the hash of the one before it: 64 hexadecimal digits. docs/audit.md says how it is made.",
  })
  readonly hash!: string;
}

export const AuditEntryConnection = connectionType(AuditEntry, "AuditEntry", "lines of the audit");
