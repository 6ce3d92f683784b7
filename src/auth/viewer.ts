import type { CallLimit } from "./call-limits.js";

/**
 * Who is asking. Each request's credential decides it, once. If the credential is missing or wrong, the viewer is
 * anonymous.
 */
export type Viewer = AnonymousViewer | AdminViewer | TeamViewer;

export interface AnonymousViewer {
  readonly kind: "anonymous";
}

/** The holder of the admin key. */
export interface AdminViewer {
  readonly kind: "admin";
}

/** The holder of a team's virtual key. */
export interface TeamViewer {
  readonly kind: "team";
  readonly keyId: string;
  readonly teamId: string;
  readonly organizationId: string;
  /** Whether the team or its organization is suspended. */
  readonly isSuspended: boolean;
  /** What its calls are held to at this moment: the limits of the team and of the key. */
  readonly limits: readonly CallLimit[];
  /** Set if it asks over a socket of a process that is stopping. It may read there, and end what it began. */
  readonly isLate?: boolean;
}

export const ANONYMOUS: AnonymousViewer = { kind: "anonymous" };
export const ADMIN: AdminViewer = { kind: "admin" };

/**
 * Names the credential that is used: one virtual key, or the admin key. Limits that hold for each credential are
 * counted by it.
 */
export const credentialOf = (viewer: Viewer): string => (viewer.kind === "team" ? `key:${viewer.keyId}` : viewer.kind);

/** Returns the name that the ledger keeps of who caused an entry. */
export function actorOf(viewer: AdminViewer | TeamViewer): string {
  return viewer.kind === "admin" ? "admin" : `key:${viewer.keyId}`;
}

/** Returns the scope of the viewer's idempotency keys: its team's, or the admin's. */
export function scopeOf(viewer: AdminViewer | TeamViewer): string {
  return viewer.kind === "admin" ? "admin" : `team:${viewer.teamId}`;
}
