import { UpstreamError } from "../../../src/upstream/failure/upstream-error.js";
import type { ChatRequest, Part, Provider } from "../../../src/upstream/provider.js";

export const HELLO: ChatRequest = {
  model: "gpt-4",
  messages: [{ role: "user", content: "Hello" }],
  options: {},
  stream: false,
};

const never = new AbortController().signal;

/** The parts of a provider's answer; to "Hello" if nothing else is asked. */
export async function ask(
  to: Provider,
  given: Partial<ChatRequest> = {},
  signal: AbortSignal = never,
): Promise<Part[]> {
  const parts: Part[] = [];
  for await (const together of to.stream({ ...HELLO, ...given }, signal)) parts.push(...together);
  return parts;
}

/** The last usage and cost that the parts tell. */
export function usageOf(parts: readonly Part[]): Omit<Extract<Part, { type: "usage" }>, "type"> {
  const told = parts.filter((part) => part.type === "usage");
  return Object.assign({}, ...told.map(({ type: _, ...usage }) => usage));
}

/** The UpstreamError that something fails with; anything else it does is a failure of the test. */
export async function failure(asked: Promise<unknown>): Promise<UpstreamError> {
  const error = await asked.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof UpstreamError)) throw new Error(`Expected an UpstreamError, got ${String(error)}`);
  return error;
}
