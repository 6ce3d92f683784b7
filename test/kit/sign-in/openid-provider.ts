import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import Provider from "oidc-provider";
import { freePort } from "../free-port.js";

/** What the provider says of somebody, beside `sub`. */
export type ClaimsOfPerson = Readonly<Record<string, unknown>>;

export const CLIENT_ID = "tollgate";
export const CLIENT_SECRET = "canary-of-the-client-secret";

/** A certified OpenID provider, in the process of the test. Whoever comes is signed in at once as `person`. */
export interface TestProvider {
  readonly issuer: string;
  /** Who signs in next. Null means that whoever comes says no. */
  person: { readonly id: string; readonly claims: ClaimsOfPerson } | null;
  /** Answers everything with this status, as a proxy does in front of a provider that is away. */
  failsWith: number | null;
  /** The paths that it was asked for. */
  readonly asked: string[];
  /** It does not listen any more, and its connections are closed. */
  close(): Promise<void>;
}

const SCOPES = { openid: ["sub"], profile: ["name"], email: ["email", "email_verified"] };

/** Starts one that knows one client, which may be sent back to these addresses. */
export async function startProvider(
  redirectUris: string[],
  { claimsInToken = true, port: wanted }: { readonly claimsInToken?: boolean; readonly port?: number } = {},
): Promise<TestProvider> {
  const port = wanted ?? (await freePort());
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: CLIENT_ID, client_secret: CLIENT_SECRET, redirect_uris: redirectUris }],
    claims: { ...SCOPES, roles: ["roles"], organization: ["organization"], openid: ["sub", "roles", "organization"] },
    conformIdTokenClaims: !claimsInToken,
    // The times are given, because the library says on each start that its own should be replaced.
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    cookies: { keys: ["a key of the test"] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, accountId) => ({
      accountId,
      claims: async () => ({ sub: accountId, ...people.get(accountId) }),
    }),
    // Nobody is asked whether the gateway may know who they are.
    loadExistingGrant: async ({ oidc }) => {
      const { client, session } = oidc;
      const grant = new oidc.provider.Grant({
        ...(client && { clientId: client.clientId }),
        ...(session?.accountId && { accountId: session.accountId }),
      });
      grant.addOIDCScope("openid profile email");
      await grant.save();
      return grant;
    },
  });
  const people = new Map<string, ClaimsOfPerson>();
  const test: TestProvider = { issuer, person: null, failsWith: null, asked: [], close: () => close(server) };
  const answer = provider.callback();
  const interact = async (request: IncomingMessage, response: ServerResponse) => {
    const { person } = test;
    if (person) people.set(person.id, person.claims);
    const result = person ? { login: { accountId: person.id, remember: false } } : { error: "access_denied" };
    await provider.interactionFinished(request, response, result);
  };
  const server = createServer((request, response) => {
    const path = request.url?.split("?", 1)[0] ?? "";
    test.asked.push(path);
    if (test.failsWith !== null) response.writeHead(test.failsWith).end("<html>Bad gateway</html>");
    else if (path.startsWith("/interaction/")) void interact(request, response);
    else void answer(request, response);
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return test;
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
}
