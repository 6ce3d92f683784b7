import { describe, expect, test } from "vitest";
import { errorsInputOf, hasErrors, readCallsSearch } from "../../src/pages/calls/calls-search";
import { jobFilterOf, metadataOf, readJobsSearch } from "../../src/pages/jobs/jobs-search";

const RANGE = { from: new Date("2026-09-01T00:00:00Z"), to: new Date("2026-11-03T00:00:00Z") };

describe("filters in the address", () => {
  test("What is no filter is left out, and a number is the text that it looks like", () => {
    const search = readJobsSearch({ status: ["FAILED", "LOST"], type: 404, metadata: ["a"], team: "", error: null });
    expect(search).toEqual({ status: ["FAILED"], type: "404" });
  });

  test("All filters of jobs reach the API", () => {
    const metadata = { customer: "acme", tags: ["a"] };
    const search = readJobsSearch({ status: "FAILED", team: "t", type: "x", key: "k", metadata, error: "rate lim" });
    expect(jobFilterOf(search, RANGE)).toEqual({
      createdAfter: "2026-09-01T00:00:00.000Z",
      createdBefore: "2026-11-03T00:00:00.000Z",
      status: ["FAILED"],
      teamIds: ["t"],
      jobType: "x",
      keyIds: ["k"],
      metadataContains: metadata,
      errorText: "rate lim",
    });
  });

  test.each([
    ['{"customer":"acme"}', { customer: "acme" }],
    [{ customer: "acme" }, { customer: "acme" }],
    ["{}", {}],
    ["{customer", null],
    ["[1]", null],
    ['"text"', null],
    ["null", null],
    [7, null],
  ])("%j as metadata is %j", (typed, metadata) => {
    expect(metadataOf(typed)).toEqual(metadata);
  });

  test("Errors are counted for 31 days at most, of the same work, by all codes and models", () => {
    const search = readCallsSearch({ team: "t", type: "x", group: "g", code: "CANCELLED", model: "m", call: "c" });
    expect(errorsInputOf(search, RANGE)).toEqual({
      from: "2026-10-03T00:00:00.000Z",
      to: "2026-11-03T00:00:00.000Z",
      filter: { teamIds: ["t"], jobTypes: ["x"], modelGroups: ["g"] },
      first: 20,
    });
  });

  test("Errors are not counted among calls that have none, nor by words", () => {
    expect(
      [{}, { status: ["FAILED"] }, { status: ["RUNNING", "CANCELLED"] }].map(readCallsSearch).map(hasErrors),
    ).toEqual([true, true, true]);
    expect([{ status: ["SUCCEEDED"] }, { error: "rate" }].map(readCallsSearch).map(hasErrors)).toEqual([false, false]);
  });
});
