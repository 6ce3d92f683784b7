import { DomainError } from "../lib/errors.js";
import { gatewayStopping } from "../lib/intake.js";
import type { AdminViewer, TeamViewer, Viewer } from "./viewer.js";

/**
 * The one table of who may do what. Services consult it; doors never do. A team also reaches only its own things
 * (`mayReach`), and everything else is answered as if it did not exist.
 */
const POLICY = {
  "viewer.read": ["admin", "team"],
  "organization.create": ["admin"],
  "organization.read": ["admin", "team"],
  /** All fields of an organization except its id and name. */
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
  "key.update": ["admin"],
  "key.revoke": ["admin"],
  "credits.add": ["admin"],
  /** Replaces "credits.add" if TEAM_TOP_UP=allow. */
  "credits.topUp": ["admin", "team"],
  "credits.adjust": ["admin"],
  "credits.audit": ["admin", "team"],
  "credits.read": ["admin", "team"],
  "job.create": ["team"],
  "job.read": ["admin", "team"],
  "job.update": ["team"],
  "job.complete": ["team"],
  /** Ending a job as FAILED or CANCELLED costs nothing. */
  "job.abandon": ["admin", "team"],
  "call.run": ["team"],
  "call.cancel": ["admin", "team"],
  "call.read": ["admin", "team"],
  "circuit.read": ["admin"],
  "metrics.read": ["admin"],
} as const satisfies Record<string, readonly ("admin" | "team")[]>;

export type Action = keyof typeof POLICY;
type Allowed<A extends Action> = Extract<AdminViewer | TeamViewer, { kind: (typeof POLICY)[A][number] }>;

/**
 * Returns if the viewer's kind may do this at all; otherwise throws UNAUTHENTICATED, TEAM_SUSPENDED or FORBIDDEN, or
 * UNAVAILABLE if it is too late for it.
 */
export function authorize<A extends Action>(viewer: Viewer, action: A): asserts viewer is Allowed<A> {
  if (viewer.kind === "anonymous") throw new DomainError("UNAUTHENTICATED");
  if (viewer.kind === "team" && viewer.isSuspended) throw new DomainError("TEAM_SUSPENDED");
  const allowed: readonly string[] = POLICY[action];
  if (!allowed.includes(viewer.kind)) {
    const holder = viewer.kind === "admin" ? "The admin key" : "A team's virtual key";
    throw new DomainError("FORBIDDEN", `${holder} may not do this (${action}).`, { action });
  }
  if (action === "call.run" && viewer.kind === "team" && viewer.isLate) throw gatewayStopping();
}

/** Whether the viewer may reach the things of this team. */
export function mayReach(viewer: AdminViewer | TeamViewer, teamId: string): boolean {
  return viewer.kind === "admin" || viewer.teamId === teamId;
}
