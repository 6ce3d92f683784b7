import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { DateTimeScalar } from "../../edge/graphql/scalars.js";

export enum VirtualKeyStatus {
  ACTIVE = "ACTIVE",
  EXPIRED = "EXPIRED",
  REVOKED = "REVOKED",
}

registerEnumType(VirtualKeyStatus, {
  name: "VirtualKeyStatus",
  description: "Whether a virtual key is accepted.",
  valuesConfig: {
    ACTIVE: { description: "It is." },
    EXPIRED: { description: "Its time ran out." },
    REVOKED: { description: "The admin revoked it." },
  },
});

@ObjectType({
  description:
    "A team's credential, sent as `Authorization: Bearer sk-...`. Its secret is stored as a SHA-256 only and shown once.",
  simpleResolvers: true,
})
export class VirtualKey {
  @Field(() => ID)
  readonly id!: string;

  @Field(() => String, { nullable: true, description: "What the admin calls it." })
  readonly name!: string | null;

  @Field(() => String, {
    description: 'The first 11 characters of the secret, such as "sk-b6f4a8c2", to tell keys apart.',
  })
  readonly prefix!: string;

  @Field(() => DateTimeScalar)
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "From then on the key is refused; null is never." })
  readonly expiresAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "Exact to a minute; null where it was never used." })
  readonly lastUsedAt!: Date | null;
}

@ObjectType({ description: "A new virtual key.", simpleResolvers: true })
export class VirtualKeyPayload {
  @Field(() => String, { description: 'The secret in clear, this once: "sk-" and 64 hex digits.' })
  readonly virtualKey!: string;

  @Field(() => VirtualKey)
  readonly key!: VirtualKey;
}
