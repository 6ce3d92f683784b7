import type { VirtualKey } from "../../generated/prisma/client.js";
import type { RecordedOperation, Shown } from "../audit/act.js";

/** What the audit says of a virtual key. Its limits are those of its own. */
export function shownKey(key: VirtualKey): Shown {
  const { teamId, name, prefix, expiresAt, revokedAt, modelGroups, limits } = key;
  return { teamId, name, prefix, expiresAt, revokedAt, modelGroups, limits, jobAllowance: setAllowance(key) };
}

/** The allowance as it was set, whatever was used of it since. */
function setAllowance(key: VirtualKey): Shown | null {
  const { allowanceJobs, allowancePeriod, allowanceIsEnforced, allowanceRaisedJobs, allowanceRaisedUntil } = key;
  if (allowanceJobs === null) return null;
  const override = allowanceRaisedUntil && { jobs: allowanceRaisedJobs, until: allowanceRaisedUntil };
  return { jobs: allowanceJobs, period: allowancePeriod, isEnforced: allowanceIsEnforced, override };
}

/** What has been counted of a key, and is emptied with its counters. */
export const shownCounts = ({ wouldRefuse, allowanceWouldRefuse, allowanceUsed }: VirtualKey): Shown => ({
  limits: { wouldRefuse: Number(wouldRefuse) },
  jobAllowance: { used: allowanceUsed, wouldRefuse: Number(allowanceWouldRefuse) },
});

/** What is the same in the lines of all that is done to a virtual key. */
export const ofVirtualKey = (operation: RecordedOperation, id: string, organizationId: string) =>
  ({ operation, subjectType: "VirtualKey", subjectId: id, organizationId }) as const;
