import { afterAll, beforeAll } from "vitest";
import { GraphqlClient } from "../clients/graphql.js";
import { freePort } from "../free-port.js";
import { type Gateway, type GatewayOptions, startGateway } from "../gateway/gateway.js";
import { Browser, type Page } from "./browser.js";
import { CLIENT_ID, CLIENT_SECRET, type ClaimsOfPerson, startProvider, type TestProvider } from "./openid-provider.js";

export const SESSION_COOKIE = "tollgate-session";
export const SIGN_IN_COOKIE = "tollgate-sign-in";
const SESSION_SECRET = "canary-of-the-session-secret-0123456789";

/** The variables of a gateway on this port whose people sign in with this provider. */
export const signInEnv = (port: number, issuer: string): Record<string, string> => ({
  PORT: String(port),
  PUBLIC_URL: `http://127.0.0.1:${port}`,
  OIDC_ISSUER: issuer,
  OIDC_CLIENT_ID: CLIENT_ID,
  OIDC_CLIENT_SECRET: CLIENT_SECRET,
  SESSION_SECRET,
});

/** A person with a browser of the person's own. */
export interface SignedIn {
  readonly browser: Browser;
  /** Where the sign-in led to. */
  readonly page: Page;
  /** What pages of the console ask with. */
  readonly client: GraphqlClient;
}

export interface SignInWorld {
  readonly gateway: Gateway;
  readonly provider: TestProvider;
  /** Signs somebody in with these claims, and follows as far as the console. */
  signIn(claims: ClaimsOfPerson, id?: string): Promise<SignedIn>;
}

/** Goes through a whole sign-in at a gateway, as far as the console. */
export async function signInAt(url: string, browser = new Browser(), returnTo = ""): Promise<SignedIn> {
  const page = await browser.go(`${url}/console/auth/sign-in${returnTo}`, isConsole);
  return { browser, page, client: new GraphqlClient(url, browser.headersOfPage(url)) };
}

const isConsole = ({ pathname }: URL): boolean =>
  pathname.startsWith("/console") && !pathname.startsWith("/console/auth/");

let people = 0;
export const newPerson = (): string => `person-${++people}`;

/** A gateway and a provider for all tests of a `describe` or a file. */
export function useSignIn(
  options: GatewayOptions = {},
  ofProvider: Parameters<typeof startProvider>[1] = {},
): SignInWorld {
  let gateway: Gateway | undefined;
  let provider: TestProvider | undefined;
  beforeAll(async () => {
    const port = await freePort();
    provider = await startProvider([`http://127.0.0.1:${port}/console/auth/callback`], ofProvider);
    gateway = await startGateway({ ...options, env: { ...signInEnv(port, provider.issuer), ...options.env } });
  });
  afterAll(async () => {
    await gateway?.close();
    await provider?.close();
  });
  const started = () => {
    if (!gateway || !provider) throw new Error("They are there only inside tests.");
    return { gateway, provider };
  };
  return {
    get gateway() {
      return started().gateway;
    },
    get provider() {
      return started().provider;
    },
    signIn: (claims, id = newPerson()) => {
      started().provider.person = { id, claims };
      return signInAt(started().gateway.url);
    },
  };
}
