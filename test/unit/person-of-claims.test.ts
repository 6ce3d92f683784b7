import { describe, expect, it } from "vitest";
import { claimOf, personOfClaims } from "../../src/doors/sessions/person-of-claims.js";
import { SignInFailed } from "../../src/doors/sessions/sign-in-failed.js";

const CONFIG = {
  roleClaim: "realm_access.roles",
  adminValues: ["boss"],
  organizationValues: ["customer"],
  viewerValues: ["reader"],
  organizationClaim: "https://example.com/organization",
};
const of = (roles: unknown, more: object = {}) =>
  personOfClaims({ sub: "s1", realm_access: { roles }, ...more }, CONFIG);

describe("What a provider says of a person", () => {
  it("is found by the name of a claim, or by a way into one", () => {
    const claims = { "a.b": 1, a: { b: 2, c: { d: 3 } }, list: ["x"] };
    expect([claimOf(claims, "a.b"), claimOf(claims, "a.c.d"), claimOf(claims, "a.x.d")]).toEqual([1, 3, undefined]);
    for (const name of ["constructor", "a.constructor.name", "__proto__", "toString"])
      expect(claimOf(claims, name), name).toBeUndefined();
  });

  it("makes a role of the values, and the one that may most of several", () => {
    expect(of(["reader", "boss"])).toEqual({ subject: "s1", name: "s1", role: "ADMIN", organizationId: null });
    expect(of("reader")).toMatchObject({ role: "VIEWER", organizationId: null });
    expect(of(["customer", "reader"], { [CONFIG.organizationClaim]: "acme" })).toMatchObject({
      role: "ORGANIZATION",
      organizationId: "acme",
    });
  });

  it("does not limit an admin to an organization", () => {
    expect(of("boss", { [CONFIG.organizationClaim]: "acme" })).toMatchObject({ organizationId: null });
  });

  it("is not taken for less than it says: an organization that is not clear is no reason to show everything", () => {
    for (const organization of ["", [], ["a", "b"], {}, 5, "with blanks"])
      expect(() => of("reader", { [CONFIG.organizationClaim]: organization })).toThrow(SignInFailed);
    expect(of("reader", { [CONFIG.organizationClaim]: null })).toMatchObject({ organizationId: null });
  });

  it("has an id that can be kept, and a name of at most 100 characters", () => {
    for (const sub of [undefined, "", 5, "x".repeat(256), "a\nb", "é"])
      expect(() => of("boss", { sub }), String(sub)).toThrow("PROVIDER_REFUSED");
    expect(of("boss", { name: "n".repeat(200) }).name).toHaveLength(100);
    expect(of("boss", { name: " ", preferred_username: "ann" }).name).toBe("ann");
    expect(of("boss", { name: `${"n".repeat(99)}😀` }).name.isWellFormed()).toBe(true);
  });
});
