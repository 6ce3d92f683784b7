import type { AttemptErrorKind, CostSource, UsageSource } from "../api/graphql";

/** Why an attempt failed, in few words. */
export const FAILURE_WORDS: Readonly<Record<AttemptErrorKind, string>> = {
  AUTHENTICATION: "The gateway's credentials were refused",
  CONTENT_FILTER: "A content filter refused it",
  CONTEXT_LENGTH: "The request is too long",
  FULL: "The upstream had as many requests as it may have",
  GATEWAY_RESTARTED: "The gateway was restarted",
  INTERNAL: "The gateway failed",
  INVALID_REQUEST: "The request was refused as invalid",
  MALFORMED: "The answer could not be understood",
  NOT_CONFIGURED: "The upstream is not configured",
  OVERLOADED: "The model has no capacity",
  RATE_LIMITED: "The rate is limited",
  TIMEOUT: "No answer came in time",
  TRUNCATED: "The answer was cut off",
  UNAVAILABLE: "The model could not be reached",
};

/** Where a count of tokens comes from. */
export const USAGE_SOURCE_WORDS: Readonly<Record<UsageSource, string>> = {
  REPORTED: "reported by the upstream",
  ESTIMATED: "counted by the gateway",
  UNKNOWN: "not known in full",
};

/** Where a cost comes from. */
export const COST_SOURCE_WORDS: Readonly<Record<CostSource, string>> = {
  ADMIN_PRICE: "the admin's price",
  UPSTREAM: "the upstream's own figure",
  PRICE_TABLE: "the public price table",
  UNPRICED: "no price is known",
};
