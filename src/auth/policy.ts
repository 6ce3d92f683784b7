import { DomainError } from "../lib/errors.js";
import type { AdminViewer, TeamViewer, Viewer } from "./viewer.js";

/**
 * Who may do what: one table, asked by services, never by doors. Besides it, a team reaches only what is its own
 * (`mayReach`), and what it may not reach is answered as if it did not exist.
 */
const POLICY = {
  "viewer.read": ["admin", "team"],
  "organization.create": ["admin"],
  "organization.read": ["admin", "team"],
  /** All of an organization but its id and name. */
  "organization.readDetails": ["admin"],
  "modelGroup.create": ["admin"],
  "modelGroup.update": ["admin"],
  "modelGroup.delete": ["admin"],
  "modelGroup.read": ["admin", "team"],
  "modelPrice.set": ["admin"],
  "modelPrice.remove": ["admin"],
  "modelPrice.read": ["admin"],
  "team.create": ["admin"],
  "team.read": ["admin", "team"],
  "team.update": ["admin"],
  "team.suspend": ["admin"],
  "key.create": ["admin"],
  "key.revoke": ["admin"],
  "credits.add": ["admin"],
  /** Instead of "credits.add", where TEAM_TOP_UP=allow. */
  "credits.topUp": ["admin", "team"],
  "credits.adjust": ["admin"],
  "credits.audit": ["admin", "team"],
  "credits.read": ["admin", "team"],
  "job.create": ["team"],
  "job.read": ["admin", "team"],
  "job.update": ["team"],
  "job.complete": ["team"],
  /** Closing a job as FAILED or CANCELLED, which costs nothing. */
  "job.abandon": ["admin", "team"],
  "call.run": ["team"],
  "call.cancel": ["admin", "team"],
  "call.read": ["admin", "team"],
  "circuit.read": ["admin"],
} as const satisfies Record<string, readonly ("admin" | "team")[]>;

export type Action = keyof typeof POLICY;
type Allowed<A extends Action> = Extract<AdminViewer | TeamViewer, { kind: (typeof POLICY)[A][number] }>;

/** Passes where the viewer's kind may do this at all; throws UNAUTHENTICATED, TEAM_SUSPENDED or FORBIDDEN. */
export function authorize<A extends Action>(viewer: Viewer, action: A): asserts viewer is Allowed<A> {
  if (viewer.kind === "anonymous") throw new DomainError("UNAUTHENTICATED");
  if (viewer.kind === "team" && viewer.isSuspended) throw new DomainError("TEAM_SUSPENDED");
  const allowed: readonly string[] = POLICY[action];
  if (!allowed.includes(viewer.kind)) {
    const holder = viewer.kind === "admin" ? "The admin key" : "A team's virtual key";
    throw new DomainError("FORBIDDEN", `${holder} may not do this (${action}).`, { action });
  }
}

/** Whether what belongs to this team is in the viewer's reach. */
export function mayReach(viewer: AdminViewer | TeamViewer, teamId: string): boolean {
  return viewer.kind === "admin" || viewer.teamId === teamId;
}
