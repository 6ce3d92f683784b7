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

/**
 * A key is sent in either header, as the SDKs differ: OpenAI's send `Authorization: Bearer`, Anthropic's older ones
 * `x-api-key`. If both are there, they must be the same. Nobody can tell which of two different keys is meant.
 */
const byKey: Way = (credentials, { headers: { authorization, "x-api-key": apiKey }, requestId }) => {
  if (authorization === undefined && apiKey === undefined) return undefined;
  const bearer = authorization === undefined ? undefined : (BEARER.exec(authorization)?.[1] ?? "");
  const key = bearer ?? String(apiKey).trim();
  const isOne = apiKey === undefined || String(apiKey).trim() === key;
  if (!isOne || !WELL_FORMED.test(key)) return ANONYMOUS;
  return credentials.isAdminKey(key) ? adminOf(requestId) : credentials.viewerOf(key, requestId);
};
const BEARER = /^bearer +(\S+) *$/i;
const WELL_FORMED = /^\S{1,512}$/;

const bySession: Way = ({ personOf }, { headers, requestId, takesSession }) =>
  takesSession && headers.cookie !== undefined ? personOf?.(headers, requestId) : undefined;

/** A key comes before a session, so a page may act with a key although somebody has signed in. */
const WAYS: readonly Way[] = [byAdminKey, byKey, bySession];

/**
 * Finds the viewer of a request, from `X-Admin-Key`, from `Authorization: Bearer <admin key or virtual key>` or the same in
 * `x-api-key`, or from the session of a person. The first that was sent counts. It refuses nobody: a missing, unknown, expired or revoked credential
 * makes the viewer anonymous, so that no answer tells which it was. Rejects if the database does not answer.
 */
export async function authenticate(credentials: Credentials, proof: Proof): Promise<Viewer> {
  for (const way of WAYS) {
    const viewer = way(credentials, proof);
    if (viewer !== undefined) return viewer;
  }
  return ANONYMOUS;
}
