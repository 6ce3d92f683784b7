import { DomainError } from "../lib/errors.js";
import { gatewayStopping } from "../lib/intake.js";
import type { Reach } from "./reach.js";
import { type KnownViewer, personOf, type Suspended, type Viewer } from "./viewer.js";

const ADMIN = ["admin"] as const;
/** Who manages teams. */
const MANAGERS = ["admin", "organization"] as const;
const TEAM = ["team"] as const;
const ALL = ["admin", "organization", "team"] as const;

/**
 * The one table of who may do what. Services consult it; doors never do. Whoever may do something, may do it with what is
 * in its reach (`reachOf`), and everything else is answered as if it did not exist.
 */
const POLICY = {
  "viewer.read": ALL,
  "organization.create": ADMIN,
  "organization.read": ALL,
  /** All fields of an organization except its id and name. */
  "organization.readDetails": MANAGERS,
  "organization.update": ADMIN,
  "organization.suspend": ADMIN,
  "organization.delete": ADMIN,
  "organizationKey.create": ADMIN,
  "organizationKey.revoke": ADMIN,
  "modelGroup.create": ADMIN,
  "modelGroup.update": ADMIN,
  "modelGroup.delete": ADMIN,
  "modelGroup.read": ALL,
  "modelPrice.set": ADMIN,
  "modelPrice.remove": ADMIN,
  "modelPrice.read": ADMIN,
  "team.create": MANAGERS,
  "team.read": ALL,
  "team.update": MANAGERS,
  /** How a team is billed is between the admin and the customer. */
  "team.bill": ADMIN,
  "team.suspend": MANAGERS,
  "team.delete": MANAGERS,
  "key.create": MANAGERS,
  "key.update": MANAGERS,
  "key.revoke": MANAGERS,
  /** A team's key replaces its own secret, and no other. */
  "key.rotate": ALL,
  /** An organization's key gives out of the pool. */
  "credits.add": MANAGERS,
  /** Replaces "credits.add" if TEAM_TOP_UP=allow. */
  "credits.topUp": ALL,
  "credits.adjust": ADMIN,
  /** Giving credits to the pool of an organization. */
  "credits.grantPool": ADMIN,
  "credits.transfer": MANAGERS,
  "credits.totals": ADMIN,
  "credits.audit": ALL,
  "credits.read": ALL,
  "job.create": TEAM,
  "job.read": ALL,
  "job.update": TEAM,
  "job.complete": TEAM,
  /** Ending a job as FAILED or CANCELLED costs nothing. */
  "job.abandon": ALL,
  "call.run": TEAM,
  "call.cancel": ALL,
  "call.read": ALL,
  "response.delete": TEAM,
  "usage.read": ALL,
  "webhook.create": MANAGERS,
  "webhook.read": MANAGERS,
  /** Its secret, tests and replays are changes, too. */
  "webhook.update": MANAGERS,
  "webhook.delete": MANAGERS,
  "circuit.read": ADMIN,
  /** What was done by those who administer. An organization reads what was done to it. */
  "audit.read": MANAGERS,
  "audit.check": ADMIN,
  "metrics.read": ADMIN,
  /** What the process is, what it stands on, and how it is configured. */
  "system.read": ADMIN,
} as const satisfies Record<string, readonly KnownViewer["kind"][]>;

export type Action = keyof typeof POLICY;

/** What changes nothing. A person with the role VIEWER may do nothing else. */
const READING: ReadonlySet<Action> = new Set([
  "viewer.read",
  "organization.read",
  "organization.readDetails",
  "modelGroup.read",
  "modelPrice.read",
  "team.read",
  "credits.totals",
  "credits.audit",
  "credits.read",
  "job.read",
  "call.read",
  "usage.read",
  "webhook.read",
  "circuit.read",
  "audit.read",
  "audit.check",
  "system.read",
  "metrics.read",
]);

type Allowed<A extends Action> = Extract<KnownViewer, { kind: (typeof POLICY)[A][number] }>;

const HOLDERS: Readonly<Record<KnownViewer["kind"], string>> = {
  admin: "The admin key",
  organization: "An organization's key",
  team: "A team's virtual key",
};

/**
 * Returns if the viewer's kind may do this at all; otherwise throws UNAUTHENTICATED, TEAM_SUSPENDED or FORBIDDEN, or
 * UNAVAILABLE if it is too late for it.
 */
export function authorize<A extends Action>(viewer: Viewer, action: A): asserts viewer is Allowed<A> {
  if (viewer.kind === "anonymous") throw new DomainError("UNAUTHENTICATED");
  if (viewer.kind !== "admin" && viewer.suspended) throw suspended(viewer.suspended);
  const allowed: readonly string[] = POLICY[action];
  if (!allowed.includes(viewer.kind)) throw forbidden(viewer, action);
  if (personOf(viewer)?.role === "VIEWER" && !READING.has(action)) throw readsOnly(action);
  if (action === "call.run" && viewer.kind === "team" && viewer.isLate) throw gatewayStopping();
}

/** What the viewer may reach. */
export function reachOf(viewer: KnownViewer): Reach {
  if (viewer.kind === "admin") return { kind: "everything" };
  const { organizationId } = viewer;
  return viewer.kind === "team"
    ? { kind: "team", teamId: viewer.teamId, organizationId }
    : { kind: "organization", organizationId };
}

/** The refusal of whoever may not work at the moment, because the team or its whole organization is suspended. */
export function suspended(what: Suspended): DomainError {
  const message = what === "TEAM" ? "The team is suspended." : "The organization is suspended.";
  return new DomainError("TEAM_SUSPENDED", message, { suspended: what });
}

function forbidden(viewer: KnownViewer, action: Action): DomainError {
  const isWork = viewer.kind === "organization" && (action === "call.run" || action === "job.create");
  const hint = isWork ? " Use a virtual key of one of its teams." : "";
  const person = personOf(viewer);
  const holder = person ? `A person with the role ${person.role}` : HOLDERS[viewer.kind];
  return new DomainError("FORBIDDEN", `${holder} may not do this (${action}).${hint}`, { action });
}

const readsOnly = (action: Action): DomainError =>
  new DomainError("FORBIDDEN", `A person with the role VIEWER reads, and changes nothing (${action}).`, { action });
