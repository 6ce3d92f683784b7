import type { CallLimit } from "./call-limits.js";
import type { Person } from "./person.js";

/**
 * Who is asking. Each request's credential decides it, once. If the credential is missing or wrong, the viewer is
 * anonymous.
 */
export type Viewer = AnonymousViewer | KnownViewer;

/** A viewer whose credential was accepted, for one request. */
export type KnownViewer = AdminViewer | OrganizationViewer | TeamViewer;

export interface AnonymousViewer {
  readonly kind: "anonymous";
}

/** What is suspended when a viewer is refused: its team, or its whole organization. */
export type Suspended = "TEAM" | "ORGANIZATION";

interface InRequest {
  /** The id of the request, which is kept with what is done in it. */
  readonly requestId: string;
}

/** The holder of the admin key, or a person who reaches everything. */
export interface AdminViewer extends InRequest {
  readonly kind: "admin";
  /** Who it is, if it is somebody who has signed in. */
  readonly person?: Person;
}

/** The holder of an organization's key, or a person of an organization. */
export interface OrganizationViewer extends InRequest {
  readonly kind: "organization";
  /** Null for a person, who has no key. */
  readonly keyId: string | null;
  readonly organizationId: string;
  /** Who it is, if it is somebody who has signed in. */
  readonly person?: Person;
  /** Null if it may work. */
  readonly suspended: Suspended | null;
}

/** The holder of a team's virtual key. */
export interface TeamViewer extends InRequest {
  readonly kind: "team";
  readonly keyId: string;
  readonly teamId: string;
  readonly organizationId: string;
  /** Null if neither the team nor its organization is suspended. */
  readonly suspended: Suspended | null;
  /** How often the key's secret had been replaced when the secret was made that was sent. */
  readonly rotation: number;
  /** The model groups that the key is limited to. Null means all of the team's. */
  readonly modelGroups: readonly string[] | null;
  /** What its calls are held to at this moment: the limits of the team and of the key. */
  readonly limits: readonly CallLimit[];
  /** Set if it asks over a socket of a process that is stopping. It may read there, and end what it began. */
  readonly isLate?: boolean;
}

export const ANONYMOUS: AnonymousViewer = { kind: "anonymous" };

/** The holder of the admin key in one request. */
export const adminOf = (requestId: string): AdminViewer => ({ kind: "admin", requestId });

/** The id of the viewer's key. The admin key has none, and a person has no key. */
export const keyIdOf = (viewer: Viewer): string | null => ("keyId" in viewer ? viewer.keyId : null);

/** The person who asks. Undefined if it is the holder of a key. */
export const personOf = (viewer: Viewer): Person | undefined => ("person" in viewer ? viewer.person : undefined);

/**
 * Names the credential that is used: one virtual key, one key of an organization, the admin key, or one person with all
 * sessions. Limits that hold for each credential are counted by it.
 */
export const credentialOf = (viewer: Viewer): string => (viewer.kind === "anonymous" ? viewer.kind : actorOf(viewer));

/** Returns the name that the ledger and the audit keep of who caused an entry. */
export function actorOf(viewer: KnownViewer): string {
  const person = personOf(viewer);
  return person ? `person:${person.subject}` : authorityOf(viewer);
}

/**
 * Names by whose right something is done, for what depends on that later: "admin", or an organization's ("orgkey:") or a
 * team's ("key:"). A person has the right of the admin, or of an organization. Older versions of the gateway know these
 * words, and may read them during an upgrade.
 */
export function authorityOf(viewer: KnownViewer): string {
  if (viewer.kind === "admin") return "admin";
  if (viewer.kind === "team") return `key:${viewer.keyId}`;
  return `orgkey:${viewer.keyId ?? viewer.person?.subject}`;
}

/** Returns the scope of the viewer's idempotency keys: its team's, its organization's, or the admin's. */
export function scopeOf(viewer: KnownViewer): string {
  if (viewer.kind === "admin") return "admin";
  return viewer.kind === "team" ? `team:${viewer.teamId}` : `organization:${viewer.organizationId}`;
}
