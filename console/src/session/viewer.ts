import type { ViewerQuery } from "../api/graphql";

/** Who is signed in, and with what. */
export interface Viewer {
  readonly kind: "admin" | "organization" | "team";
  /** Whether it is a person who has signed in through the provider, and not the holder of a key. */
  readonly isPerson: boolean;
  /** Whether it is a person who reads, and changes nothing. */
  readonly isReadOnly: boolean;
  /** What to call it: the admin's name, the organization's or the team's. */
  readonly name: string;
  /** The beginning of the key. Null for the admin key, of which nothing is told, and for a person who has none. */
  readonly keyPrefix: string | null;
  readonly organizationId: string | null;
  readonly teamId: string | null;
}

export function viewerOf({ viewer }: ViewerQuery): Viewer | null {
  switch (viewer?.__typename) {
    case "AdminViewer":
      return {
        kind: "admin",
        isPerson: false,
        isReadOnly: false,
        name: "Admin",
        keyPrefix: null,
        organizationId: null,
        teamId: null,
      };
    case "PersonViewer": {
      const { name, role, only: organization } = viewer;
      const kind = organization === null ? "admin" : "organization";
      const organizationId = organization?.id ?? null;
      return {
        kind,
        isPerson: true,
        isReadOnly: role === "VIEWER",
        name,
        keyPrefix: null,
        organizationId,
        teamId: null,
      };
    }
    case "OrganizationViewer": {
      const { key, organization } = viewer;
      const { id, name } = organization;
      return {
        kind: "organization",
        isPerson: false,
        isReadOnly: false,
        name,
        keyPrefix: key.prefix,
        organizationId: id,
        teamId: null,
      };
    }
    case "TeamViewer": {
      const { key, team } = viewer;
      const organizationId = team.organization.id;
      return {
        kind: "team",
        isPerson: false,
        isReadOnly: false,
        name: team.alias,
        keyPrefix: key.prefix,
        organizationId,
        teamId: team.id,
      };
    }
    default:
      return null;
  }
}

const ADMIN = ["admin"] as const;
const MANAGERS = ["admin", "organization"] as const;
const TEAM = ["team"] as const;
const ALL = ["admin", "organization", "team"] as const;

/**
 * Who may do what, of the acts that the console offers. The gateway decides by itself; this only keeps the page from
 * showing what would be refused. A test holds it against the gateway's own table.
 */
export const SHOWN_TO = {
  "audit.check": ADMIN,
  "audit.read": MANAGERS,
  "call.cancel": ALL,
  "call.run": TEAM,
  "circuit.read": ADMIN,
  "credits.add": MANAGERS,
  "credits.adjust": ADMIN,
  "credits.audit": ALL,
  "credits.grantPool": ADMIN,
  "credits.totals": ADMIN,
  "credits.transfer": MANAGERS,
  "job.abandon": ALL,
  "job.create": TEAM,
  "key.create": MANAGERS,
  "key.revoke": MANAGERS,
  "key.rotate": ALL,
  "key.update": MANAGERS,
  "modelGroup.create": ADMIN,
  "modelGroup.delete": ADMIN,
  "modelGroup.update": ADMIN,
  "modelPrice.read": ADMIN,
  "modelPrice.remove": ADMIN,
  "modelPrice.set": ADMIN,
  "organization.create": ADMIN,
  "organization.delete": ADMIN,
  "organization.readDetails": MANAGERS,
  "organization.suspend": ADMIN,
  "organization.update": ADMIN,
  "organizationKey.create": ADMIN,
  "organizationKey.revoke": ADMIN,
  "system.read": ADMIN,
  "team.bill": ADMIN,
  "team.create": MANAGERS,
  "team.delete": MANAGERS,
  "team.suspend": MANAGERS,
  "team.update": MANAGERS,
  "webhook.create": MANAGERS,
  "webhook.delete": MANAGERS,
  "webhook.read": MANAGERS,
  "webhook.update": MANAGERS,
} as const satisfies Record<string, readonly Viewer["kind"][]>;

export type Act = keyof typeof SHOWN_TO;

/** What changes nothing. A person who only reads sees nothing else. */
const READING: ReadonlySet<Act> = new Set([
  "audit.check",
  "audit.read",
  "circuit.read",
  "credits.audit",
  "credits.totals",
  "modelPrice.read",
  "organization.readDetails",
  "system.read",
  "webhook.read",
]);

export const may = ({ kind, isReadOnly }: Viewer, act: Act): boolean =>
  (SHOWN_TO[act] as readonly string[]).includes(kind) && (!isReadOnly || READING.has(act));
