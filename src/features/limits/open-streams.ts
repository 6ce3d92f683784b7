import { DomainError } from "../../lib/errors.js";
import { ConcurrencyLimit } from "./concurrency-limit.js";

/** Sockets and event streams that may be open at once for one credential. */
const STREAMS_OF_CREDENTIAL_MAX = 2_000;

/** The limit of open streams. Its holder is a credential (`credentialOf`). Beyond it a stream is RATE_LIMITED. */
export const openStreamsLimit = (): ConcurrencyLimit =>
  new ConcurrencyLimit({
    max: Number.POSITIVE_INFINITY,
    maxOfHolder: STREAMS_OF_CREDENTIAL_MAX,
    refusal: (held) =>
      new DomainError("RATE_LIMITED", `The key has ${held} open streams, which is the most it may have.`),
  });
