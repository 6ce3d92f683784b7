import { AllowancePeriod, type VirtualKey } from "../../../generated/prisma/client.js";
import { invalid } from "../../../input/validate.js";
import type { JobAllowanceInput } from "./job-allowance.input.js";
import type { JobAllowance } from "./job-allowance.type.js";

type Columns = Pick<
  VirtualKey,
  "allowanceJobs" | "allowancePeriod" | "allowanceIsEnforced" | "allowanceRaisedJobs" | "allowanceRaisedUntil"
>;

/** A key without an allowance. */
const NO_ALLOWANCE: Columns = {
  allowanceJobs: null,
  allowancePeriod: null,
  allowanceIsEnforced: true,
  allowanceRaisedJobs: null,
  allowanceRaisedUntil: null,
};

/**
 * The columns of an allowance after a change. What the input does not name stays, and null takes the allowance away.
 * Throws INVALID_INPUT if a key without an allowance is not given all of it, or if an override is over already.
 */
export function changedAllowance(
  present: Columns | null,
  input: JobAllowanceInput | null | undefined,
  now: Date,
): Columns {
  const { allowanceJobs, allowancePeriod, allowanceIsEnforced, allowanceRaisedJobs, allowanceRaisedUntil } =
    present ?? NO_ALLOWANCE;
  if (input === null) return NO_ALLOWANCE;
  const { jobs, period, isEnforced, override } = input ?? {};
  if (override && override.until <= now)
    throw invalid("input.jobAllowance.override.until", "must be in the future", override.until);
  const after: Columns = {
    allowanceJobs: jobs ?? allowanceJobs,
    allowancePeriod: period ?? allowancePeriod,
    allowanceIsEnforced: isEnforced === undefined ? allowanceIsEnforced : (isEnforced ?? true),
    allowanceRaisedJobs: override === undefined ? allowanceRaisedJobs : (override?.jobs ?? null),
    allowanceRaisedUntil: override === undefined ? allowanceRaisedUntil : (override?.until ?? null),
  };
  if (input) {
    const rule = "must be given, because the key has no allowance yet";
    if (after.allowanceJobs === null) throw invalid("input.jobAllowance.jobs", rule, jobs);
    if (after.allowancePeriod === null) throw invalid("input.jobAllowance.period", rule, period);
  }
  return after;
}

/** The allowance of a key, as it is shown. Null if it has none. */
export function shownAllowance(key: VirtualKey, now: Date): JobAllowance | null {
  const { allowanceJobs: jobs, allowancePeriod: period, allowanceRaisedJobs, allowanceRaisedUntil: until } = key;
  if (jobs === null || period === null) return null;
  const month = period === AllowancePeriod.MONTH ? now.toISOString().slice(0, 7) : "";
  return {
    jobs,
    period,
    used: key.allowanceSpan === `${key.allowanceResets}/${month}` ? key.allowanceUsed : 0,
    isEnforced: key.allowanceIsEnforced,
    override:
      allowanceRaisedJobs !== null && until !== null && until > now ? { jobs: allowanceRaisedJobs, until } : null,
    wouldRefuse: Number(key.allowanceWouldRefuse),
  };
}
