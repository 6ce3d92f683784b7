import type { IncomingHttpHeaders } from "node:http";
import { ANONYMOUS, adminOf, type Viewer } from "../auth/viewer.js";

/** The secrets that credentials are compared with. */
export interface Credentials {
  isAdminKey(credential: string): boolean;
  /**
   * Returns the viewer that holds the secret of a key, for one request. It is anonymous if the secret is unknown, expired
   * or revoked.
   */
  viewerOf(secret: string, requestId: string): Promise<Viewer>;
}

/**
 * Finds the viewer of a request, from `X-Admin-Key` or `Authorization: Bearer <admin key or virtual key>`. It refuses
 * nobody: a missing, unknown, expired or revoked credential makes the viewer anonymous, so that no answer tells which
 * it was. Rejects if the database does not answer.
 */
export async function authenticate(
  credentials: Credentials,
  headers: IncomingHttpHeaders,
  requestId: string,
): Promise<Viewer> {
  const adminKey = headers["x-admin-key"];
  if (adminKey !== undefined) return credentials.isAdminKey(String(adminKey)) ? adminOf(requestId) : ANONYMOUS;
  const bearer = /^bearer +(\S{1,512}) *$/i.exec(headers.authorization ?? "")?.[1];
  if (bearer === undefined) return ANONYMOUS;
  if (credentials.isAdminKey(bearer)) return adminOf(requestId);
  return credentials.viewerOf(bearer, requestId);
}
