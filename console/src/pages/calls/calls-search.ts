import type { ErrorCode, LlmCallErrorsInput, LlmCallFilter, LlmCallStatus } from "../../api/graphql";
import { type PeriodSearch, type Range, readPeriod } from "../../period/period";
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
  "OVERLOADED",
  "TEAM_SUSPENDED",
  "UNAVAILABLE",
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
  /** The id of the call that is shown beside the list. */
  readonly call?: string;
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
    ...textIn(search, "call"),
  };
}

/** Returns the filter of the API that says the same. */
export function callFilterOf(search: CallsSearch, { from, to }: Range): LlmCallFilter {
  const { status, code, model, error } = search;
  return {
    createdAfter: from.toISOString(),
    createdBefore: to.toISOString(),
    ...whereOf(search),
    ...(status && { status }),
    ...(code && { errorCodes: code }),
    ...(model && { models: [model] }),
    ...(error && { errorText: error }),
  };
}

const whereOf = ({ team, type, group }: CallsSearch) => ({
  ...(team && { teamIds: [team] }),
  ...(type && { jobTypes: [type] }),
  ...(group && { modelGroups: [group] }),
});

const ERRORS_MAX_MS = 31 * 24 * 3_600_000;

/** Returns which errors are counted: those of the same work, by all codes and models. It is 31 days at most. */
export function errorsInputOf(search: CallsSearch, { from, to }: Range): LlmCallErrorsInput {
  const earliest = new Date(Math.max(from.getTime(), to.getTime() - ERRORS_MAX_MS));
  return { from: earliest.toISOString(), to: to.toISOString(), filter: whereOf(search), first: 20 };
}

/** Whether errors are counted at all: not among calls that have none, nor by words of their messages. */
export const hasErrors = ({ status, error }: CallsSearch): boolean =>
  error === undefined && (status === undefined || status.includes("FAILED") || status.includes("CANCELLED"));
