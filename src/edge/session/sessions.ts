import type { IncomingHttpHeaders } from "node:http";
import type { Session } from "../../auth/person.js";
import type { SignInConfig } from "../../config/sign-in.js";
import type { Clock } from "../../lib/clock.js";
import { isFromOwnPage } from "./own-page.js";
import { type CookieJar, SealedCookie } from "./sealed-cookie.js";

/** A session as it is sealed: times are texts. */
type Sealed = Omit<Session, "expiresAt"> & { readonly expiresAt: string };

/**
 * The sessions of people who have signed in. Nothing is stored of them but the cookie that a browser has, so that every
 * process with the same secret knows them, and nobody can end one before its time, unless the secret is changed.
 */
export class Sessions {
  private readonly cookie: SealedCookie<Sealed>;

  private constructor(
    readonly config: SignInConfig,
    readonly jar: CookieJar,
  ) {
    this.cookie = new SealedCookie(jar, { purpose: "session", sameSite: "strict" });
  }

  /** What seals cookies is loaded only if people sign in. */
  static async open(config: SignInConfig, clock: Clock): Promise<Sessions> {
    const jose = await import("jose");
    const { publicOrigin, sessionSecret: secret, clientId } = config;
    const isSecure = publicOrigin.startsWith("https:");
    return new Sessions(config, { jose, clock, secret, issuer: `${config.issuer} ${clientId}`, isSecure });
  }

  /** When a session ends that begins now. */
  end(): Date {
    return new Date(this.jar.clock.now().getTime() + this.config.sessionTtlMs);
  }

  /** Returns the header `set-cookie` that begins a session. */
  begin(session: Session): Promise<string> {
    return this.cookie.give({ ...session, expiresAt: session.expiresAt.toISOString() }, session.expiresAt);
  }

  /** Returns the header `set-cookie` that ends a session in its browser. */
  forget(): string {
    return this.cookie.take();
  }

  /** Returns the session of a request. It counts only if a page of the gateway's own has caused the request. */
  async of(headers: IncomingHttpHeaders): Promise<Session | undefined> {
    if (headers.cookie === undefined || !isFromOwnPage(headers, this.config.publicOrigin)) return undefined;
    const sealed = await this.cookie.read(headers.cookie);
    return sealed && { ...sealed, expiresAt: new Date(sealed.expiresAt) };
  }
}
