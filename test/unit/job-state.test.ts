import { describe, expect, it } from "vitest";
import {
  decideEnd,
  isTerminal,
  type JobNow,
  requireOpen,
  type TerminalStatus,
} from "../../src/features/jobs/job-state.js";
import { JobStatus } from "../../src/generated/prisma/enums.js";
import { DomainError } from "../../src/lib/errors.js";

const OPEN = ["PENDING", "IN_PROGRESS"] as const;
const TERMINAL = ["COMPLETED", "FAILED", "CANCELLED", "EXPIRED"] as const satisfies TerminalStatus[];

/** What these rules look at; they look at nothing else. */
function job(state: Partial<Pick<JobNow, "status" | "closingAs" | "hasExpired">>): JobNow {
  return { id: "7d1c", status: "IN_PROGRESS", closingAs: null, hasExpired: false, ...state } as JobNow;
}

function refusalOf(attempt: () => unknown): Pick<DomainError, "code" | "message" | "data"> | undefined {
  try {
    attempt();
    return undefined;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { code: error.code, message: error.message, data: error.data };
  }
}

const invalidState = (status: JobStatus, message: string) => ({
  code: "INVALID_STATE",
  message,
  data: { jobId: "7d1c", status },
});

it("A job is open as PENDING and IN_PROGRESS, and terminal in every other state.", () => {
  expect(Object.values(JobStatus).filter(isTerminal)).toEqual(TERMINAL);
  expect(Object.values(JobStatus).filter((status) => !isTerminal(status))).toEqual(OPEN);
});

describe("a job takes calls and changes", () => {
  it.each(OPEN)("while it is %s", (status) => {
    expect(refusalOf(() => requireOpen(job({ status })))).toBeUndefined();
  });

  it.each(TERMINAL)("no longer once it is %s", (status) => {
    expect(refusalOf(() => requireOpen(job({ status })))).toEqual(invalidState(status, `The job is ${status}.`));
  });

  it.each(["FAILED", "CANCELLED", "EXPIRED"] as const)("no longer while it is being closed as %s", (closingAs) => {
    const expected = invalidState("IN_PROGRESS", `The job is being closed as ${closingAs}.`);
    expect(refusalOf(() => requireOpen(job({ closingAs })))).toEqual(expected);
  });

  it("until the moment it expires, whether or not a background task has seen it", () => {
    expect(refusalOf(() => requireOpen(job({ hasExpired: false })))).toBeUndefined();
    const expected = invalidState("IN_PROGRESS", "The job has run out of time.");
    expect(refusalOf(() => requireOpen(job({ hasExpired: true })))).toEqual(expected);
  });
});

describe("a request to end a job", () => {
  it.each(OPEN.flatMap((status) => TERMINAL.map((outcome) => [status, outcome] as const)))(
    "is carried out if the job is %s and is to be %s",
    (status, outcome) => {
      expect(decideEnd(job({ status }), outcome)).toBe("end");
    },
  );

  it.each(TERMINAL)("is answered with the first end if the job is %s already", (status) => {
    expect(decideEnd(job({ status, hasExpired: true }), status)).toBe("repeat");
  });

  it.each(
    TERMINAL.flatMap((status) =>
      TERMINAL.filter((outcome) => outcome !== status).map((outcome) => [status, outcome] as const),
    ),
  )("is refused if the job is %s and is to be %s", (status, outcome) => {
    expect(refusalOf(() => decideEnd(job({ status }), outcome))).toEqual(invalidState(status, `The job is ${status}.`));
  });

  it("is carried out if the job is being closed in that way, even after its time", () => {
    expect(decideEnd(job({ closingAs: "FAILED" }), "FAILED")).toBe("end");
    expect(decideEnd(job({ closingAs: "FAILED", hasExpired: true }), "FAILED")).toBe("end");
  });

  it.each(["COMPLETED", "CANCELLED", "EXPIRED"] as const)(
    "is refused if the job is being closed as FAILED and is to be %s",
    (outcome) => {
      const expected = invalidState("IN_PROGRESS", "The job is being closed as FAILED.");
      expect(refusalOf(() => decideEnd(job({ closingAs: "FAILED" }), outcome))).toEqual(expected);
    },
  );

  it.each(TERMINAL)("is refused if the job's time ran out and it is to be %s", (outcome) => {
    const expected = invalidState("IN_PROGRESS", "The job has run out of time.");
    expect(refusalOf(() => decideEnd(job({ hasExpired: true }), outcome))).toEqual(expected);
  });
});
