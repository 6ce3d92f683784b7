import type { Events } from "../../lib/observe/events.js";
import { ConcurrencyLimit } from "./concurrency-limit.js";
import { limitReached } from "./limit-refusal.js";

/** Sockets and event streams that may be open at once for one credential. */
const STREAMS_OF_CREDENTIAL_MAX = 2_000;

/** Streams of one call that may be open at once with tokens. Whoever is given a token must not use up what its key may open. */
const STREAMS_OF_TOKENS_MAX = 100;

/** The limit of open streams. Its holder is a credential (`credentialOf`). Beyond it a stream is RATE_LIMITED. */
export const openStreamsLimit = (events: Events): ConcurrencyLimit =>
  new ConcurrencyLimit({
    max: Number.POSITIVE_INFINITY,
    maxOfHolder: STREAMS_OF_CREDENTIAL_MAX,
    refusal: (held = STREAMS_OF_CREDENTIAL_MAX) =>
      limitReached(events, {
        limit: "CONCURRENCY",
        of: "KEY",
        allowed: STREAMS_OF_CREDENTIAL_MAX,
        used: held,
        message: `The key has ${held} open streams, which is the most it may have. Close one, and try again.`,
      }),
  });

/** The limit of streams that are opened with tokens instead of keys. Its holder is the call that they follow. */
export const tokenStreamsLimit = (events: Events): ConcurrencyLimit =>
  new ConcurrencyLimit({
    max: Number.POSITIVE_INFINITY,
    maxOfHolder: STREAMS_OF_TOKENS_MAX,
    refusal: (held = STREAMS_OF_TOKENS_MAX) =>
      limitReached(events, {
        limit: "CONCURRENCY",
        of: "KEY",
        allowed: STREAMS_OF_TOKENS_MAX,
        used: held,
        message: `The call has ${held} streams that were opened with a token, which is the most it may have. Close one, and try again.`,
      }),
  });
