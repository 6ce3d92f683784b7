import { LOOPBACK_NAMES } from "../lib/loopback.js";
import type { EnvReader } from "./reader.js";
import type { VariableName } from "./setting.js";

/** How people sign in through an OpenID provider. */
export interface SignInConfig {
  /** The origin under which people reach the gateway, such as https://llm.example.com. */
  readonly publicOrigin: string;
  /** The address of the provider, under which it says where everything else is. */
  readonly issuer: string;
  /** What people call the provider. */
  readonly providerName: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the provider is asked for, separated by spaces. */
  readonly scopes: string;
  /** The claim that says what a person may do, and which of its values mean which role. */
  readonly roleClaim: string;
  readonly adminValues: readonly string[];
  readonly organizationValues: readonly string[];
  readonly viewerValues: readonly string[];
  /** The claim that has the id of a person's organization. */
  readonly organizationClaim: string;
  /** What cookies are sealed with. */
  readonly sessionSecret: string;
  readonly sessionTtlMs: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Reads how people sign in. Undefined means that they do not. */
export function readSignIn(read: EnvReader): SignInConfig | undefined {
  const isAsked = read.isSet("OIDC_ISSUER");
  const issuer = readAddress(read, "OIDC_ISSUER");
  const publicUrl = readOrigin(read, "PUBLIC_URL");
  const clientId = read.text("OIDC_CLIENT_ID");
  const clientSecret = read.secret("OIDC_CLIENT_SECRET");
  const sessionSecret = readSecret(read);
  const config = {
    providerName: read.text("OIDC_NAME") ?? (issuer ? new URL(issuer).host : ""),
    scopes: readScopes(read),
    roleClaim: read.text("OIDC_ROLE_CLAIM", "roles"),
    adminValues: readValues(read, "OIDC_ADMIN_VALUES", "tollgate-admin"),
    organizationValues: readValues(read, "OIDC_ORGANIZATION_VALUES", "tollgate-organization"),
    viewerValues: readValues(read, "OIDC_VIEWER_VALUES", "tollgate-viewer"),
    organizationClaim: read.text("OIDC_ORGANIZATION_CLAIM", "organization"),
    sessionTtlMs: read.integer("SESSION_TTL_MS", 8 * HOUR, MINUTE, 30 * DAY),
  };
  const needed = {
    OIDC_CLIENT_ID: clientId,
    OIDC_CLIENT_SECRET: clientSecret,
    PUBLIC_URL: read.isSet("PUBLIC_URL") || undefined,
    SESSION_SECRET: read.isSet("SESSION_SECRET") || undefined,
  };
  if (!isAsked) {
    if (clientId !== undefined || clientSecret !== undefined)
      read.problems.push("OIDC_ISSUER is not set, although OIDC_CLIENT_ID or OIDC_CLIENT_SECRET is. Set it too.");
    return undefined;
  }
  for (const [name, value] of Object.entries(needed))
    if (value === undefined) read.problems.push(`${name} is not set, and OIDC_ISSUER needs it.`);
  if (!issuer || !publicUrl || !clientId || !clientSecret || !sessionSecret) return undefined;
  return { ...config, issuer, publicOrigin: publicUrl, clientId, clientSecret, sessionSecret };
}

/** Cookies and codes travel over these addresses, so only those on the machine itself may do without TLS. */
function readAddress(read: EnvReader, name: VariableName): string | undefined {
  const text = read.url(name, ["https", "http"]);
  if (text === undefined) return undefined;
  const { protocol, hostname, username } = new URL(text);
  if (protocol !== "https:" && !LOOPBACK_NAMES.has(hostname))
    return read.refuse(name, "must begin with https://, unless its host is a loopback name", hostname, undefined);
  if (username !== "") return read.refuse(name, "must have no user and no password", "an address with one", undefined);
  return text;
}

function readOrigin(read: EnvReader, name: VariableName): string | undefined {
  const text = readAddress(read, name);
  if (text === undefined) return undefined;
  const { origin, pathname, search, hash } = new URL(text);
  return pathname === "/" && search + hash === ""
    ? origin
    : read.refuse(name, "must be an address without a path, such as https://llm.example.com", text, undefined);
}

function readSecret(read: EnvReader): string | undefined {
  const secret = read.secret("SESSION_SECRET");
  if (secret === undefined || /^[\x21-\x7e]{32,512}$/.test(secret)) return secret;
  const got = `${secret.length} characters`;
  return read.refuse("SESSION_SECRET", "must be 32 to 512 visible ASCII characters", got, undefined);
}

function readScopes(read: EnvReader): string {
  const scopes = read.text("OIDC_SCOPES", "openid email profile").split(/ +/);
  if (!scopes.includes("openid"))
    read.refuse("OIDC_SCOPES", 'must have "openid" among its words', scopes.join(" "), null);
  return scopes.join(" ");
}

function readValues(read: EnvReader, name: VariableName, fallback: string): readonly string[] {
  return read
    .text(name, fallback)
    .split(",")
    .map((value) => value.trim())
    .filter(Boolean);
}
