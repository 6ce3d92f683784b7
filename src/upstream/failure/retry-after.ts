import type { IncomingHttpHeaders } from "node:http";

/** An upstream that asks for more counts as down. A caller should turn to the next model instead of waiting. */
const RETRY_AFTER_MAX_MS = 600_000;

/**
 * Returns how long an answer asks us to wait, in milliseconds and at most ten minutes. It reads `retry-after-ms`
 * (OpenAI, Azure), or `retry-after` in seconds or as a date. Returns undefined if the answer does not ask, or cannot be
 * understood. A date is compared with the answer's own `date` header, if it has one, so that a wrong clock does not
 * matter.
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
