import type { Frame } from "../../../../edge/http/event-stream.js";
import type { CallEvent } from "../../../../features/calls/log/call-event.js";
import type { DomainError } from "../../../../lib/errors.js";
import { stringifyExact } from "../../../../lib/json/exact-json.js";
import { requireSucceeded } from "../../../chat/require-succeeded.js";
import { isSomething } from "../../../chat/streams/is-something.js";
import type { NumberedEvent, ResponseWriter } from "./response-writer.js";

/** What ends a stream, beside its last event. OpenAI's own has none, and the specification of Open Responses asks for it. */
const DONE = "data: [DONE]\n\n";

const frameOf = (event: NumberedEvent): string => `event: ${event.type}\ndata: ${stringifyExact(event)}\n\n`;

/** Turns the events of a call into those of a response, as server-sent events. It throws the error that ended the call. */
export async function* responseFrames(
  events: AsyncIterable<CallEvent>,
  writer: ResponseWriter,
): AsyncGenerator<Frame, void, undefined> {
  for await (const event of events) {
    const isVisible = isSomething(event);
    const text = [...writer.take(event)].map(frameOf).join("");
    if (event.type === "finished") requireSucceeded(event.call);
    if (text !== "") yield { text: event.type === "finished" ? text + DONE : text, isVisible };
  }
}

/** The end of a stream that breaks off. */
export const lastFrames = (writer: ResponseWriter, error: DomainError): string =>
  [...writer.fail(error)].map(frameOf).join("") + DONE;
