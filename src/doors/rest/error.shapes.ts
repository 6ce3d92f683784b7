import { type Static, Type } from "typebox";
import type { Fault } from "../../edge/http/bodies/faults.js";
import type { DomainError } from "../../lib/errors.js";
import { answer, integer, listOf, oneOf, record, text } from "./schemas.js";

const LIMITS = ["requests", "tokens", "concurrency"] as const;
const LIMIT_OWNERS = ["team", "key"] as const;
const BUDGET_NAMES = ["unpaid_cost", "job_cost", "job_tokens", "job_allowance", "credits"] as const;

export const ErrorAnswer = answer(
  "Error",
  {
    detail: text("One sentence that says what was wrong. The header x-tollgate-error-code has its code."),
    upstream_code: Type.Optional(text("The upstream's own code, if it refused the request and told one.")),
    upstream_param: Type.Optional(text("The field of the request that the upstream blames, if it named one.")),
    budget: Type.Optional(
      oneOf(
        BUDGET_NAMES,
        "The budget that refused the request, or that could not count it, if its code is BUDGET_EXCEEDED: the cost of jobs that are not paid for, the job's own limit of cost or of tokens, the key's job allowance, or credits.",
      ),
    ),
    limit: Type.Optional(oneOf(LIMITS, "What was limited, if a limit refused the request.")),
    limit_of: Type.Optional(oneOf(LIMIT_OWNERS, "Whose limit it was. Absent if it was that of neither.")),
    retry_after_ms: Type.Optional(integer("In how many milliseconds another try may succeed, if that is known.")),
  },
  { detail: 'There is no team "engineering-team".' },
);

export const errorShape = (message: string, data: DomainError["data"] = {}): Static<typeof ErrorAnswer> => ({
  detail: message,
  ...(typeof data.upstreamCode === "string" && { upstream_code: data.upstreamCode }),
  ...(typeof data.upstreamParam === "string" && { upstream_param: data.upstreamParam }),
  ...budgetShape(data),
  ...limitShape(data),
});

function budgetShape({ budget }: DomainError["data"]) {
  const name = BUDGET_NAMES.find((each) => each.toUpperCase() === budget);
  return { ...(name && { budget: name }) };
}

function limitShape({ limit, of, retryAfterMs }: DomainError["data"]) {
  const limited = LIMITS.find((each) => each.toUpperCase() === limit);
  const owner = LIMIT_OWNERS.find((each) => each.toUpperCase() === of);
  return {
    ...(limited && { limit: limited }),
    ...(limited && owner && { limit_of: owner }),
    ...(typeof retryAfterMs === "number" && { retry_after_ms: retryAfterMs }),
  };
}

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
