import { UpstreamError } from "../failure/upstream-error.js";
import type { ChatRequest, Part, Provider } from "../provider.js";

export interface TimeLimits {
  /** Milliseconds from asking to the first part. */
  readonly firstTokenTimeoutMs: number;
  /** Milliseconds from one part to the next. */
  readonly idleTimeoutMs: number;
}

/**
 * Yields a provider's parts as long as they come in time. If a part is late, it throws a `timeout` of the upstream and
 * closes the connection. Time in which nobody asks for the next part does not count.
 */
export async function* withinTime(
  provider: Provider,
  request: ChatRequest,
  signal: AbortSignal,
  limits: TimeLimits,
): AsyncGenerator<Part, void, undefined> {
  const late = new AbortController();
  const parts = provider.stream(request, AbortSignal.any([signal, late.signal]))[Symbol.asyncIterator]();
  let timer = setTimeout(() => late.abort(new UpstreamError("timeout", request.model)), limits.firstTokenTimeoutMs);
  try {
    for (;;) {
      const { done, value } = await parts.next();
      clearTimeout(timer);
      if (done) return;
      yield value;
      timer = setTimeout(() => late.abort(new UpstreamError("timeout", request.model)), limits.idleTimeoutMs);
    }
  } finally {
    clearTimeout(timer);
    await parts.return?.();
  }
}
