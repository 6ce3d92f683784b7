import type { Logger } from "../lib/log.js";
import { formatUsd } from "../lib/money.js";
import type { Events } from "../lib/observe/events.js";
import type { AttemptEnded, CallSettled, RequestEnded } from "../lib/observe/facts.js";

/**
 * Writes one line for each request, and one for each settled call. A request that the gateway failed is a warning. Pages
 * and probes are logged at the level debug, because a probe comes every few seconds.
 */
export function logWork(events: Events, log: Logger): void {
  events.on("request", (request) => {
    const level = request.status >= 500 ? "warn" : request.door === "other" ? "debug" : "info";
    if (log.isLevelEnabled(level)) log[level](lineOfRequest(request), "A request has ended.");
  });
  events.on("call", (call) => {
    if (log.isLevelEnabled("info")) log.info(lineOfCall(call), "A call was settled.");
  });
}

function lineOfRequest({ ms, isAborted, ...names }: RequestEnded): object {
  return { ...present(names), ms: rounded(ms), ...(isAborted && { isAborted }) };
}

function lineOfCall({ attempts, costNanoUsd, ...call }: CallSettled): object {
  return {
    ...present(call),
    ...(costNanoUsd !== null && { costUsd: formatUsd(costNanoUsd) }),
    attempts: attempts.map(lineOfAttempt),
  };
}

const lineOfAttempt = ({ model, status, errorKind, ms }: AttemptEnded): object =>
  present({ model, status, errorKind, ms });

/** Leaves out what is null. */
const present = (fields: object): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));

const rounded = (ms: number): number => Math.round(ms * 10) / 10;
