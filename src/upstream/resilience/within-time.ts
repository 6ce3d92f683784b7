import { UpstreamError } from "../failure/upstream-error.js";
import { type ChatRequest, isOfAnswer, type JsonRequest, type Part, type Provider } from "../provider.js";

export interface TimeLimits {
  /** Milliseconds from asking to the first part of the answer: text, reasoning or a piece of a tool call. */
  readonly firstTokenTimeoutMs: number;
  /** Milliseconds from one sign of life to the next, after the first part of the answer. */
  readonly idleTimeoutMs: number;
}

/**
 * Yields a provider's parts as long as they come in time. If the first part of the answer, or anything after it, is late,
 * it throws a `timeout` of the upstream and closes the connection. Time in which nobody asks for the next parts does not
 * count towards the idle limit.
 */
export async function* withinTime(
  provider: Provider,
  request: ChatRequest | JsonRequest,
  signal: AbortSignal,
  limits: TimeLimits,
  onSent?: () => void,
): AsyncGenerator<readonly Part[], void, undefined> {
  const end = new AbortController();
  const follow = () => end.abort(signal.reason);
  if (signal.aborted) follow();
  signal.addEventListener("abort", follow);
  const parts = ask(provider, request, end.signal, onSent)[Symbol.asyncIterator]();
  const after = (ms: number) => setTimeout(() => end.abort(new UpstreamError("timeout", request.model)), ms);
  let timer = after(limits.firstTokenTimeoutMs);
  let hasBegun = false;
  try {
    for (;;) {
      const { done, value } = await parts.next();
      hasBegun ||= !done && value.some(isOfAnswer);
      if (hasBegun) clearTimeout(timer);
      if (done) return;
      yield value;
      if (hasBegun) timer = after(limits.idleTimeoutMs);
    }
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", follow);
    await parts.return?.();
  }
}

function ask(
  provider: Provider,
  request: ChatRequest | JsonRequest,
  signal: AbortSignal,
  onSent?: () => void,
): AsyncIterable<readonly Part[]> {
  if (!("endpoint" in request)) return provider.stream(request, signal, onSent);
  return provider.askJson?.(request, signal, onSent) ?? notOffered(request.model);
}

// biome-ignore lint/correctness/useYield: it never has anything to say.
async function* notOffered(model: string): AsyncGenerator<never, void, undefined> {
  throw new UpstreamError("not-offered", model);
}
