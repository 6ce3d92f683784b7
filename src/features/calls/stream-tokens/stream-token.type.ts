import { Field, ObjectType } from "type-graphql";
import { DateTimeScalar } from "../../../edge/graphql/scalars.js";

@ObjectType({ description: "A token with which one call can be followed without a header.", simpleResolvers: true })
export class StreamToken {
  @Field(() => String, { description: "The token. It goes into the address as `token`." })
  readonly token!: string;

  @Field(() => DateTimeScalar, { description: "Until when a stream can be begun with it: 5 minutes." })
  readonly expiresAt!: Date;
}
