import type { ValuesOf } from "../../db/column-type.js";
import type { Transaction } from "../../db/transaction.js";
import { DomainError, notFound, quote } from "../../lib/errors.js";
import { lockOrganization, lockTeam } from "./kept-account.sql.js";

/** The refusal of a change of what is deleted. */
export const isDeleted = (kind: "team" | "organization", id: string): DomainError =>
  new DomainError("INVALID_STATE", `The ${kind} ${quote(id)} is deleted.`, { kind, id, status: "DELETED" });

/**
 * Locks a team until the transaction ends, so that nobody deletes or changes it meanwhile. Throws NOT_FOUND if there is no
 * such team, and INVALID_STATE if it is deleted.
 */
export async function keepTeam({ sql }: Transaction, teamId: string): Promise<ValuesOf<typeof lockTeam.row>> {
  const [team] = await sql.run(lockTeam, { teamId });
  if (!team) throw notFound("team", teamId);
  if (team.status === "DELETED") throw isDeleted("team", teamId);
  return team;
}

/** The same of an organization. Its teams can change. */
export async function keepOrganization(
  { sql }: Transaction,
  organizationId: string,
): Promise<ValuesOf<typeof lockOrganization.row>> {
  const [organization] = await sql.run(lockOrganization, { organizationId });
  if (!organization) throw notFound("organization", organizationId);
  if (organization.status === "DELETED") throw isDeleted("organization", organizationId);
  return organization;
}
