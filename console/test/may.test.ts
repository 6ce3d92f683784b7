import { describe, expect, test } from "vitest";
import { authorize } from "../../src/auth/policy.js";
import type { KnownViewer } from "../../src/auth/viewer.js";
import { type Act, may, SHOWN_TO, type Viewer } from "../src/session/viewer";

const KINDS = ["admin", "organization", "team"] as const;

/** Whether the gateway's own table lets this kind of key do it. */
function isAllowed(kind: (typeof KINDS)[number], act: Act): boolean {
  try {
    authorize({ kind, requestId: "", suspended: null } as unknown as KnownViewer, act);
    return true;
  } catch {
    return false;
  }
}

describe("what the console shows", () => {
  test.each(Object.keys(SHOWN_TO) as Act[])("%s is shown to whoever may do it", (act) => {
    for (const kind of KINDS) expect(may({ kind } as Viewer, act), kind).toBe(isAllowed(kind, act));
  });
});
