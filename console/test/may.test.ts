import { describe, expect, test } from "vitest";
import { authorize } from "../../src/auth/policy.js";
import type { KnownViewer } from "../../src/auth/viewer.js";
import { type Act, may, SHOWN_TO, type Viewer } from "../src/session/viewer";

const KINDS = ["admin", "organization", "team"] as const;
const READER = { subject: "1", name: "Reader", role: "VIEWER", expiresAt: new Date(0) } as const;

/** Whether the gateway's own table lets somebody do it. */
function isAllowed(viewer: object, act: Act): boolean {
  try {
    authorize({ requestId: "", suspended: null, ...viewer } as unknown as KnownViewer, act);
    return true;
  } catch {
    return false;
  }
}

describe("what the console shows", () => {
  test.each(Object.keys(SHOWN_TO) as Act[])("%s is shown to whoever may do it", (act) => {
    for (const kind of KINDS) {
      expect(may({ kind, isReadOnly: false } as Viewer, act), kind).toBe(isAllowed({ kind }, act));
      if (kind === "team") continue;
      const reads = may({ kind, isReadOnly: true } as Viewer, act);
      expect(reads, `${kind} that reads`).toBe(isAllowed({ kind, person: READER }, act));
    }
  });
});
