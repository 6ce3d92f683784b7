import type { Viewer } from "../../../auth/viewer.js";

/** Names what the access of a person depends on, as `accessOfSessions` reads it. Null if the viewer is no person. */
export function watchedSession(viewer: Viewer): string | null {
  if (viewer.kind === "anonymous" || viewer.kind === "team" || !viewer.person) return null;
  const organizationId = viewer.kind === "organization" ? viewer.organizationId : "";
  return `${viewer.person.expiresAt.getTime()} ${organizationId}`;
}
