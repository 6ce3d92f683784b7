import { AllowancePeriod, type VirtualKey } from "../../../generated/prisma/client.js";
import type { JobAllowanceInput } from "./job-allowance.input.js";
import type { JobAllowance } from "./job-allowance.type.js";

/** The columns of an allowance. */
export const columnsOfAllowance = (allowance: JobAllowanceInput | null | undefined) => ({
  allowanceJobs: allowance?.jobs ?? null,
  allowancePeriod: allowance?.period ?? null,
});

/** The allowance of a key, as it is shown. Null if it has none. */
export function shownAllowance(key: VirtualKey, now: Date): JobAllowance | null {
  const { allowanceJobs: jobs, allowancePeriod: period } = key;
  if (jobs === null || period === null) return null;
  const month = period === AllowancePeriod.MONTH ? now.toISOString().slice(0, 7) : "";
  return { jobs, period, used: key.allowanceSpan === `${key.allowanceResets}/${month}` ? key.allowanceUsed : 0 };
}
