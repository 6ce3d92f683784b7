import type { IncomingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";
import { type Dispatcher, Pool } from "undici";
import { orAborted } from "../../lib/async/abortable.js";
import { stringifyExact } from "../../lib/json/exact-json.js";
import { traceHeaders } from "../../lib/observe/tracing.js";
import { classifyHttpFailure, type HttpFailure } from "../failure/http-failure.js";
import { classifyTransportFailure } from "../failure/transport-failure.js";
import { UpstreamError } from "../failure/upstream-error.js";
import type { ChatRequest, Part, Provider } from "../provider.js";
import { BodyEnds } from "./body-ends.js";
import { decodedBody } from "./decoded-body.js";
import { readAnswer } from "./read-answer.js";

/** No answer of text is nearly this long. An upstream that sends more could fill the memory that all calls share. */
const ANSWER_MAX_BYTES = 32 * 1024 * 1024;
/** Enough for the JSON of any error. The rest of a long error page is not read. */
const ERROR_MAX_BYTES = 64 * 1024;
/** A host that takes longer to accept a connection counts as down. */
const CONNECT_TIMEOUT_MS = 10_000;

export interface OpenAiCompatibleOptions {
  /** The address to which `/chat/completions` is added, such as http://localhost:8002/v1. A query in it is kept. */
  readonly url: string;
  readonly apiKey?: string | undefined;
}

/**
 * Opens a provider for a server of OpenAI's chat completions: OpenAI, LiteLLM, vLLM, OpenRouter ... It asks for one
 * JSON answer, or for a stream of its pieces, of at most 32 MiB. It follows no redirect. An abort closes the connection
 * of the request and throws the signal's reason. Everything else that goes wrong is an UpstreamError. Throws TypeError
 * if the URL is not valid.
 */
export function openAiCompatible(options: OpenAiCompatibleOptions): Provider {
  const endpoint = new URL(options.url);
  if (!/^https?:$/.test(endpoint.protocol)) throw new TypeError("The upstream's URL must start with http: or https:.");
  const base = endpoint.pathname.replace(/\/+$/, "");
  const pool = new TellingPool(endpoint.origin, {
    // The caller limits how long an answer may take, with the signal.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: CONNECT_TIMEOUT_MS },
  });
  const post: Post = (body, signal, onSent) =>
    pool.request<OnSent>({
      method: "POST",
      path: `${base}/chat/completions${endpoint.search}`,
      headers: {
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        // An answer comes in small pieces that should arrive at once.
        "accept-encoding": "identity",
        ...(options.apiKey && { authorization: `Bearer ${options.apiKey}` }),
        ...traceHeaders(),
      },
      body,
      signal,
      opaque: onSent,
    });
  const ends = new BodyEnds();
  let closed: Promise<void> | undefined;
  return {
    name: "openai-compatible",
    address: { host: endpoint.hostname, port: Number(endpoint.port || (endpoint.protocol === "https:" ? 443 : 80)) },
    description: `OpenAI-compatible upstream at ${endpoint.origin}${base}`,
    stream: (request, signal, onSent) => ask({ post, ends, apiKey: options.apiKey }, request, signal, onSent),
    close: () => {
      ends.close();
      closed ??= pool.close();
      return closed;
    },
  };
}

type Answer = Dispatcher.ResponseData<OnSent>;
type OnSent = (() => void) | undefined;
type Post = (body: string, signal: AbortSignal, onSent: OnSent) => Promise<Answer>;

interface Upstream {
  readonly post: Post;
  readonly ends: BodyEnds;
  readonly apiKey: string | undefined;
}

async function* ask(
  { post, ends, apiKey }: Upstream,
  request: ChatRequest,
  signal: AbortSignal,
  onSent?: () => void,
): AsyncGenerator<readonly Part[], void, undefined> {
  signal.throwIfAborted();
  const { model } = request;
  // Undici notices an abort only once it has a connection, which takes as long as the upstream's host does not answer.
  const answer = await orAborted(signal, post(bodyOf(request), signal, onSent)).catch((error: unknown) => {
    signal.throwIfAborted();
    throw classifyTransportFailure(model, error, "before-answer");
  });
  const { statusCode: status } = answer;
  const headers = answer.headers as IncomingHttpHeaders;
  if (status < 200 || status > 299) throw await failureOf({ model, apiKey }, answer, signal);
  // An error that comes while nobody reads must not end the process. Its reader gets it all the same.
  const body = bodyIn(answer).on("error", () => undefined);
  const breakOff = () => void answer.body.destroy(new Error("The answer was whole."));
  let isWhole = false;
  try {
    yield* readAnswer({ model, status, headers, apiKey, bytes: bytesOf(model, body, signal), breakOff });
    isWhole = true;
  } finally {
    if (isWhole) ends.take(body);
    else body.destroy();
  }
}

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

/** Options cannot override what the gateway decides. OpenAI refuses stream_options without a stream. */
function bodyOf({ model, messages, options, stream }: ChatRequest): string {
  const { stream_options: _, ...rest } = options;
  const delivery = stream ? { stream, stream_options: { include_usage: true } } : { stream };
  return stringifyExact({ ...rest, model, messages, ...delivery });
}

/** Yields the bytes of an answer, and leaves its body open. Throws if there are more than the limit of any answer. */
async function* bytesOf(model: string, body: Readable, signal: AbortSignal): AsyncGenerator<Buffer> {
  let bytes = 0;
  try {
    for await (const chunk of body.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length;
      if (bytes > ANSWER_MAX_BYTES) break;
      yield chunk;
    }
  } catch (error) {
    signal.throwIfAborted();
    throw classifyTransportFailure(model, error, "in-answer");
  }
  if (bytes > ANSWER_MAX_BYTES)
    throw new UpstreamError("malformed", model, { cause: new Error(`More than ${ANSWER_MAX_BYTES} bytes.`) });
}

/** Makes the error of an answer. If the body cannot be read to its end, the status alone decides. */
async function failureOf(
  asked: Pick<HttpFailure, "model" | "apiKey">,
  answer: Answer,
  signal: AbortSignal,
): Promise<UpstreamError> {
  const body = await read(answer, ERROR_MAX_BYTES).catch(() => "");
  signal.throwIfAborted();
  const headers = answer.headers as IncomingHttpHeaders;
  return classifyHttpFailure({ ...asked, status: answer.statusCode, headers, body });
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
