import type { FormattedExecutionResult } from "graphql";
import Negotiator from "negotiator";
import { SERVER_SENT_EVENTS, type StreamForm } from "../../../edge/http/event-stream.js";

/** A form in which the results of an operation are sent one by one. */
export interface ResultForm extends StreamForm {
  readonly next: (result: FormattedExecutionResult) => string;
  readonly complete: string;
}

/** The "distinct connections" mode of the protocol of graphql-sse. */
export const EVENT_STREAM: ResultForm = {
  ...SERVER_SENT_EVENTS,
  next: (result) => `event: next\ndata: ${JSON.stringify(result)}\n\n`,
  // The protocol wants a `data:` line, because browsers drop an event without one.
  complete: "event: complete\ndata:\n\n",
};

/** A part is complete for its reader only once the boundary after it has come. */
const partOf = (body: object): string =>
  `\r\ncontent-type: application/json\r\n\r\n${JSON.stringify(body)}\r\n--graphql`;

/** The multipart protocol for subscriptions of Apollo, which its clients ask for unless they are told otherwise. */
const MULTIPART: ResultForm = {
  contentType: 'multipart/mixed; boundary="graphql"; subscriptionSpec="1.0"',
  opening: "\r\n--graphql",
  heartbeat: partOf({}),
  next: (payload) => partOf({ payload }),
  complete: "--\r\n",
};

/** A type that the client does not accept. */
const REFUSED = /;\s*q\s*=\s*0(\.0*)?\s*(;|$)/;

/**
 * Returns the form of results that a client accepts, or undefined if it takes no stream. urql and Apollo Client accept
 * streams with each query, so this says nothing of what a request asks for.
 */
export function resultFormOf(accept: string | undefined): ResultForm | undefined {
  const types = (accept ?? "")
    .toLowerCase()
    .split(",")
    .filter((type) => !REFUSED.test(type));
  if (types.some((type) => /^\s*multipart\/mixed\b.*subscriptionspec/.test(type))) return MULTIPART;
  return types.some((type) => /^\s*text\/event-stream\b/.test(type)) ? EVENT_STREAM : undefined;
}

/** Whether a client takes no plain answer, as graphql-sse's client does not: then queries are sent as streams too. */
export const takesStreamsOnly = (accept: string | undefined): boolean =>
  new Negotiator({ headers: { accept } }).mediaType(PLAIN) === undefined;

const PLAIN = ["application/json", "application/graphql-response+json"];
