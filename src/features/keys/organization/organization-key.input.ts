import { Field, ID, InputType } from "type-graphql";
import { KeyExpiry, KeyName } from "../key-fields.js";

@InputType({ description: "A key with which an organization manages its teams." })
export class CreateOrganizationKeyInput {
  @Field(() => ID, { description: "The organization that gets the key." })
  readonly organizationId!: string;

  @KeyName("Null means that it has no name.")
  readonly name?: string | null;

  @KeyExpiry()
  readonly expiresAt?: Date | null;
}
