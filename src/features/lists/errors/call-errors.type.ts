import { Field, Int, ObjectType } from "type-graphql";
import { ErrorCodeEnum } from "../../../edge/graphql/error-code.type.js";
import { DateTimeScalar } from "../../../edge/graphql/scalars.js";
import type { ErrorCode } from "../../../lib/errors.js";

@ObjectType({ description: "Calls that ended with the same error of the same model.", simpleResolvers: true })
export class LlmCallErrorGroup {
  @Field(() => ErrorCodeEnum, { description: "The code of their error." })
  readonly errorCode!: ErrorCode;

  @Field(() => String, {
    nullable: true,
    description: "The model that their last attempt asked. Null if they ended before a model was asked.",
  })
  readonly model!: string | null;

  @Field(() => Int, { description: "The number of these calls." })
  readonly calls!: number;

  @Field(() => DateTimeScalar, { description: "When the newest of them was created." })
  readonly lastAt!: Date;

  readonly lastCallId!: string;
}

@ObjectType({
  description:
    "The calls of a range of time that ended with an error, grouped by its code and by the model. A bounded number of calls is looked at: the newest ones.",
  simpleResolvers: true,
})
export class LlmCallErrors {
  @Field(() => Boolean, {
    description: "Whether all calls of the range were looked at. If not, there are older ones that nobody has counted.",
  })
  readonly isComplete!: boolean;

  @Field(() => DateTimeScalar, {
    description:
      "The beginning of the range, or, if it is not complete, when the oldest call was created that was looked at.",
  })
  readonly countedFrom!: Date;

  @Field(() => Int, { description: "The number of calls in all groups." })
  readonly countedCalls!: number;

  @Field(() => Int, { description: "The number of all groups, of which `first` are listed." })
  readonly groupCount!: number;

  @Field(() => [LlmCallErrorGroup], {
    description: "The groups. Those with the most calls come first, and of these those with the newest call.",
  })
  readonly groups!: readonly LlmCallErrorGroup[];
}
