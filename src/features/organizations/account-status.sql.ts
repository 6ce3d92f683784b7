/** Whether an organization may not work at the moment. For statements that read `organizations`. */
export const IS_ORGANIZATION_SUSPENDED = "organizations.status <> 'ACTIVE'";

/**
 * Whether a team may not work at the moment: its own status, or its organization's, is not ACTIVE. For statements that
 * join `teams` with `organizations`.
 */
export const IS_SUSPENDED = `(teams.status <> 'ACTIVE' OR ${IS_ORGANIZATION_SUSPENDED})`;
