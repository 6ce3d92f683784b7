import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { DateTimeScalar } from "../../edge/graphql/scalars.js";
import { CostSource, LlmCallStatus } from "../../generated/prisma/enums.js";

/** The kinds of failures as they are stored, by their names in GraphQL. */
export const AttemptErrorKind = {
  RATE_LIMITED: "rate-limited",
  OVERLOADED: "overloaded",
  TIMEOUT: "timeout",
  UNAVAILABLE: "unavailable",
  INVALID_REQUEST: "invalid-request",
  AUTHENTICATION: "authentication",
  CONTENT_FILTER: "content-filter",
  CONTEXT_LENGTH: "context-length",
  TRUNCATED: "truncated",
  MALFORMED: "malformed",
  FULL: "full",
  NOT_CONFIGURED: "not-configured",
  INTERNAL: "internal",
  GATEWAY_RESTARTED: "gateway-restarted",
} as const;
export type AttemptErrorKind = (typeof AttemptErrorKind)[keyof typeof AttemptErrorKind];

registerEnumType(AttemptErrorKind, {
  name: "AttemptErrorKind",
  description: "Why an attempt failed, by the kind of the failure.",
  valuesConfig: {
    RATE_LIMITED: { description: "The upstream limits requests to the model." },
    OVERLOADED: { description: "The upstream has no capacity for the model at the moment." },
    TIMEOUT: { description: "The upstream did not answer in time." },
    UNAVAILABLE: { description: "The upstream could not serve the model, or could not be reached." },
    INVALID_REQUEST: { description: "The upstream refused the request as invalid. No other model is asked." },
    AUTHENTICATION: { description: "The upstream did not accept the gateway's credentials." },
    CONTENT_FILTER: { description: "The upstream's content filter refused the request." },
    CONTEXT_LENGTH: { description: "The request is too long for the model." },
    TRUNCATED: { description: "The answer was cut off before its end." },
    MALFORMED: { description: "The upstream's answer could not be understood." },
    FULL: { description: "The upstream had as many requests as it may have, so it was not asked." },
    NOT_CONFIGURED: { description: "The model's upstream is not configured, so nobody was asked." },
    INTERNAL: { description: "The gateway itself failed." },
    GATEWAY_RESTARTED: { description: "The process that ran the call stopped while the model was being asked." },
  },
});

@ObjectType({ description: "One question to one model, inside a call.", simpleResolvers: true })
export class LlmCallAttempt {
  @Field(() => Int, { description: "The number of the attempt within the call: 1, 2, 3 ..." })
  readonly number!: number;

  @Field(() => String, { description: "The model that was asked." })
  readonly model!: string;

  @Field(() => String, {
    description:
      'The kind of the upstream that was asked: "openai-compatible", "openai", "azure-openai", "anthropic" or "simulated". "unknown" if the model\'s upstream was not configured.',
  })
  readonly provider!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The name of the upstream that was asked, such as "default". Null if the attempt was made by an older version, or ended with its process.',
  })
  readonly upstream!: string | null;

  @Field(() => LlmCallStatus, { description: "How the attempt ended: SUCCEEDED, FAILED or CANCELLED." })
  readonly status!: LlmCallStatus;

  @Field(() => String, {
    nullable: true,
    description:
      'Why the attempt failed, as text, such as "rate-limited". Null if it did not fail. The field `failureKind` says the same as an enum.',
  })
  readonly errorKind!: string | null;

  @Field(() => DateTimeScalar, { description: "When the upstream was asked." })
  readonly startedAt!: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When the first piece of an answer arrived at the gateway. Null if nothing arrived.",
  })
  readonly firstTokenAt!: Date | null;

  @Field(() => DateTimeScalar, { description: "When the model had answered in full, or failed." })
  readonly endedAt!: Date;

  @Field(() => CostSource, {
    nullable: true,
    description: "Where the cost comes from. Null if there is nothing to price.",
  })
  readonly costSource!: CostSource | null;
}
