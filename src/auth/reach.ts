/**
 * What a viewer may reach: everything, an organization with all of its teams, or one team. What lies beyond is answered
 * exactly like what does not exist. Lists say the same as a condition in SQL (`db/reach-condition.ts`).
 */
export type Reach =
  | { readonly kind: "everything" }
  | { readonly kind: "organization"; readonly organizationId: string }
  /** Of its organization, a team reaches the id and the name. */
  | { readonly kind: "team"; readonly teamId: string; readonly organizationId: string };

/** Whose a team, or a thing of a team, is. */
export interface OfTeam {
  readonly teamId: string;
  readonly organizationId: string;
  /** A team that is deleted, with all that is of it, exists only for those who reach everything. */
  readonly teamStatus?: "ACTIVE" | "SUSPENDED" | "DELETED";
}

/** Whether a team and its things can be reached. */
export function reachesTeam(reach: Reach, { teamId, organizationId, teamStatus }: OfTeam): boolean {
  if (reach.kind === "everything") return true;
  if (teamStatus === "DELETED") return false;
  return reach.kind === "team" ? reach.teamId === teamId : reach.organizationId === organizationId;
}

/** Whether an organization can be reached. How much of it is seen is the policy's matter. */
export function reachesOrganization(reach: Reach, organizationId: string): boolean {
  return reach.kind === "everything" || reach.organizationId === organizationId;
}

/** Whether an organization is reached as a whole: its keys, and teams that are not there yet. */
export function reachesAllOf(reach: Reach, organizationId: string): boolean {
  return reach.kind !== "team" && reachesOrganization(reach, organizationId);
}
