import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { signalled } from "../signalled.js";

export interface UpstreamRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** The body as it was sent. */
  readonly text: string;
  /** The parsed JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: a test says itself what it expects in there.
  readonly body: any;
  /** True once the client closed the connection before it had the whole answer. */
  readonly aborted: boolean;
}

/** What the scripted upstream does with one request. */
export type Behaviour = (exchange: Exchange) => void;

export interface Exchange {
  readonly request: UpstreamRequest;
  /** A behaviour that cuts the connection says so, because that is not the client's doing. */
  readonly response: ServerResponse & { destroyedByScript?: boolean };
}

export interface Answer {
  readonly content?: unknown;
  readonly toolCalls?: readonly { readonly id?: string; readonly name: string; readonly arguments: string }[];
  readonly refusal?: string;
  /** null leaves it out. */
  readonly finishReason?: string | null;
  /** null leaves it out. */
  readonly usage?: Readonly<Record<string, unknown>> | null;
  /** Such as { "x-litellm-response-cost": "7.2e-05" }. */
  readonly headers?: OutgoingHttpHeaders;
}

export const DEFAULT_CONTENT = "This is a scripted answer.";
export const DEFAULT_USAGE = { prompt_tokens: 12, completion_tokens: 6, total_tokens: 18 };

/** One whole JSON answer. */
export function answer(given: Answer = {}): Behaviour {
  return ({ request, response }) => sendAnswer(request, response, given);
}

/** An error as LiteLLM words it; give a body to send another shape: a string goes out as plain text. */
export function error(status: number, body?: unknown, headers: OutgoingHttpHeaders = {}): Behaviour {
  return ({ response }) => {
    const text = typeof body === "string" ? body : JSON.stringify(body ?? litellmError(status));
    const type = typeof body === "string" ? "text/plain; charset=utf-8" : "application/json";
    response.writeHead(status, { server: "uvicorn", "content-type": type, ...headers }).end(text);
  };
}

/** The shape of OpenAI's own errors. */
export function openAiError(message: string, type: string, code: string | null = null, param: string | null = null) {
  return { error: { message, type, param, code } };
}

const LITELLM_ERRORS: Readonly<Record<number, string>> = {
  400: "BadRequestError",
  401: "AuthenticationError",
  404: "NotFoundError",
  408: "Timeout",
  429: "RateLimitError",
  500: "InternalServerError",
  503: "ServiceUnavailableError",
};

/** LiteLLM sends the code as a string, often no type, and notes on its routing after the message. */
export function litellmError(status: number, message = "The server had an error processing your request.") {
  const name = LITELLM_ERRORS[status] ?? "APIError";
  return {
    error: {
      message: `litellm.${name}: ${name}: OpenAIException - ${message}. Received Model Group=gpt-4\nAvailable Model Group Fallbacks=None`,
      type: status === 429 ? "throttling_error" : null,
      param: null,
      code: String(status),
    },
  };
}

/** Never answers. */
export function hang(): Behaviour & { readonly arrived: Promise<UpstreamRequest>; readonly closed: Promise<void> } {
  const arrived = signalled<UpstreamRequest>();
  const closed = signalled<void>();
  const behaviour: Behaviour = ({ request, response }) => {
    response.on("close", closed.resolve);
    arrived.resolve(request);
  };
  return Object.assign(behaviour, { arrived: arrived.promise, closed: closed.promise });
}

/** Sends the headers and the first half of an answer, then nothing; or destroys the socket there (`cut`). */
export function stall(): Behaviour & { readonly arrived: Promise<UpstreamRequest>; readonly closed: Promise<void> } {
  const waiting = hang();
  const behaviour: Behaviour = (exchange) => {
    sendHalf(exchange);
    waiting(exchange);
  };
  return Object.assign(behaviour, { arrived: waiting.arrived, closed: waiting.closed });
}

/** Destroys the socket: in the middle of the answer, or before any of it. */
export function cut(where: "in-answer" | "before-answer" = "in-answer"): Behaviour {
  return (exchange) => {
    exchange.response.destroyedByScript = true;
    const destroy = () => exchange.response.socket?.destroy();
    if (where === "in-answer") sendHalf(exchange, destroy);
    else destroy();
  };
}

/** A status of 200 with something that is no answer. */
export function garbage(body = '{"id": "chatcmpl-1", "choices": [', contentType = "application/json"): Behaviour {
  return ({ response }) => void response.writeHead(200, { "content-type": contentType }).end(body);
}

/** Answers when the test says so; a request that comes after that is answered at once. */
export function held(given: Answer = {}): Behaviour & { readonly arrived: Promise<UpstreamRequest>; release(): void } {
  const arrived = signalled<UpstreamRequest>();
  const released = signalled<void>();
  const behaviour: Behaviour = ({ request, response }) => {
    arrived.resolve(request);
    void released.promise.then(() => response.destroyed || sendAnswer(request, response, given));
  };
  return Object.assign(behaviour, { arrived: arrived.promise, release: () => released.resolve() });
}

function sendAnswer(request: UpstreamRequest, response: ServerResponse, given: Answer): void {
  response.writeHead(200, { ...litellmHeaders(), ...given.headers });
  response.end(JSON.stringify(completion(String(request.body.model), given)));
}

function sendHalf({ request, response }: Exchange, sent?: () => void): void {
  const body = JSON.stringify(completion(String(request.body.model), {}));
  response.writeHead(200, { ...litellmHeaders(), "content-length": Buffer.byteLength(body) });
  response.write(body.slice(0, body.length / 2), sent);
}

function litellmHeaders(): OutgoingHttpHeaders {
  return {
    server: "uvicorn",
    "content-type": "application/json",
    "x-litellm-call-id": randomUUID(),
    "x-litellm-model-id": "b8f273501bcf8ca2dc6d3d30f02ab1a0c8fa860c166d3038bd0a48f61d38a042",
    "x-litellm-version": "1.82.0",
    "x-litellm-key-spend": "0.0",
  };
}

function completion(model: string, given: Answer): object {
  const calls = given.toolCalls?.map(({ id, ...call }) => ({ function: call, id: id ?? "call_1", type: "function" }));
  const content = given.content === undefined ? (calls ? null : DEFAULT_CONTENT) : given.content;
  const finishReason = given.finishReason === undefined ? (calls ? "tool_calls" : "stop") : given.finishReason;
  const usage = given.usage === undefined ? DEFAULT_USAGE : given.usage;
  return {
    id: "chatcmpl-BL2uY6Ep2OwRvxi5c5Bv9rXtwlO5Y",
    created: 1744355778,
    model,
    object: "chat.completion",
    system_fingerprint: null,
    choices: [
      {
        ...(finishReason !== null && { finish_reason: finishReason }),
        index: 0,
        message: {
          content,
          role: "assistant",
          tool_calls: calls ?? null,
          function_call: null,
          refusal: given.refusal ?? null,
        },
      },
    ],
    ...(usage !== null && { usage }),
    service_tier: "default",
  };
}
