import { hkdfSync } from "node:crypto";
import { authorize } from "../../../auth/policy.js";
import { adminOf, type KnownViewer, personOf, type Viewer } from "../../../auth/viewer.js";
import type { Clock } from "../../../lib/clock.js";
import { DomainError } from "../../../lib/errors.js";
import type { KeyHolders } from "../../keys/holders/key-holders.js";
import type { CallReader } from "../follow/call-reader.js";

/** A browser opens its stream at once. A stream that is open stays open after that. */
const LIFETIME_MS = 5 * 60_000;
const TEXT_MAX_CHARACTERS = 2_048;
const PURPOSE = "stream token";

export interface StreamTokenRow {
  readonly token: string;
  readonly expiresAt: Date;
}

/** What a token proves: whose right it carries, and the one call that it is for. */
interface Content {
  readonly callId: string;
  readonly kind: KnownViewer["kind"];
  /** The hash of the key's secret, in base64. The admin's has none. */
  readonly hash: string | null;
}

export interface OpenedToken {
  readonly viewer: Viewer;
  readonly callId: string;
}

/**
 * Tokens with which a browser follows one call without a header, as its EventSource does. A token is sealed (JWE) with a
 * key that is made of the admin key, so every process of a gateway can make and read it, and nothing is stored. It holds
 * as long as the key behind it does, and 5 minutes at most.
 */
export class StreamTokenService {
  private readonly key: Uint8Array;

  constructor(
    private readonly reader: CallReader,
    private readonly holders: KeyHolders,
    private readonly clock: Clock,
    adminKey: string,
  ) {
    this.key = new Uint8Array(hkdfSync("sha256", adminKey, "", `tollgate ${PURPOSE}`, 32));
  }

  /** Makes a token for a call. Throws NOT_FOUND for a call out of reach, and FORBIDDEN for a person, whose browser has a session. */
  async create(viewer: Viewer, callId: string): Promise<StreamTokenRow> {
    authorize(viewer, "call.read");
    const call = await this.reader.get(viewer, callId);
    if (personOf(viewer))
      throw new DomainError("FORBIDDEN", "Whoever has signed in needs no stream token: the browser sends the session.");
    const { EncryptJWT } = await import("jose");
    const seconds = Math.floor((this.clock.now().getTime() + LIFETIME_MS) / 1_000);
    const content: Content = { callId: call.id, kind: viewer.kind, hash: await this.holders.secretHashOf(viewer) };
    const token = await new EncryptJWT({ content })
      .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
      .setAudience(PURPOSE)
      .setExpirationTime(seconds)
      .encrypt(this.key);
    return { token, expiresAt: new Date(seconds * 1_000) };
  }

  /** Returns what a token proves. Undefined if it has expired, is none of this gateway, or its key is no longer valid. */
  async open(token: string, requestId: string): Promise<OpenedToken | undefined> {
    const content = await this.read(token);
    if (!content) return undefined;
    const { callId, kind, hash } = content;
    if (kind === "admin") return { callId, viewer: adminOf(requestId) };
    const viewer = await this.holders.viewerOfHash(kind, Buffer.from(String(hash), "base64"), requestId);
    return { callId, viewer };
  }

  private async read(token: string): Promise<Content | undefined> {
    if (token.length > TEXT_MAX_CHARACTERS) return undefined;
    const { jwtDecrypt, errors } = await import("jose");
    try {
      const { payload } = await jwtDecrypt(token, this.key, {
        audience: PURPOSE,
        requiredClaims: ["exp"],
        currentDate: this.clock.now(),
        keyManagementAlgorithms: ["dir"],
        contentEncryptionAlgorithms: ["A256GCM"],
      });
      return payload.content as Content;
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  }
}
