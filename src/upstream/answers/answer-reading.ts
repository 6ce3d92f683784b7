import type { IncomingHttpHeaders } from "node:http";
import { isObject } from "../../lib/json/unknown-json.js";
import type { Part, UnknownFields } from "../provider.js";

/** What is known of an answer before its body is read. */
export interface AnswerSource {
  readonly model: string;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** What no client may see: the key of the gateway, and the values of its other headers. */
  readonly secrets?: readonly string[];
}

/**
 * Turns the objects of one answer into parts. Each format has its own: the chunks of a stream or one whole answer are its
 * objects. It decides whether the answer is whole.
 */
export interface AnswerReading {
  /** Whether the answer is whole. What comes after that can add to it, but its absence takes nothing away. */
  readonly isWhole: boolean;
  /** Whether something that may hold an answer has come, even if it is empty. */
  readonly hasMessage: boolean;
  /** Whether the upstream has said that no more comes. */
  readonly isDone: boolean;
  /** The upstream says that there is no more: by `[DONE]`, or by the end of an answer that is one JSON object. */
  done(): void;
  /** Returns what an object tells of usage and cost. Each object is asked for it before it is read, which may throw. */
  readUsage(given: UnknownFields): Part[];
  /**
   * Reads all else of an object. Throws UpstreamError if it tells of an error. `isForeign`: it came as an event under a name of its
   * own, which from most proxies is no part of the answer.
   */
  read(given: UnknownFields, isForeign?: boolean): Part[];
  /** Returns the last parts of a whole answer. Throws UpstreamError if the answer is not whole. */
  end(): Part[];
}

/** What an object, or a list of them, tells of usage and cost. It is paid for, also if it stands beside an error. */
export const usageTold = (given: unknown, reader: AnswerReading): Part[] =>
  [given]
    .flat()
    .filter(isObject)
    .flatMap((each) => reader.readUsage(each));
