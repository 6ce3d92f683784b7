import type { PersonRole, Session } from "../../auth/person.js";
import type { SignInConfig } from "../../config/sign-in.js";
import { isId } from "../../lib/ids.js";
import { SignInFailed } from "./sign-in-failed.js";

/** What the provider says of a person. */
export type Claims = Readonly<Record<string, unknown>>;
type RoleConfig = Pick<
  SignInConfig,
  "roleClaim" | "adminValues" | "organizationValues" | "viewerValues" | "organizationClaim"
>;

const NAME_CHARACTERS_MAX = 100;
/** The claims that have a name for people, the best one first. */
const NAMES = ["name", "preferred_username", "email"] as const;

/**
 * Returns who a person is here. Of several roles the one that may most counts. Throws NO_ROLE, NO_ORGANIZATION, or
 * PROVIDER_REFUSED if the claims are not those of a person.
 */
export function personOfClaims(claims: Claims, config: RoleConfig): Omit<Session, "expiresAt"> {
  const { sub: subject } = claims;
  if (typeof subject !== "string" || !/^[\x20-\x7e]{1,255}$/.test(subject))
    throw new SignInFailed("PROVIDER_REFUSED", "subject");
  const role = roleOf(claims, config);
  if (!role) throw new SignInFailed("NO_ROLE");
  const organizationId = role === "ADMIN" ? null : organizationOf(claims, config);
  if (role === "ORGANIZATION" && organizationId === null) throw new SignInFailed("NO_ORGANIZATION", "missing");
  return { subject, name: nameOf(claims) ?? subject, role, organizationId };
}

function roleOf(claims: Claims, config: RoleConfig): PersonRole | undefined {
  // An address that nobody has verified can be anybody's.
  if (config.roleClaim === "email" && claims.email_verified !== true) return undefined;
  const values = textsOf(claimOf(claims, config.roleClaim));
  const has = (wanted: readonly string[]) => wanted.some((value) => values.includes(value));
  if (has(config.adminValues)) return "ADMIN";
  if (has(config.organizationValues)) return "ORGANIZATION";
  return has(config.viewerValues) ? "VIEWER" : undefined;
}

/** Null if nothing is said of an organization. If more than one is named, or what is none, nobody knows which is meant. */
function organizationOf(claims: Claims, { organizationClaim }: RoleConfig): string | null {
  const claim = claimOf(claims, organizationClaim);
  if (claim === undefined || claim === null) return null;
  const [id, ...others] = textsOf(claim);
  if (!isId(id) || others.length > 0) throw new SignInFailed("NO_ORGANIZATION", "unclear");
  return id;
}

/** Finds a claim by its name. If there is none, dots lead into it: `realm_access.roles`. */
export function claimOf(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  return name.split(".").reduce<unknown>((inner, part) => {
    const isObject = typeof inner === "object" && inner !== null;
    return isObject && Object.hasOwn(inner, part) ? (inner as Claims)[part] : undefined;
  }, claims);
}

const textsOf = (claim: unknown): string[] =>
  [claim].flat().filter((value): value is string => typeof value === "string");

function nameOf(claims: Claims): string | undefined {
  const names = NAMES.map((name) => claims[name]).filter((name): name is string => typeof name === "string");
  return names
    .find((name) => name.trim() !== "")
    ?.slice(0, NAME_CHARACTERS_MAX)
    .toWellFormed();
}
