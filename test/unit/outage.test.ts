import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Outage } from "../../src/db/postgres/outage.js";
import { LogLines } from "../kit/log-lines.js";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

it("A database that some statements reach and others do not is away until none fails any more.", async () => {
  const lines = new LogLines();
  const outage = new Outage(lines.log);
  const refused = () => outage.watch(Promise.reject(Object.assign(new Error("refused"), { code: "ECONNREFUSED" })));
  const answered = () => outage.watch(Promise.resolve());
  for (let times = 0; times < 50; times++) {
    await expect(refused()).rejects.toThrow("refused");
    await answered();
    vi.advanceTimersByTime(100);
  }
  expect(lines.of("The database is away: refused.")).toHaveLength(1);
  expect(lines.text.split("\n")).toHaveLength(2);
  vi.advanceTimersByTime(1_000);
  await answered();
  await answered();
  expect(lines.of("The database is back after 6.0 s; 50 statements failed meanwhile.")).toHaveLength(1);
  await expect(refused()).rejects.toThrow("refused");
  expect(lines.of("The database is away: refused.")).toHaveLength(2);
});
