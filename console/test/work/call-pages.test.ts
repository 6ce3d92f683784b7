import { expect, test } from "vitest";
import type { CallFactsFragment, LlmCallStatus } from "../../src/api/graphql";
import { type CallPage, keptOf, withPage } from "../../src/pages/jobs/call-pages";
import { shownCallOf } from "../../src/pages/jobs/shown-call";

const page = (hasNextPage: boolean, ...statuses: LlmCallStatus[]): CallPage => ({
  calls: statuses.map((status) => ({ status }) as CallFactsFragment),
  endCursor: "end",
  hasNextPage,
});

test("Pages are kept up to the first that can still change", () => {
  const whole = page(true, "SUCCEEDED", "FAILED");
  const running = page(true, "SUCCEEDED", "RUNNING");
  const last = page(false, "SUCCEEDED");
  expect(keptOf([whole, whole, last])).toEqual([whole, whole]);
  expect(keptOf([whole, running, whole, last])).toEqual([whole]);
  expect(keptOf([])).toEqual([]);
});

test("While pages are read again, those behind are what they were", () => {
  const [one, two, renewed] = [page(true, "RUNNING"), page(false, "RUNNING"), page(true, "SUCCEEDED")];
  expect(withPage([one, two], [renewed])).toEqual([renewed, two]);
  expect(withPage([], [renewed])).toEqual([renewed]);
});

test("The call that is shown first is the newest that runs, or the first that failed, or the last", () => {
  const call = (id: string, status: LlmCallStatus) => ({ id, status });
  const [ok, failed, other] = [call("ok", "SUCCEEDED"), call("failed", "FAILED"), call("other", "FAILED")];
  expect(shownCallOf([ok, call("old", "RUNNING"), failed, call("new", "RUNNING"), ok])).toBe("new");
  expect(shownCallOf([ok, failed, other, ok])).toBe("failed");
  expect(shownCallOf([call("first", "SUCCEEDED"), ok])).toBe("ok");
  expect(shownCallOf([])).toBeUndefined();
});
