import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { connectionType } from "../../edge/graphql/connection.js";
import { DateTimeScalar } from "../../edge/graphql/scalars.js";

export enum VirtualKeyStatus {
  ACTIVE = "ACTIVE",
  EXPIRED = "EXPIRED",
  REVOKED = "REVOKED",
}

registerEnumType(VirtualKeyStatus, {
  name: "VirtualKeyStatus",
  description: "Whether a key of a team or an organization is accepted.",
  valuesConfig: {
    ACTIVE: { description: "The key is accepted." },
    EXPIRED: { description: "The key is refused, because its time ran out." },
    REVOKED: { description: "The key is refused, because it was revoked." },
  },
});

/** What the keys of teams and of organizations have in common. */
@ObjectType({ simpleResolvers: true })
export abstract class KeyFields {
  @Field(() => ID, { description: "A UUID." })
  readonly id!: string;

  @Field(() => DateTimeScalar, { description: "When the key was created." })
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "From when on the key is refused. Null means that it never expires.",
  })
  readonly expiresAt!: Date | null;
}

@ObjectType({
  description:
    "A team's credential. It is sent as `Authorization: Bearer sk-...`. Its secret is shown once, and only its SHA-256 is stored.",
  simpleResolvers: true,
})
export class VirtualKey extends KeyFields {
  @Field(() => String, {
    nullable: true,
    description: "What the key is called. Null if it was given no name.",
  })
  readonly name!: string | null;

  @Field(() => String, {
    description:
      'The first 11 characters of the secret, such as "sk-b6f4a8c2". They tell keys apart, and change with the secret.',
  })
  readonly prefix!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When the key was last used, with whichever secret, exact to a minute. Null if it was never used.",
  })
  readonly lastUsedAt!: Date | null;
}

export const VirtualKeyConnection = connectionType(VirtualKey, "VirtualKey", "keys");

@ObjectType({ description: "A new virtual key, or one with a new secret.", simpleResolvers: true })
export class VirtualKeyPayload {
  @Field(() => String, { description: 'The secret in clear: "sk-" and 64 hex digits. It is shown only this once.' })
  readonly virtualKey!: string;

  @Field(() => VirtualKey, { description: "The key, without its secret." })
  readonly key!: VirtualKey;
}
