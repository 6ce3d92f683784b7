import { describe, expect, test } from "vitest";
import { filterOf } from "../src/pages/organizations/keys/keys-filter";
import { readOrganizationSearch, readOrganizationsSearch } from "../src/pages/organizations/organizations-search";
import { renewed } from "../src/pages/webhooks/deliveries/renewed";
import { readDeliveriesSearch } from "../src/pages/webhooks/webhooks-search";

describe("the addresses of organizations and webhooks", () => {
  test("have only what is known", () => {
    expect(readOrganizationsSearch({ status: "SUSPENDED" })).toEqual({ status: "SUSPENDED" });
    expect(readOrganizationsSearch({ status: "GONE" })).toEqual({});
    expect(readDeliveriesSearch({ status: "FAILED", event: "WEBHOOK_TEST" })).toEqual({
      status: "FAILED",
      event: "WEBHOOK_TEST",
    });
    expect(readDeliveriesSearch({ status: "LOST", event: 7 })).toEqual({});
  });

  test("say which keys are listed", () => {
    const search = readOrganizationSearch({ tab: "team-keys", status: "ACTIVE", unusedDays: 30, without: "limit" });
    expect(search).toEqual({ tab: "team-keys", status: "ACTIVE", unusedDays: 30, without: ["limit"] });
    expect(readOrganizationSearch({ unusedDays: -1, without: ["all"], status: "" })).toEqual({});
  });

  test("become the filter of the API, which stays the same within an hour", () => {
    const search = { status: "ACTIVE", unusedDays: 7, without: ["expiry", "limit"] } as const;
    const filter = {
      status: ["ACTIVE"],
      unusedSince: "2026-11-23T14:00:00.000Z",
      withoutExpiry: true,
      withoutLimit: true,
    };
    for (const now of ["2026-11-30T14:00:00Z", "2026-11-30T14:59:59Z"])
      expect(filterOf(search, new Date(now))).toEqual(filter);
    expect(filterOf({}, new Date())).toEqual({});
  });
});

describe("deliveries whose newest page is read anew", () => {
  const page = (ids: string, hasNextPage: boolean) => ({
    edges: [...ids].map((id) => ({ node: { id } })),
    pageInfo: { hasNextPage, endCursor: ids.at(-1) ?? null },
  });
  type Page = Parameters<typeof renewed>[0];
  const idsOf = (before: object, newest: object) => {
    const { edges, pageInfo } = renewed(before as Page, newest as Page);
    return [edges.map(({ node }) => node.id).join(""), pageInfo.hasNextPage, pageInfo.endCursor];
  };

  test.each([
    ["keep the pages behind it", page("cdefg", true), page("abcd", true), ["abcdefg", true, "g"]],
    ["are the newest page if it is all", page("cdefg", true), page("abc", false), ["abc", false, "c"]],
    ["are the newest page if that ends where they end", page("cd", false), page("bcd", true), ["bcd", true, "d"]],
    ["begin anew if more has come than a page has", page("xyz", true), page("abcd", true), ["abcd", true, "d"]],
    ["are none if none is left", page("xyz", true), page("", false), ["", false, null]],
  ])("%s", (_, before, newest, expected) => {
    expect(idsOf(before, newest)).toEqual(expected);
  });
});
