import type { LlmCallRow } from "../../features/calls/call.service.js";
import { DomainError, toErrorCode } from "../../lib/errors.js";
import { isObject } from "../../lib/json/unknown-json.js";

/**
 * Returns if the call succeeded; otherwise throws the error that ended it. A call that still runs passes too, because a
 * door has such a call only if its client went away before the end.
 */
export function requireSucceeded({ status, errorCode, errorMessage, errorData }: LlmCallRow): void {
  if (status === "SUCCEEDED" || status === "RUNNING") return;
  throw new DomainError(toErrorCode(errorCode), errorMessage ?? undefined, isObject(errorData) ? errorData : {});
}
