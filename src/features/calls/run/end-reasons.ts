import { DomainError } from "../../../lib/errors.js";

// Why a running call is aborted. The reason becomes the error of the call.

/** Cancels the running calls of a job and returns when they have ended. */
export type CancelCallsOfJob = (jobId: string, reason: DomainError) => Promise<void>;

/**
 * The client cancelled its own call. If an answer had begun and the job was opened for this one call, the job ends as
 * COMPLETED, because the client got what it came for.
 */
export class CutByClient extends DomainError {
  constructor(message = "The call was cancelled by its team.") {
    super("CANCELLED", message);
  }
}

export const clientGone = (): DomainError => new CutByClient("The call was cancelled: its client went away.");

/** By whose right (`authorityOf`): the admin's, or that of the call's own organization or team. Only the team is the client. */
export function cancelledBy(authority: string): DomainError {
  if (authority === "admin") return new DomainError("CANCELLED", "The call was cancelled by the admin.");
  if (!authority.startsWith("orgkey:")) return new CutByClient();
  return new DomainError("CANCELLED", "The call was cancelled by its organization.");
}

export const jobClosedAs = (outcome: string): DomainError =>
  new DomainError("CANCELLED", `The call was cancelled: its job was closed as ${outcome}.`);

export const jobExpired = (): DomainError =>
  new DomainError("CANCELLED", "The call was cancelled: its job ran out of time.");

export const teamDeleted = (): DomainError =>
  new DomainError("CANCELLED", "The call was cancelled: its team was deleted.");

/** Another process took the call for dead, and has settled it. */
export const leaseLost = (): DomainError => new DomainError("CANCELLED");

/** The process stops, and its grace is over. */
export const gatewayStopped = (): DomainError => new DomainError("GATEWAY_RESTARTED");
