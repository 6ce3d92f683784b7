/** Who is asking. Made once per request, from the credential it carries; a missing or wrong one is anonymous. */
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
  /** The team, or its organization, is suspended. */
  readonly isSuspended: boolean;
}

export const ANONYMOUS: AnonymousViewer = { kind: "anonymous" };
export const ADMIN: AdminViewer = { kind: "admin" };

/** Which credential is used: that of one key, or the admin's. What is limited for each credential is counted by it. */
export const credentialOf = (viewer: Viewer): string => (viewer.kind === "team" ? `key:${viewer.keyId}` : viewer.kind);

/** How the ledger names who caused an entry. */
export function actorOf(viewer: AdminViewer | TeamViewer): string {
  return viewer.kind === "admin" ? "admin" : `key:${viewer.keyId}`;
}

/** Whose idempotency keys a viewer uses: those of its team, or the admin's. */
export function scopeOf(viewer: AdminViewer | TeamViewer): string {
  return viewer.kind === "admin" ? "admin" : `team:${viewer.teamId}`;
}
