import { hash, timingSafeEqual } from "node:crypto";
import type { Session } from "../../auth/person.js";
import { SealedCookie } from "../../edge/session/sealed-cookie.js";
import type { Sessions } from "../../edge/session/sessions.js";
import { type Checks, OpenIdProvider } from "./openid-provider.js";
import { personOfClaims } from "./person-of-claims.js";
import { SignInFailed } from "./sign-in-failed.js";

export const CONSOLE_PATH = "/console";
export const CALLBACK_PATH = "/console/auth/callback";

/** How long a person may take at the provider. */
const SIGN_IN_MS = 10 * 60 * 1_000;
const RETURN_CHARACTERS_MAX = 1_000;

/** What a browser keeps for us while the person is at the provider. */
interface Begun extends Checks {
  readonly returnTo: string;
}

/** Signs people in: to the provider, and back with what it says of them. */
export class SignIn {
  private readonly provider: OpenIdProvider;
  private readonly cookie: SealedCookie<Begun>;

  constructor(private readonly sessions: Sessions) {
    const { config, jar } = sessions;
    this.provider = new OpenIdProvider(config, config.publicOrigin + CALLBACK_PATH, jar.clock);
    // The provider's page sends the person back to us, and the cookie must come along.
    this.cookie = new SealedCookie(jar, { purpose: "sign-in", sameSite: "lax" });
  }

  /** Returns where to send the person, and the cookie to come back with. Throws SignInFailed. */
  async begin(returnTo: string | undefined): Promise<{ readonly url: string; readonly cookie: string }> {
    const { url, checks } = await this.provider.begin();
    const begun = { ...checks, returnTo: pathOfConsole(returnTo, this.sessions.config.publicOrigin) };
    return { url, cookie: await this.cookie.give(begun, this.in(SIGN_IN_MS)) };
  }

  /** Returns the person who came back, and the page that the person wants to see. Throws SignInFailed. */
  async finish(
    { state, search }: { readonly state: string | undefined; readonly search: string },
    cookies: string | undefined,
  ): Promise<{ readonly session: Session; readonly returnTo: string }> {
    const begun = await this.cookie.read(cookies);
    if (!begun || state === undefined || !isSame(state, begun.state)) throw new SignInFailed("SIGN_IN_EXPIRED");
    const claims = await this.provider.finish(search, begun);
    const person = personOfClaims(claims, this.sessions.config);
    return { session: { ...person, expiresAt: this.sessions.end() }, returnTo: begun.returnTo };
  }

  /** The header `set-cookie` that ends a sign-in in its browser: what it has cannot be used a second time there. */
  over(): string {
    return this.cookie.take();
  }

  private in(ms: number): Date {
    return new Date(this.sessions.jar.clock.now().getTime() + ms);
  }
}

const isSame = (one: string, other: string): boolean =>
  timingSafeEqual(hash("sha256", one, "buffer"), hash("sha256", other, "buffer"));

/** A page of the console, so that no link can use a sign-in to lead people to another site. */
function pathOfConsole(asked: string | undefined, origin: string): string {
  if (asked === undefined || asked.length > RETURN_CHARACTERS_MAX || !URL.canParse(asked, origin)) return CONSOLE_PATH;
  const url = new URL(asked, origin);
  const isConsole = url.pathname === CONSOLE_PATH || url.pathname.startsWith(`${CONSOLE_PATH}/`);
  return url.origin === origin && isConsole ? url.pathname + url.search + url.hash : CONSOLE_PATH;
}
