import { describe, expect, it } from "vitest";
import { type Action, authorize, reachOf } from "../../src/auth/policy.js";
import { reachesAllOf, reachesOrganization, reachesTeam } from "../../src/auth/reach.js";
import {
  type AdminViewer,
  ANONYMOUS,
  actorOf,
  adminOf,
  authorityOf,
  credentialOf,
  type OrganizationViewer,
  scopeOf,
  type TeamViewer,
  type Viewer,
} from "../../src/auth/viewer.js";
import { DomainError } from "../../src/lib/errors.js";

const ADMIN = adminOf("r1");
const TEAM: TeamViewer = {
  requestId: "r1",
  kind: "team",
  keyId: "k1",
  teamId: "t1",
  organizationId: "o1",
  suspended: null,
  rotation: 0,
  modelGroups: null,
  limits: [],
};
const ORGANIZATION: OrganizationViewer = {
  requestId: "r1",
  kind: "organization",
  keyId: "k2",
  organizationId: "o1",
  suspended: null,
};

const PERSON = { subject: "s1", name: "Ann", expiresAt: new Date(0) };
const ADMIN_PERSON: AdminViewer = { ...ADMIN, person: { ...PERSON, role: "ADMIN" } };
const ORGANIZATION_PERSON: OrganizationViewer = {
  ...ORGANIZATION,
  keyId: null,
  person: { ...PERSON, role: "ORGANIZATION" },
};
const READERS: readonly Viewer[] = [
  { ...ADMIN, person: { ...PERSON, role: "VIEWER" } },
  { ...ORGANIZATION, keyId: null, person: { ...PERSON, role: "VIEWER" } },
];
/** What a person with the role VIEWER may do, if the holder of the key may. */
const READING =
  /^(viewer|organization|modelGroup|modelPrice|team|credits|job|call|webhook|circuit|usage|metrics|audit|system)\.(read|readDetails|totals|audit|check)$/;

/** Who may, said a second time: the compiler wants a line here for each action, and a change of the policy one change more. */
const MANAGERS = "admin, organization";
const ALL = "admin, organization, team";
const WHO_MAY: Readonly<Record<Action, string>> = {
  "viewer.read": ALL,
  "organization.create": "admin",
  "organization.read": ALL,
  "organization.readDetails": MANAGERS,
  "organization.update": "admin",
  "organization.suspend": "admin",
  "organization.delete": "admin",
  "organizationKey.create": "admin",
  "organizationKey.revoke": "admin",
  "modelGroup.create": "admin",
  "modelGroup.update": "admin",
  "modelGroup.delete": "admin",
  "modelGroup.read": ALL,
  "modelPrice.set": "admin",
  "modelPrice.remove": "admin",
  "modelPrice.read": "admin",
  "team.create": MANAGERS,
  "team.read": ALL,
  "team.update": MANAGERS,
  "team.bill": "admin",
  "team.suspend": MANAGERS,
  "team.delete": MANAGERS,
  "key.create": MANAGERS,
  "key.update": MANAGERS,
  "key.revoke": MANAGERS,
  "key.rotate": ALL,
  "credits.add": MANAGERS,
  "credits.topUp": ALL,
  "credits.adjust": "admin",
  "credits.grantPool": "admin",
  "credits.transfer": MANAGERS,
  "credits.totals": "admin",
  "credits.audit": ALL,
  "credits.read": ALL,
  "job.create": "team",
  "job.read": ALL,
  "job.update": "team",
  "job.complete": "team",
  "job.abandon": ALL,
  "call.run": "team",
  "call.cancel": ALL,
  "call.read": ALL,
  "response.delete": "team",
  "webhook.create": MANAGERS,
  "webhook.read": MANAGERS,
  "webhook.update": MANAGERS,
  "webhook.delete": MANAGERS,
  "circuit.read": "admin",
  "usage.read": ALL,
  "metrics.read": "admin",
  "system.read": "admin",
  "audit.read": MANAGERS,
  "audit.check": "admin",
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

describe.each(Object.entries(WHO_MAY) as [Action, string][])("%s", (action, who) => {
  it("is refused to anonymous clients and to the suspended, whoever else may", () => {
    expect(answerTo(ANONYMOUS, action)).toBe("UNAUTHENTICATED");
    expect(answerTo({ ...TEAM, suspended: "TEAM" }, action)).toBe("TEAM_SUSPENDED");
    expect(answerTo({ ...ORGANIZATION, suspended: "ORGANIZATION" }, action)).toBe("TEAM_SUSPENDED");
  });

  it(`is for ${who}`, () => {
    const may = [ADMIN, ORGANIZATION, TEAM].filter((viewer) => answerTo(viewer, action) === "allowed");
    expect(may.map(({ kind }) => kind).join(", ")).toBe(who);
    const mayNot = [ADMIN, ORGANIZATION, TEAM].filter((viewer) => !may.includes(viewer));
    expect(mayNot.map((viewer) => answerTo(viewer, action))).toEqual(mayNot.map(() => "FORBIDDEN"));
  });

  it("is for people as it is for the keys of their role, and for a VIEWER only if it changes nothing", () => {
    expect(answerTo(ADMIN_PERSON, action)).toBe(answerTo(ADMIN, action));
    expect(answerTo(ORGANIZATION_PERSON, action)).toBe(answerTo(ORGANIZATION, action));
    const ofKeys = [ADMIN, ORGANIZATION].map((viewer) =>
      READING.test(action) ? answerTo(viewer, action) : "FORBIDDEN",
    );
    expect(READERS.map((viewer) => answerTo(viewer, action))).toEqual(ofKeys);
  });
});

it("A refusal names the kind of credential and the action, and what an organization works with instead.", () => {
  expect(() => authorize(TEAM, "team.create")).toThrow("A team's virtual key may not do this (team.create).");
  expect(() => authorize(ADMIN, "call.run")).toThrow(/^The admin key may not do this \(call.run\).$/);
  for (const action of ["call.run", "job.create"] as const)
    expect(() => authorize(ORGANIZATION, action)).toThrow(
      `An organization's key may not do this (${action}). Use a virtual key of one of its teams.`,
    );
  expect(() => authorize(ORGANIZATION, "circuit.read")).toThrow(/\(circuit.read\).$/);
});

describe("what is reached", () => {
  const own = { teamId: "t1", organizationId: "o1" };
  const sibling = { teamId: "t2", organizationId: "o1" };
  const strange = { teamId: "t3", organizationId: "o2" };
  // A team may have the id of an organization, its own or another one.
  const namesakes = [
    { teamId: "o1", organizationId: "o2" },
    { teamId: "o1", organizationId: "t1" },
  ];
  const teamsOf = (viewer: typeof ADMIN | typeof ORGANIZATION | typeof TEAM) =>
    [own, sibling, strange, ...namesakes].filter((team) => reachesTeam(reachOf(viewer), team));

  it("is any team to the admin, all of its teams to an organization, and only itself to a team", () => {
    expect(teamsOf(ADMIN)).toEqual([own, sibling, strange, ...namesakes]);
    expect(teamsOf(ORGANIZATION)).toEqual([own, sibling]);
    expect(teamsOf(TEAM)).toEqual([own]);
  });

  it("is a team that is deleted to the admin alone", () => {
    const deleted = { ...own, teamStatus: "DELETED" } as const;
    expect([ADMIN, ORGANIZATION, TEAM].map((viewer) => reachesTeam(reachOf(viewer), deleted))).toEqual([
      true,
      false,
      false,
    ]);
    for (const teamStatus of ["ACTIVE", "SUSPENDED"] as const)
      expect(reachesTeam(reachOf(ORGANIZATION), { ...own, teamStatus })).toBe(true);
  });

  it("is any organization to the admin, and otherwise the own one, which a team does not reach as a whole", () => {
    for (const viewer of [ADMIN, ORGANIZATION, TEAM]) {
      expect(reachesOrganization(reachOf(viewer), "o1")).toBe(true);
      expect(reachesOrganization(reachOf(viewer), "o2")).toBe(viewer === ADMIN);
      expect(reachesOrganization(reachOf(viewer), "t1")).toBe(viewer === ADMIN);
      expect(reachesAllOf(reachOf(viewer), "o1")).toBe(viewer !== TEAM);
      expect(reachesAllOf(reachOf(viewer), "o2")).toBe(viewer === ADMIN);
    }
  });
});

it("The ledger names a person, limits count by the person, and what has the right of a role is of the role.", () => {
  const people = [ADMIN_PERSON, ORGANIZATION_PERSON] as const;
  expect(people.map(actorOf)).toEqual(["person:s1", "person:s1"]);
  expect(people.map(credentialOf)).toEqual(["person:s1", "person:s1"]);
  expect(people.map(scopeOf)).toEqual(["admin", "organization:o1"]);
  // A process of an older version reads these: what does not begin with "orgkey:" is a team's to it.
  expect(people.map(authorityOf)).toEqual(["admin", "orgkey:s1"]);
  expect([ADMIN, ORGANIZATION, TEAM].map(authorityOf)).toEqual(["admin", "orgkey:k2", "key:k1"]);
});

it("The ledger names the admin or the key, limits count by the key, and idempotency keys are of their holder.", () => {
  const viewers = [ADMIN, ORGANIZATION, TEAM];
  expect(viewers.map(actorOf)).toEqual(["admin", "orgkey:k2", "key:k1"]);
  expect([ANONYMOUS, ...viewers].map(credentialOf)).toEqual(["anonymous", "admin", "orgkey:k2", "key:k1"]);
  expect(viewers.map(scopeOf)).toEqual(["admin", "organization:o1", "team:t1"]);
});
