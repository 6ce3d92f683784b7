import type { ClientAuth, Configuration } from "openid-client";
import type { SignInConfig } from "../../config/sign-in.js";
import { shared } from "../../lib/async/shared.js";
import type { Clock } from "../../lib/clock.js";
import { type Claims, claimOf } from "./person-of-claims.js";
import { SignInFailed } from "./sign-in-failed.js";

type Library = typeof import("openid-client");
interface Known {
  readonly library: Library;
  readonly provider: Configuration;
  readonly sinceMs: number;
}

/** How long the provider may take for each answer, in seconds. */
const ANSWER_S = 5;
/** How long what the provider says of itself is believed. */
const KNOWN_MS = 60 * 60 * 1_000;
/** By how much the clock of the provider may differ from ours, in seconds. */
const CLOCK_TOLERANCE_S = 30;

/** What a sign-in must come back with. */
export interface Checks {
  readonly state: string;
  readonly nonce: string;
  /** The secret of PKCE: only who has begun a sign-in can end it. */
  readonly verifier: string;
}

/**
 * The OpenID provider. It is asked where its addresses are when somebody signs in, and not before, so a gateway starts and
 * works while the provider is away. If it does not answer, the next sign-in asks again.
 */
export class OpenIdProvider {
  private known: Known | undefined;
  private readonly discover: () => Promise<Known>;

  constructor(
    private readonly config: SignInConfig,
    private readonly redirectUri: string,
    private readonly clock: Clock,
  ) {
    this.discover = shared(() => this.discoverNow());
  }

  /** Asks the provider where its addresses are. Throws PROVIDER_AWAY or PROVIDER_REFUSED. */
  async reach(): Promise<void> {
    await this.get();
  }

  /** Returns the address where a person signs in, and what the answer must fit. Throws PROVIDER_AWAY or PROVIDER_REFUSED. */
  async begin(): Promise<{ readonly url: string; readonly checks: Checks }> {
    const { library, provider } = await this.get();
    const checks = {
      state: library.randomState(),
      nonce: library.randomNonce(),
      verifier: library.randomPKCECodeVerifier(),
    };
    const url = library.buildAuthorizationUrl(provider, {
      redirect_uri: this.redirectUri,
      scope: this.config.scopes,
      state: checks.state,
      nonce: checks.nonce,
      code_challenge: await library.calculatePKCECodeChallenge(checks.verifier),
      code_challenge_method: "S256",
    });
    return { url: url.href, checks };
  }

  /**
   * Returns what the provider says of the person who came back to this address. Throws PROVIDER_AWAY, or PROVIDER_REFUSED if
   * it let nobody in, or if the answer does not fit.
   */
  async finish(search: string, { state, nonce, verifier }: Checks): Promise<Claims> {
    const { library, provider } = await this.get();
    try {
      const tokens = await library.authorizationCodeGrant(provider, new URL(`${this.redirectUri}${search}`), {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims: Claims = tokens.claims() ?? {};
      if (this.hasAll(claims) || !provider.serverMetadata().userinfo_endpoint) return claims;
      const more = await library.fetchUserInfo(provider, tokens.access_token, String(claims.sub));
      return { ...more, ...claims };
    } catch (error) {
      throw failureOf(error, library);
    }
  }

  /** Some providers put into the token who it is, and tell the rest to those who ask. */
  private hasAll(claims: Claims): boolean {
    const { roleClaim, organizationClaim } = this.config;
    return [roleClaim, organizationClaim].every((name) => claimOf(claims, name) !== undefined);
  }

  private async get(): Promise<Known> {
    const { known } = this;
    return known && this.clock.elapsedMs() - known.sinceMs < KNOWN_MS ? known : this.discover();
  }

  private async discoverNow(): Promise<Known> {
    const { issuer, clientId, clientSecret } = this.config;
    const library = await import("openid-client");
    const client = { client_secret: clientSecret, [library.clockTolerance]: CLOCK_TOLERANCE_S };
    // Only a provider on this machine may do without TLS, as the configuration says.
    const execute = issuer.startsWith("http:") ? [library.allowInsecureRequests] : [];
    try {
      const provider = await library.discovery(new URL(issuer), clientId, client, authOf(library, clientSecret), {
        timeout: ANSWER_S,
        execute,
      });
      this.known = { library, provider, sinceMs: this.clock.elapsedMs() };
      return this.known;
    } catch (error) {
      throw failureOf(error, library);
    }
  }
}

/** Clients prove themselves as the standard has it, unless the provider knows the other way alone. */
function authOf(library: Library, secret: string): ClientAuth {
  return (server, ...others) => {
    const ways = server.token_endpoint_auth_methods_supported;
    const isPost = ways?.includes("client_secret_post") && !ways.includes("client_secret_basic");
    return (isPost ? library.ClientSecretPost(secret) : library.ClientSecretBasic(secret))(server, ...others);
  };
}

/** Its message and causes may have a code or a token in them, so only its code is kept. */
function failureOf(error: unknown, library: Library): SignInFailed {
  if (error instanceof library.AuthorizationResponseError || error instanceof library.ResponseBodyError)
    return new SignInFailed("PROVIDER_REFUSED", wordOf(error.error));
  if (error instanceof library.ClientError && error.code !== "OAUTH_TIMEOUT" && error.code !== STRANGE_STATUS)
    return new SignInFailed("PROVIDER_REFUSED", error.code ?? "OAUTH_ERROR");
  if (error instanceof library.WWWAuthenticateChallengeError) return new SignInFailed("PROVIDER_REFUSED", error.code);
  if (error instanceof library.ClientError) return new SignInFailed("PROVIDER_AWAY", error.code ?? null);
  // What fetch throws if it gets no answer.
  if (error instanceof TypeError) return new SignInFailed("PROVIDER_AWAY", "NO_ANSWER");
  throw error;
}

/** An answer with a status that the standard does not have there, such as 502 of a proxy. */
const STRANGE_STATUS = "OAUTH_RESPONSE_IS_NOT_CONFORM";

const wordOf = (text: string): string => (/^[a-z_]{1,64}$/.test(text) ? text : "other");
