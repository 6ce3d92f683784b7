/**
 * An account of the ledger. A team's account has the id of the team. The pool of an organization, from which its keys give
 * credits to its teams, has an id with a slash, which no team's id contains.
 */
export const poolOf = (organizationId: string): string => `organization/${organizationId}`;
