import { type Static, Type } from "typebox";
import type { Fault } from "../../edge/http/bodies/faults.js";
import { ERROR_FACTS, errorFacts } from "../../edge/http/error-facts.js";
import type { DomainError } from "../../lib/errors.js";
import { answer, integer, listOf, oneOf, record, text } from "./schemas.js";

const factOf = <Name extends keyof typeof ERROR_FACTS>(name: Name) =>
  Type.Optional(
    oneOf<(typeof ERROR_FACTS)[Name]["values"][number]>(ERROR_FACTS[name].values, ERROR_FACTS[name].description),
  );

export const ErrorAnswer = answer(
  "Error",
  {
    detail: text("One sentence that says what was wrong. The header x-tollgate-error-code has its code."),
    upstream_code: Type.Optional(text("The upstream's own code, if it refused the request and told one.")),
    upstream_param: Type.Optional(text("The field of the request that the upstream blames, if it named one.")),
    budget: factOf("budget"),
    limit: factOf("limit"),
    limit_of: factOf("limit_of"),
    suspended: factOf("suspended"),
    retry_after_ms: Type.Optional(integer("In how many milliseconds another try may succeed, if that is known.")),
  },
  { detail: 'There is no team "engineering-team".' },
);

export const errorShape = (message: string, data: DomainError["data"] = {}): Static<typeof ErrorAnswer> => ({
  detail: message,
  ...(typeof data.upstreamCode === "string" && { upstream_code: data.upstreamCode }),
  ...(typeof data.upstreamParam === "string" && { upstream_param: data.upstreamParam }),
  ...errorFacts(data),
  ...(typeof data.retryAfterMs === "number" && { retry_after_ms: data.retryAfterMs }),
});

const FAULT_TYPES = ["missing", "unknown_field", "json_invalid", "value_error"] as const;

export const ValidationError = answer(
  "ValidationError",
  {
    detail: listOf(
      record({
        loc: listOf(
          Type.Unsafe<string | number>({ type: ["string", "integer"] }),
          'Where the fault is: "body" or "query", then the names and the positions in lists that lead to the value.',
        ),
        msg: text("What is wrong, and what was sent."),
        type: oneOf(FAULT_TYPES, "What kind of fault it is."),
      }),
      "The faults of the request.",
    ),
  },
  { detail: [{ loc: ["body", "models", 0, "model_name"], msg: "is required", type: "missing" }] },
);

export const validationErrorShape = (faults: readonly Fault[]): Static<typeof ValidationError> => ({
  detail: faults.map(({ loc, msg, type }) => ({ loc: [...loc], msg, type })),
});
