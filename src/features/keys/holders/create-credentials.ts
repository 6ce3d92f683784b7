import { adminKeyCheck } from "../../../auth/admin-key.js";
import { ANONYMOUS } from "../../../auth/viewer.js";
import type { Credentials } from "../../../edge/authenticate.js";
import type { Sessions } from "../../../edge/session/sessions.js";
import type { SessionHolders } from "../sessions/session-holders.js";
import type { KeyHolders } from "./key-holders.js";

interface CredentialsDeps {
  readonly adminKey: string;
  readonly keyHolders: KeyHolders;
  readonly sessionHolders: SessionHolders;
  /** Undefined if only keys are accepted. */
  readonly sessions: Sessions | undefined;
}

/** How a request says who asks: by the admin's key, by another key, or by a person's session. */
export const createCredentials = ({
  adminKey,
  keyHolders,
  sessionHolders,
  sessions,
}: CredentialsDeps): Credentials => ({
  isAdminKey: adminKeyCheck(adminKey),
  viewerOf: (secret, requestId) => keyHolders.viewerOf(secret, requestId),
  personOf:
    sessions &&
    (async (headers, requestId) => {
      const session = await sessions.of(headers);
      return session ? sessionHolders.viewerOf(session, requestId) : ANONYMOUS;
    }),
});
