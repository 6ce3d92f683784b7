import type { IncomingHttpHeaders } from "node:http";
import { ADMIN, ANONYMOUS, type Viewer } from "../auth/viewer.js";

/** The secrets that credentials are compared with. */
export interface Credentials {
  isAdminKey(credential: string): boolean;
  /**
   * Returns the viewer that holds the secret of a virtual key. It is anonymous if the secret is unknown, expired or
   * revoked.
   */
  viewerOf(secret: string): Promise<Viewer>;
}

/**
 * Finds the viewer of a request, from `X-Admin-Key` or `Authorization: Bearer <admin key or virtual key>`. It refuses
 * nobody: a missing, unknown, expired or revoked credential makes the viewer anonymous, so that no answer tells which
 * it was. Rejects if the database does not answer.
 */
export async function authenticate(credentials: Credentials, headers: IncomingHttpHeaders): Promise<Viewer> {
  const adminKey = headers["x-admin-key"];
  if (adminKey !== undefined) return credentials.isAdminKey(String(adminKey)) ? ADMIN : ANONYMOUS;
  const bearer = /^bearer +(\S{1,512}) *$/i.exec(headers.authorization ?? "")?.[1];
  if (bearer === undefined) return ANONYMOUS;
  if (credentials.isAdminKey(bearer)) return ADMIN;
  return credentials.viewerOf(bearer);
}
