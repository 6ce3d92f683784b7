import type { Condition } from "../../db/lists/list.js";
import { type AccountStatus, Prisma } from "../../generated/prisma/client.js";

// What is deleted has no valid key. So whoever has one, and may not work, is suspended, or belongs to what is.

/** Whether an organization may not work at the moment. For statements that read `organizations`. */
export const IS_ORGANIZATION_SUSPENDED = "organizations.status <> 'ACTIVE'";

/**
 * Whether a team may not work at the moment: its own status, or its organization's, is not ACTIVE. For statements that
 * join `teams` with `organizations`.
 */
export const IS_SUSPENDED = `(teams.status <> 'ACTIVE' OR ${IS_ORGANIZATION_SUSPENDED})`;

/** Which of the two may not work: the organization if it is both. Null if both may work. It needs the same joins. */
export const SUSPENDED = `CASE WHEN ${IS_ORGANIZATION_SUSPENDED} THEN 'ORGANIZATION' WHEN teams.status <> 'ACTIVE' THEN 'TEAM' END`;

/** Lets through the organizations or teams with this status. */
export const hasStatus = (status: AccountStatus): Condition => Prisma.sql`status = ${status}::account_status`;
