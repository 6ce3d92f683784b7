import { Field, ObjectType } from "type-graphql";
import { DateTimeScalar } from "../../../edge/graphql/scalars.js";
import { KeyFields } from "../key.type.js";

@ObjectType({
  description:
    "An organization's credential. It is sent as `Authorization: Bearer sk-org-...`. It reads all of its organization, and manages its teams and their keys. It opens no jobs and makes no calls. Its secret is shown once, and only its SHA-256 is stored.",
  simpleResolvers: true,
})
export class OrganizationKey extends KeyFields {
  @Field(() => String, {
    nullable: true,
    description: "What the admin calls the key. Null if the admin gave it no name.",
  })
  readonly name!: string | null;

  @Field(() => String, {
    description: 'The first 15 characters of the secret, such as "sk-org-b6f4a8c2". They tell keys apart.',
  })
  readonly prefix!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When the key was last used, exact to a minute. Null if it was never used.",
  })
  readonly lastUsedAt!: Date | null;
}

@ObjectType({ description: "A new key of an organization.", simpleResolvers: true })
export class OrganizationKeyPayload {
  @Field(() => OrganizationKey, { description: "The key, without its secret." })
  readonly key!: OrganizationKey;

  @Field(() => String, { description: 'The secret in clear: "sk-org-" and 64 hex digits. It is shown only this once.' })
  readonly secret!: string;
}
