import type { IncomingHttpHeaders } from "node:http";

/** An upstream that asks for more is as good as down; a caller should turn to the next model, not wait. */
const RETRY_AFTER_MAX_MS = 600_000;

/**
 * How long an answer asks us to wait, from `retry-after-ms` (OpenAI, Azure) or `retry-after` in seconds or as a date;
 * undefined where it does not ask or cannot be understood, at most ten minutes. A date is read against the answer's
 * own `date` header where there is one, so that a clock that is off does not matter.
 */
export function retryAfterMs(headers: IncomingHttpHeaders, now: Date = new Date()): number | undefined {
  const milliseconds = numberOf(headers["retry-after-ms"]);
  if (milliseconds !== undefined) return bounded(milliseconds);
  const text = headers["retry-after"];
  const seconds = numberOf(text);
  if (seconds !== undefined) return bounded(seconds * 1000);
  const at = Date.parse(text ?? "");
  if (Number.isNaN(at)) return undefined;
  const sent = Date.parse(headers.date ?? "");
  return bounded(at - (Number.isNaN(sent) ? now.getTime() : sent));
}

function numberOf(text: string | string[] | undefined): number | undefined {
  return typeof text === "string" && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}

function bounded(ms: number): number {
  return Math.min(Math.max(0, Math.ceil(ms)), RETRY_AFTER_MAX_MS);
}
