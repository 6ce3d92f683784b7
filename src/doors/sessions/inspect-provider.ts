import type { SignInConfig } from "../../config/sign-in.js";
import { StartError } from "../../lib/start-error.js";
import { OpenIdProvider } from "./openid-provider.js";
import { CALLBACK_PATH } from "./sign-in.js";
import { SignInFailed } from "./sign-in-failed.js";

/**
 * Asks the configured OpenID provider for its addresses, and returns what was found, in one sentence. Throws StartError if
 * nobody could sign in. A start does not need the provider, and does not ask it.
 */
export async function inspectProvider(config: SignInConfig): Promise<string> {
  const callback = config.publicOrigin + CALLBACK_PATH;
  const clock = { now: () => new Date(), elapsedMs: () => performance.now() };
  try {
    await new OpenIdProvider(config, callback, clock).reach();
  } catch (error) {
    if (!(error instanceof SignInFailed)) throw error;
    const code = error.code === null ? "" : ` (${error.code})`;
    const what = error.reason === "PROVIDER_AWAY" ? "does not answer" : "is no OpenID provider of this name";
    throw new StartError(`OIDC_ISSUER ${config.issuer} ${what}${code}.`);
  }
  return `${config.issuer} is an OpenID provider. It must let ${config.clientId} come back to ${callback}.`;
}
