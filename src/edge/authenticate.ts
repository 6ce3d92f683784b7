import type { IncomingHttpHeaders } from "node:http";
import { ANONYMOUS, adminOf, type Viewer } from "../auth/viewer.js";

/** What credentials are compared with. */
export interface Credentials {
  isAdminKey(credential: string): boolean;
  /**
   * Returns the viewer that holds the secret of a key, for one request. It is anonymous if the secret is unknown, expired
   * or revoked.
   */
  viewerOf(secret: string, requestId: string): Promise<Viewer>;
  /**
   * Returns the person whose session a request has in its cookie. Anonymous if it has none that counts. Undefined if nobody
   * signs in here.
   */
  readonly personOf: ((headers: IncomingHttpHeaders, requestId: string) => Promise<Viewer>) | undefined;
}

/** What a request proves its viewer with. */
interface Proof {
  readonly headers: IncomingHttpHeaders;
  readonly requestId: string;
  /** Whether the session of a person counts here, beside keys. */
  readonly takesSession: boolean;
}

/** Returns undefined if a request does not try this way. */
type Way = (credentials: Credentials, proof: Proof) => Viewer | Promise<Viewer> | undefined;

const byAdminKey: Way = ({ isAdminKey }, { headers, requestId }) => {
  const adminKey = headers["x-admin-key"];
  if (adminKey === undefined) return undefined;
  return isAdminKey(String(adminKey)) ? adminOf(requestId) : ANONYMOUS;
};

const byBearer: Way = (credentials, { headers: { authorization }, requestId }) => {
  if (authorization === undefined) return undefined;
  const bearer = /^bearer +(\S{1,512}) *$/i.exec(authorization)?.[1];
  if (bearer === undefined) return ANONYMOUS;
  return credentials.isAdminKey(bearer) ? adminOf(requestId) : credentials.viewerOf(bearer, requestId);
};

const bySession: Way = ({ personOf }, { headers, requestId, takesSession }) =>
  takesSession && headers.cookie !== undefined ? personOf?.(headers, requestId) : undefined;

/** A key comes before a session, so a page may act with a key although somebody has signed in. */
const WAYS: readonly Way[] = [byAdminKey, byBearer, bySession];

/**
 * Finds the viewer of a request, from `X-Admin-Key`, from `Authorization: Bearer <admin key or virtual key>`, or from the
 * session of a person. The first that was sent counts. It refuses nobody: a missing, unknown, expired or revoked credential
 * makes the viewer anonymous, so that no answer tells which it was. Rejects if the database does not answer.
 */
export async function authenticate(credentials: Credentials, proof: Proof): Promise<Viewer> {
  for (const way of WAYS) {
    const viewer = way(credentials, proof);
    if (viewer !== undefined) return viewer;
  }
  return ANONYMOUS;
}
