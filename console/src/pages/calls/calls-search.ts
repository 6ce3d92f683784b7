import type { ErrorCode, LlmCallStatus } from "../../api/graphql";
import { type PeriodSearch, readPeriod } from "../../period/period";
import { choicesIn, textIn } from "../../search";

export const CALL_STATUSES: readonly LlmCallStatus[] = ["RUNNING", "SUCCEEDED", "FAILED", "CANCELLED"];

/** The errors that a call can end with. */
export const CALL_ERRORS: readonly ErrorCode[] = [
  "UPSTREAM_FAILED",
  "UPSTREAM_RATE_LIMITED",
  "UPSTREAM_REJECTED",
  "UPSTREAM_TIMEOUT",
  "BUDGET_EXCEEDED",
  "CANCELLED",
  "GATEWAY_RESTARTED",
  "INTERNAL",
];

/** Which calls are listed, as the address has it. */
export interface CallsSearch extends PeriodSearch {
  readonly status?: readonly LlmCallStatus[];
  readonly code?: readonly ErrorCode[];
  readonly model?: string;
  readonly group?: string;
  readonly team?: string;
  readonly type?: string;
  readonly error?: string;
}

export function readCallsSearch(search: Record<string, unknown>): CallsSearch {
  return {
    ...readPeriod(search),
    ...choicesIn(search, "status", CALL_STATUSES),
    ...choicesIn(search, "code", CALL_ERRORS),
    ...textIn(search, "model"),
    ...textIn(search, "group"),
    ...textIn(search, "team"),
    ...textIn(search, "type"),
    ...textIn(search, "error"),
  };
}
