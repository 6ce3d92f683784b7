import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { App } from "../app.js";
import { ADMIN, ANONYMOUS, type Viewer } from "../auth/viewer.js";

/**
 * The viewer of a request, from `X-Admin-Key` or `Authorization: Bearer <admin key or virtual key>`. Never refuses: an
 * absent, unknown, expired or revoked credential is the anonymous viewer, so that no answer tells which it was.
 */
export async function authenticate(app: App, headers: IncomingHttpHeaders): Promise<Viewer> {
  const adminKey = headers["x-admin-key"];
  if (adminKey !== undefined) return isAdminKey(app, String(adminKey)) ? ADMIN : ANONYMOUS;
  const bearer = /^bearer +(\S{1,512}) *$/i.exec(headers.authorization ?? "")?.[1];
  if (bearer === undefined) return ANONYMOUS;
  if (isAdminKey(app, bearer)) return ADMIN;
  return app.keys.findViewer(bearer);
}

/** Compares digests, which have one length, so that the time taken tells nothing of the key. */
function isAdminKey(app: App, credential: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(credential), digest(app.config.adminKey));
}
