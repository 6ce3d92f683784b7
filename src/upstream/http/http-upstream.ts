import type { IncomingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";
import { type Dispatcher, Pool } from "undici";
import { orAborted } from "../../lib/async/abortable.js";
import { parseJson } from "../../lib/json/unknown-json.js";
import { traceHeaders } from "../../lib/observe/tracing.js";
import { type AnswerReading, type AnswerSource, usageTold } from "../answers/answer-reading.js";
import { readAnswer } from "../answers/read-answer.js";
import { classifyHttpFailure } from "../failure/http-failure.js";
import { classifyTransportFailure } from "../failure/transport-failure.js";
import { UpstreamError } from "../failure/upstream-error.js";
import type { Part } from "../provider.js";
import { BodyEnds } from "./body-ends.js";
import { decodedBody } from "./decoded-body.js";
import { LargeAnswer } from "./large-answer.js";

/** No answer of text is nearly this long. An upstream that sends more could fill the memory that all calls share. */
const ANSWER_MAX_BYTES = 32 * 1024 * 1024;
/** Enough for the JSON of any error. The rest of a long error page is not read. */
const ERROR_MAX_BYTES = 64 * 1024;
/** A host that takes longer to accept a connection counts as down. */
const CONNECT_TIMEOUT_MS = 10_000;

/** Where an upstream is, and what each request to it carries. */
export interface HttpAddress {
  /** The address to which paths are added, such as http://localhost:8002/v1. A query in it is kept. */
  readonly url: string;
  /** Headers of each request, the credential among them. Their values are hidden if the upstream repeats them. */
  readonly headers: Readonly<Record<string, string>>;
}

/** One request: what is asked, and how its answer is read. */
export interface HttpQuestion {
  readonly model: string;
  /** Added to the address, such as "/chat/completions". It may have a query of its own. */
  readonly path: string;
  readonly body: string;
  readonly signal: AbortSignal;
  readonly onSent?: (() => void) | undefined;
  /**
   * The most bytes that the answer may have, if it comes in one piece and may be larger than any text: vectors are. 32 MiB if
   * it is not given.
   */
  readonly answerMaxBytes?: number;
  readonly readingOf: (source: AnswerSource) => AnswerReading;
}

/**
 * An upstream that answers POST requests of JSON with one JSON answer or with a stream of its pieces, of at most 32 MiB. It
 * follows no redirect. An abort closes the connection of the request and throws the signal's reason. Everything else that
 * goes wrong is an UpstreamError. Throws TypeError if the URL is not valid.
 */
export class HttpUpstream {
  readonly address: { readonly host: string; readonly port: number };
  /** The address without its query, for people. */
  readonly shownUrl: string;
  private readonly endpoint: URL;
  private readonly base: string;
  private readonly secrets: readonly string[];
  private readonly pool: Pool;
  private readonly ends = new BodyEnds();
  private closed: Promise<void> | undefined;

  constructor(private readonly given: HttpAddress) {
    const endpoint = new URL(given.url);
    if (!/^https?:$/.test(endpoint.protocol))
      throw new TypeError("The upstream's URL must start with http: or https:.");
    this.endpoint = endpoint;
    this.base = endpoint.pathname.replace(/\/+$/, "");
    this.shownUrl = `${endpoint.origin}${this.base}`;
    this.address = {
      host: endpoint.hostname,
      port: Number(endpoint.port || (endpoint.protocol === "https:" ? 443 : 80)),
    };
    this.secrets = Object.values(given.headers).flatMap(secretsIn);
    this.pool = new TellingPool(endpoint.origin, {
      // The caller limits how long an answer may take, with the signal.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: { timeout: CONNECT_TIMEOUT_MS },
    });
  }

  /** Yields the parts of one answer as they arrive, those of one piece of its bytes together. */
  async *ask(question: HttpQuestion): AsyncGenerator<readonly Part[], void, undefined> {
    const { model, signal, answerMaxBytes } = question;
    const { secrets } = this;
    signal.throwIfAborted();
    // Undici notices an abort only once it has a connection, which takes as long as the upstream's host does not answer.
    const answer = await orAborted(signal, this.post(question)).catch((error: unknown) => {
      signal.throwIfAborted();
      throw classifyTransportFailure(model, error, "before-answer");
    });
    const { statusCode: status } = answer;
    const headers = answer.headers as IncomingHttpHeaders;
    const source = { model, status, headers, secrets };
    if (status < 200 || status > 299) {
      const text = await textOfFailure(answer, signal);
      const used = usageTold(parseJson(text), question.readingOf(source));
      if (used.length > 0) yield used;
      throw classifyHttpFailure({ ...source, body: text });
    }
    // An error that comes while nobody reads must not end the process. Its reader gets it all the same.
    const body = bodyIn(answer).on("error", () => undefined);
    const breakOff = () => void answer.body.destroy(new Error("The answer was whole."));
    // All others are streams, of which only a piece is in memory, or small.
    const large = answerMaxBytes === undefined ? undefined : new LargeAnswer(signal);
    const maxBytes = answerMaxBytes ?? ANSWER_MAX_BYTES;
    let isWhole = false;
    try {
      yield* readAnswer(
        { ...source, bytes: bytesOf(model, body, signal, { maxBytes, large }), breakOff },
        question.readingOf(source),
      );
      isWhole = true;
    } catch (error) {
      if (error instanceof UpstreamError || signal.aborted) throw error;
      // Whatever an answer can do to its reader, it is the upstream's failure, and the next model may answer.
      throw new UpstreamError("malformed", model, { status, cause: error });
    } finally {
      large?.end();
      if (isWhole) this.ends.take(body);
      else body.destroy();
    }
  }

  close(): Promise<void> {
    this.ends.close();
    this.closed ??= this.pool.close();
    return this.closed;
  }

  private post({ path, body, signal, onSent }: HttpQuestion): Promise<Answer> {
    return this.pool.request<OnSent>({
      method: "POST",
      path: `${this.base}${withQuery(path, this.endpoint.search)}`,
      headers: {
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        // An answer comes in small pieces that should arrive at once.
        "accept-encoding": "identity",
        ...this.given.headers,
        ...traceHeaders(),
      },
      body,
      signal,
      opaque: onSent,
    });
  }
}

/** The words of a header but its scheme. Servers that need no key get one such as "EMPTY", which is nothing to hide. */
const secretsIn = (value: string): string[] => value.split(/\s+/).filter((word) => word.length >= 8);

const withQuery = (path: string, search: string): string =>
  path.includes("?") ? path + search.replace("?", "&") : path + search;

type Answer = Dispatcher.ResponseData<OnSent>;
type OnSent = (() => void) | undefined;

/**
 * Calls the `opaque` of a request, which undici leaves alone, right before the request is written. That is once there is a
 * connection for it. An interceptor could do the same, but takes the headers of each answer apart and builds them anew.
 */
class TellingPool extends Pool {
  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const { opaque: onSent } = options as Dispatcher.RequestOptions<OnSent>;
    return super.dispatch(options, Object.assign(handler, { onSent, onConnect: tellAndConnect }));
  }
}

type Telling = Dispatcher.DispatchHandler & { readonly onSent: OnSent };

/** It is no closure, because undici keeps the handler of a request for a while, and with it all that a closure refers to. */
function tellAndConnect(this: Telling, ...given: Parameters<Required<Telling>["onConnect"]>): void {
  this.onSent?.();
  (Object.getPrototypeOf(this) as Telling).onConnect?.apply(this, given);
}

/** Yields the bytes of an answer, and leaves its body open. Throws if there are more than the limit of any answer. */
async function* bytesOf(
  model: string,
  body: Readable,
  signal: AbortSignal,
  { maxBytes, large }: { readonly maxBytes: number; readonly large: LargeAnswer | undefined },
): AsyncGenerator<Buffer> {
  let bytes = 0;
  try {
    for await (const chunk of body.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length;
      if (bytes > maxBytes) break;
      const turn = large?.grow(bytes);
      if (turn) await turn;
      yield chunk;
    }
  } catch (error) {
    signal.throwIfAborted();
    throw classifyTransportFailure(model, error, "in-answer");
  }
  if (bytes > maxBytes)
    throw new UpstreamError("malformed", model, { cause: new Error(`More than ${maxBytes} bytes.`) });
}

/** What an answer says that is an error by its status. If it cannot be read to its end, the status alone decides. */
async function textOfFailure(answer: Answer, signal: AbortSignal): Promise<string> {
  const text = await read(answer, ERROR_MAX_BYTES).catch(() => "");
  signal.throwIfAborted();
  return text;
}

/** Reads at most `maxBytes` bytes. Leaving the loop before the end closes the connection. */
async function read(answer: Answer, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of bodyIn(answer)) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > maxBytes) break;
  }
  return new TextDecoder().decode(Buffer.concat(chunks).subarray(0, maxBytes));
}

const bodyIn = ({ body, headers }: Answer): Readable => decodedBody(body, headers["content-encoding"]?.toString());
