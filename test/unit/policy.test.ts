import { describe, expect, it } from "vitest";
import { type Action, authorize, mayReach } from "../../src/auth/policy.js";
import { ADMIN, ANONYMOUS, actorOf, type TeamViewer, type Viewer } from "../../src/auth/viewer.js";
import { DomainError } from "../../src/lib/errors.js";

const TEAM: TeamViewer = {
  kind: "team",
  keyId: "k1",
  teamId: "t1",
  organizationId: "o1",
  isSuspended: false,
  limits: [],
};
const SUSPENDED: TeamViewer = { ...TEAM, isSuspended: true };

/** Who may, said a second time: the compiler wants a line here for each action, and a change of the policy one change more. */
const WHO_MAY: Readonly<Record<Action, "admin" | "team" | "both">> = {
  "viewer.read": "both",
  "organization.create": "admin",
  "organization.read": "both",
  "organization.readDetails": "admin",
  "modelGroup.create": "admin",
  "modelGroup.update": "admin",
  "modelGroup.delete": "admin",
  "modelGroup.read": "both",
  "modelPrice.set": "admin",
  "modelPrice.remove": "admin",
  "modelPrice.read": "admin",
  "team.create": "admin",
  "team.read": "both",
  "team.update": "admin",
  "team.suspend": "admin",
  "key.create": "admin",
  "key.update": "admin",
  "key.revoke": "admin",
  "credits.add": "admin",
  "credits.topUp": "both",
  "credits.adjust": "admin",
  "credits.audit": "both",
  "credits.read": "both",
  "job.create": "team",
  "job.read": "both",
  "job.update": "team",
  "job.complete": "team",
  "job.abandon": "both",
  "call.run": "team",
  "call.cancel": "both",
  "call.read": "both",
  "circuit.read": "admin",
  "metrics.read": "admin",
};

/** "allowed", or the code of the refusal. */
function answerTo(viewer: Viewer, action: Action): string {
  try {
    authorize(viewer, action);
    return "allowed";
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return error.code;
  }
}

describe.each(Object.entries(WHO_MAY) as [Action, "admin" | "team" | "both"][])("%s", (action, who) => {
  it("is refused to anonymous clients and to a suspended team, whoever else may", () => {
    expect(answerTo(ANONYMOUS, action)).toBe("UNAUTHENTICATED");
    expect(answerTo(SUSPENDED, action)).toBe("TEAM_SUSPENDED");
  });

  it(`is for ${who === "both" ? "the admin and teams" : who === "admin" ? "the admin" : "teams"}`, () => {
    expect(answerTo(ADMIN, action)).toBe(who === "team" ? "FORBIDDEN" : "allowed");
    expect(answerTo(TEAM, action)).toBe(who === "admin" ? "FORBIDDEN" : "allowed");
  });
});

it("A refusal names the kind of credential and the action.", () => {
  expect(() => authorize(TEAM, "team.create")).toThrow("A team's virtual key may not do this (team.create).");
  expect(() => authorize(ADMIN, "call.run")).toThrow("The admin key may not do this (call.run).");
});

it("The admin reaches what belongs to any team, and a team only what is its own.", () => {
  expect(mayReach(ADMIN, "t1")).toBe(true);
  expect(mayReach(TEAM, "t1")).toBe(true);
  expect(mayReach(TEAM, "t2")).toBe(false);
  expect(mayReach(TEAM, TEAM.organizationId)).toBe(false);
});

it("The ledger names the admin, or the key rather than the team.", () => {
  expect(actorOf(ADMIN)).toBe("admin");
  expect(actorOf(TEAM)).toBe("key:k1");
});
