import { Field, Int, ObjectType } from "type-graphql";
import { DateTimeScalar, SafeIntScalar } from "../../edge/graphql/scalars.js";

const REQUESTS = "Calls that may begin in a minute. The minute begins with its first call.";
const TOKENS = "Tokens that the calls of a minute may use, prompts and answers together.";
const CALLS = "Calls that may run at once.";
const NONE = "Null means that there is no limit of its own.";
const NORMAL = "Null means that the normal figure holds.";

@ObjectType({ description: "Other figures for a time.", simpleResolvers: true })
export class LimitsOverride {
  @Field(() => Int, { nullable: true, description: `${REQUESTS} ${NORMAL}` })
  readonly requestsPerMinute!: number | null;

  @Field(() => Int, { nullable: true, description: `${TOKENS} ${NORMAL}` })
  readonly tokensPerMinute!: number | null;

  @Field(() => Int, { nullable: true, description: `${CALLS} ${NORMAL}` })
  readonly concurrentCalls!: number | null;

  @Field(() => DateTimeScalar, { description: "Until when these figures hold." })
  readonly until!: Date;
}

@ObjectType({
  description:
    "What calls are limited to. A call beyond it is RATE_LIMITED, and that error says which limit it was and when to come back. A change is effective in every process within a second. It does not touch calls that run.",
  simpleResolvers: true,
})
export class Limits {
  @Field(() => Int, { nullable: true, description: `${REQUESTS} ${NONE}` })
  readonly requestsPerMinute!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: `${TOKENS} A call reserves an estimate when it begins: a token for each 4 characters of its prompt, and the most tokens that its answer may have, or 1024 if nothing says so. Its end puts the real number in the place of the estimate. A call that is estimated to need more than the whole limit may run if its minute is empty. ${NONE}`,
  })
  readonly tokensPerMinute!: number | null;

  @Field(() => Int, { nullable: true, description: `${CALLS} ${NONE}` })
  readonly concurrentCalls!: number | null;

  @Field(() => Boolean, {
    description: "Whether calls beyond the limits are refused. If false, they are let through and counted.",
  })
  readonly isEnforced!: boolean;

  @Field(() => LimitsOverride, {
    nullable: true,
    description: "Other figures that hold at present. Null if there are none, or if their time is over.",
  })
  readonly override!: LimitsOverride | null;

  @Field(() => SafeIntScalar, {
    description:
      "Calls that these limits refused since the count was last reset, or would have refused if they were enforced. It is at most some seconds old.",
  })
  readonly wouldRefuse!: number;
}
