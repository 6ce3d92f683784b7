import type { DomainError } from "../../lib/errors.js";

/**
 * What REST and /v1 tell of an error beside its code and its sentence. `from` names the value in the error's data, which is
 * what GraphQL tells in the error's extensions, and `values` are what it may be, here in lower case.
 */
export const ERROR_FACTS = {
  budget: {
    from: "budget",
    values: ["unpaid_cost", "job_cost", "job_tokens", "job_allowance", "credits"],
    description:
      "The budget that refused the request, or that could not count it, if its code is BUDGET_EXCEEDED: the cost of jobs that are not paid for, the job's own limit of cost or of tokens, the key's job allowance, or credits.",
  },
  limit: {
    from: "limit",
    values: ["requests", "tokens", "concurrency"],
    description: "What was limited, if a limit refused the request.",
  },
  limit_of: {
    from: "of",
    values: ["team", "key"],
    description: "Whose limit or job allowance it was. Absent if it was that of neither.",
  },
  suspended: {
    from: "suspended",
    values: ["team", "organization"],
    description: "What is suspended, if the request was refused for that.",
  },
} as const satisfies Record<string, { from: string; values: readonly string[]; description: string }>;

type Facts = typeof ERROR_FACTS;
/** The facts of an error. Those that do not concern it are absent. */
export type ErrorFacts = { -readonly [Name in keyof Facts]?: Facts[Name]["values"][number] };

export function errorFacts(data: DomainError["data"]): ErrorFacts {
  const facts: Record<string, string> = {};
  for (const [name, { from, values }] of Object.entries(ERROR_FACTS)) {
    const value = values.find((each) => each.toUpperCase() === data[from]);
    if (value !== undefined) facts[name] = value;
  }
  return facts;
}
