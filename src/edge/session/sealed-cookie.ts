import { hkdfSync } from "node:crypto";
import { parseCookie, type SerializeOptions, stringifySetCookie } from "cookie";
import type { Clock } from "../../lib/clock.js";

type Jose = typeof import("jose");

/** What the cookies of a gateway have in common. */
export interface CookieJar {
  readonly jose: Jose;
  readonly clock: Clock;
  /** The secret that all processes share. */
  readonly secret: string;
  /** Who vouches for what is in them, so that nothing is left of another provider. */
  readonly issuer: string;
  /** Whether people reach the gateway through TLS. */
  readonly isSecure: boolean;
}

interface CookieKind {
  /** Tells the cookies of one kind from those of another: each has a key of its own. */
  readonly purpose: string;
  /** "strict" keeps the cookie from every request that another site has caused, and "lax" from all but links. */
  readonly sameSite: "strict" | "lax";
}

/** Whatever is longer is no cookie of ours. Browsers keep 4,096 bytes. */
const LENGTH_MAX = 4_096;

/**
 * A cookie that only the gateways with the same secret can make and read: a JWE. It is for this host alone where the browser
 * can promise that (`__Host-`), and no script reads it.
 */
export class SealedCookie<Content extends object> {
  private readonly name: string;
  private readonly key: Uint8Array;
  private readonly options: SerializeOptions;

  constructor(
    private readonly jar: CookieJar,
    private readonly kind: CookieKind,
  ) {
    this.name = `${jar.isSecure ? "__Host-" : ""}tollgate-${kind.purpose}`;
    this.key = new Uint8Array(hkdfSync("sha256", jar.secret, "", `tollgate ${kind.purpose}`, 32));
    this.options = { httpOnly: true, secure: jar.isSecure, sameSite: kind.sameSite, path: "/" };
  }

  /** Returns the header `set-cookie` that gives it to a browser. */
  async give(content: Content, expiresAt: Date): Promise<string> {
    const { jose, clock, issuer } = this.jar;
    const seconds = Math.floor(expiresAt.getTime() / 1_000);
    const value = await new jose.EncryptJWT({ content })
      .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
      .setIssuer(issuer)
      .setAudience(this.kind.purpose)
      .setExpirationTime(seconds)
      .encrypt(this.key);
    const maxAge = Math.max(0, Math.floor((expiresAt.getTime() - clock.now().getTime()) / 1_000));
    return stringifySetCookie({ ...this.options, name: this.name, value, maxAge });
  }

  /** Returns the header `set-cookie` that takes it from a browser. */
  take(): string {
    return stringifySetCookie({ ...this.options, name: this.name, value: "", maxAge: 0 });
  }

  /** Returns what is in it. Undefined if there is none, if it has expired, and if nobody with the secret has made it. */
  async read(cookies: string | undefined): Promise<Content | undefined> {
    if (!cookies?.includes(this.name)) return undefined;
    const value = parseCookie(cookies)[this.name];
    if (!value || value.length > LENGTH_MAX) return undefined;
    const { jose, clock, issuer } = this.jar;
    try {
      const { payload } = await jose.jwtDecrypt(value, this.key, {
        issuer,
        audience: this.kind.purpose,
        requiredClaims: ["exp"],
        currentDate: clock.now(),
        keyManagementAlgorithms: ["dir"],
        contentEncryptionAlgorithms: ["A256GCM"],
      });
      return payload.content as Content;
    } catch (error) {
      if (error instanceof jose.errors.JOSEError) return undefined;
      throw error;
    }
  }
}
