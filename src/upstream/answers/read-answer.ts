import { isOfAnswer, type Part } from "../provider.js";
import { formOf } from "./answer-form.js";
import type { AnswerReading, AnswerSource } from "./answer-reading.js";

export interface AnswerBody extends AnswerSource {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Breaks the connection off, so that the bytes end with an error. */
  readonly breakOff: () => void;
}

/** How long a whole answer waits for what may follow it, such as its usage, while its connection stays open. */
const REST_WAIT_MS = 2_000;

/**
 * Yields the parts of an answer as they arrive, those of one piece of its bytes together, and ends with `finish` if the
 * answer is whole. What happens to the connection after that takes nothing away: it may break, stay open or end in the
 * middle of a line. Throws UpstreamError: `truncated` if the answer just stops, `malformed` if it is none, or the kind that
 * an error inside the answer means.
 */
export async function* readAnswer(
  body: AnswerBody,
  reader: AnswerReading,
): AsyncGenerator<readonly Part[], void, undefined> {
  const incoming = new Incoming(body.bytes);
  const decoder = new TextDecoder();
  let timer: NodeJS.Timeout | undefined;
  let start = "";
  let form = formOf(start, body, reader);
  try {
    for await (const bytes of incoming) {
      const text = decoder.decode(bytes, { stream: true });
      // White space before an answer means nothing, and there may be a lot of it.
      start = form ? "" : (start + text).trimStart();
      const isNew = form === undefined;
      form ??= formOf(start, body, reader);
      const { parts, failure } = collect(form?.read(isNew ? start : text) ?? []);
      yield parts;
      if (failure) throw failure.error;
      if (form?.isDone) break;
      if (reader.isWhole && (!timer || parts.some(isOfAnswer))) {
        clearTimeout(timer);
        timer = setTimeout(body.breakOff, REST_WAIT_MS);
      }
    }
  } finally {
    clearTimeout(timer);
  }
  if (!form) reader.done();
  else if (!form.isDone) {
    const { parts, failure } = collect(form.end());
    yield parts;
    if (failure) throw failure.error;
  }
  if (incoming.failure && !reader.isWhole) throw incoming.failure.error;
  yield reader.end();
}

interface Failure {
  readonly error: unknown;
}

/** Collects parts until there are no more, or until reading them fails. The parts before a failure count. */
function collect(given: Iterable<Part>): { readonly parts: readonly Part[]; readonly failure?: Failure } {
  const parts: Part[] = [];
  try {
    for (const part of given) parts.push(part);
    return { parts };
  } catch (error) {
    return { parts, failure: { error } };
  }
}

/** Bytes that end where they break. The failure is kept, because a whole answer does not need the rest. */
class Incoming {
  failure: Failure | undefined;

  constructor(private readonly bytes: AsyncIterable<Uint8Array>) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      yield* this.bytes;
    } catch (error) {
      this.failure = { error };
    }
  }
}
