import type { IncomingHttpHeaders } from "node:http";
import { isIP, type LookupFunction } from "node:net";
import { Agent, buildConnector, type Dispatcher, request } from "undici";
import { orAborted } from "../../../lib/async/abortable.js";
import { systemCode } from "../../../lib/system-code.js";
import { retryAfterMs } from "../../../upstream/failure/retry-after.js";
import { isPublicAddress } from "./public-address.js";
import { byDns, type Resolve } from "./resolve-name.js";

/** What of an answer is read. Nothing of it is kept: its end only frees the connection. */
const ANSWER_BYTES_MAX = 4_096;
const IDLE_CONNECTION_MS = 10_000;

export interface WebhookPosterOptions {
  /** Whether receivers may be in private networks. */
  readonly allowsPrivate: boolean;
  /** The most milliseconds of a try, from the look-up of the name to the end of the answer. */
  readonly timeoutMs: number;
  readonly resolve?: Resolve | undefined;
}

/** What came of a try. */
export interface Posted {
  /** Null if there was no answer. */
  readonly httpStatus: number | null;
  /** Why it failed, in a sentence that has nothing of the receiver's text in it. Null if it did not. */
  readonly error: string | null;
  /** How long the receiver asks to wait, if it does. */
  readonly retryAfterMs?: number | undefined;
}

/** Thrown by a try that was broken off. Nobody knows whether the receiver has taken the event. */
export class BrokenOff extends Error {}

class PrivateAddress extends Error {}

/**
 * Posts events. It follows no redirect and uses no proxy. Unless that is allowed, it connects to public addresses only: the
 * address that is connected to is checked, not the name, which may stand for another one a moment later.
 */
export class WebhookPoster {
  private readonly agent: Agent;
  /** One for each try that is under way. */
  private readonly tries = new Set<AbortController>();

  constructor(private readonly options: WebhookPosterOptions) {
    const { timeoutMs } = options;
    this.agent = new Agent({
      connect: options.allowsPrivate ? { timeout: timeoutMs } : publicOnly(timeoutMs, options.resolve ?? byDns()),
      keepAliveTimeout: IDLE_CONNECTION_MS,
      keepAliveMaxTimeout: IDLE_CONNECTION_MS,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
  }

  /** Never rejects, unless it is broken off: then it throws BrokenOff. */
  async post(url: string, headers: Record<string, string>, body: string): Promise<Posted> {
    const end = new AbortController();
    const { signal } = end;
    const timer = setTimeout(() => end.abort(), this.options.timeoutMs);
    this.tries.add(end);
    try {
      // Undici notices an abort only once it has a connection.
      const answer = await orAborted(
        signal,
        request(url, { method: "POST", headers, body, signal, dispatcher: this.agent }),
      );
      // The status has been said. Whether the rest of the answer comes does not matter.
      await orAborted(signal, answer.body.dump({ limit: ANSWER_BYTES_MAX, signal })).catch(() => answer.body.destroy());
      return postedOf(answer);
    } catch (error) {
      if (signal.reason instanceof BrokenOff) throw signal.reason;
      return { httpStatus: null, error: this.sentenceOf(error, signal.aborted) };
    } finally {
      clearTimeout(timer);
      this.tries.delete(end);
    }
  }

  /** Breaks off what is under way. */
  breakOff(): void {
    for (const end of this.tries) end.abort(new BrokenOff("The process stops."));
  }

  close(): Promise<void> {
    return this.agent.destroy();
  }

  private sentenceOf(error: unknown, isLate: boolean): string {
    if (isPrivate(error)) return "The address of the host is not public.";
    if (isLate) return `The receiver did not answer within ${this.options.timeoutMs} ms.`;
    return `The receiver cannot be reached: ${codeOf(error)}.`;
  }
}

function postedOf({ statusCode: httpStatus, headers }: Dispatcher.ResponseData): Posted {
  if (httpStatus >= 200 && httpStatus < 300) return { httpStatus, error: null };
  const redirects = httpStatus >= 300 && httpStatus < 400 ? " Redirects are not followed." : "";
  return {
    httpStatus,
    error: `The receiver answered with the status ${httpStatus}.${redirects}`,
    retryAfterMs: retryAfterMs(headers as IncomingHttpHeaders),
  };
}

/** Connects to public addresses only. An address that stands in the URL itself is not looked up, so it is checked before. */
function publicOnly(timeout: number, resolve: Resolve): buildConnector.connector {
  const connect = buildConnector({ timeout, lookup: publicLookup(resolve) });
  return (options, callback) => {
    if (isIP(options.hostname) !== 0 && !isPublicAddress(options.hostname)) {
      callback(new PrivateAddress(), null);
      return;
    }
    connect(options, (...[error, socket]) => {
      if (error) callback(error, null);
      else if (isPublicAddress(socket.remoteAddress ?? "")) callback(null, socket);
      else {
        socket.destroy();
        callback(new PrivateAddress(), null);
      }
    });
  };
}

/** Looks a name up, for the connection that is about to be made to one of its addresses. One that is not public refuses it. */
const publicLookup =
  (resolve: Resolve): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const [first] = addresses;
        if (!first || !addresses.every(({ address }) => isPublicAddress(address)))
          callback(new PrivateAddress(), "", undefined);
        else if (options.all) callback(null, addresses);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, "", undefined),
    );
  };

const isPrivate = (error: unknown): boolean =>
  error instanceof PrivateAddress ||
  (error instanceof AggregateError ? error.errors.some(isPrivate) : error instanceof Error && isPrivate(error.cause));

/** The code of an error, such as ECONNREFUSED. Its message may have anything in it. */
const codeOf = (error: unknown): string =>
  systemCode(error) ?? (error instanceof Error ? error.name : "unknown failure");
