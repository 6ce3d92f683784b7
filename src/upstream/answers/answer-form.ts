import { createParser, type EventSourceMessage } from "eventsource-parser";
import { isObject, parseJson } from "../../lib/json/unknown-json.js";
import { failureSaying } from "../failure/failure-in-answer.js";
import { UpstreamError } from "../failure/upstream-error.js";
import type { Part } from "../provider.js";
import { type AnswerReading, type AnswerSource, usageTold } from "./answer-reading.js";

/** The form in which an answer arrives. It takes the text of the answer in pieces. What comes before an error is read. */
export interface AnswerForm {
  /** The upstream has said that no more comes. */
  readonly isDone: boolean;
  read(text: string): Iterable<Part>;
  /** Reads what is left when no more text comes. */
  end(): Iterable<Part>;
}

/**
 * Finds the form of an answer by its first characters. What was asked for and what content-type says do not decide: some
 * proxies of vLLM label event streams as text/plain or application/json, others send one JSON answer as
 * text/event-stream, or a stream to those who asked for none. Returns undefined as long as the start is too short.
 */
export function formOf(text: string, source: AnswerSource, reader: AnswerReading): AnswerForm | undefined {
  if (/^[{[]/.test(text)) return new WholeJson(source, reader);
  const isLabelled = source.headers["content-type"]?.includes("text/event-stream") ?? false;
  if (text !== "" && (isLabelled || /^(data|event|id|retry)?:/.test(text))) return new EventStream(source, reader);
  return LINE_STARTS.some((line) => line.startsWith(text)) ? undefined : new WholeJson(source, reader);
}

const LINE_STARTS = ["data:", "event:", "id:", "retry:"];

/** Server-sent events: one object each. OpenAI says at the end that it is done by `[DONE]`. */
class EventStream implements AnswerForm {
  private readonly events: EventSourceMessage[] = [];
  private readonly parser = createParser({
    onEvent: (event) => void this.events.push(event),
    // Some servers that fail in the middle of a stream write the error as a line of JSON, without "data:".
    onError: ({ line }) => {
      if (line?.startsWith("{") && isObject(parseJson(line)))
        this.events.push({ id: undefined, event: undefined, data: line });
    },
  });

  constructor(
    private readonly source: AnswerSource,
    private readonly reader: AnswerReading,
  ) {}

  get isDone(): boolean {
    return this.reader.isDone;
  }

  read(text: string): Generator<Part> {
    this.parser.feed(text);
    return this.readEvents((why) => {
      // A whole answer stays whole, whatever a proxy says in its place of `[DONE]`.
      if (!this.reader.isWhole) throw malformed(this.source, why);
    });
  }

  /** Reads a last event that has no blank line after it. If it was cut in the middle, it is none. */
  end(): Generator<Part> {
    this.parser.feed("\n\n");
    return this.readEvents(() => undefined);
  }

  private *readEvents(onGarbage: (why: string) => void): Generator<Part> {
    for (const event of this.events.splice(0)) if (!this.isDone) yield* this.readEvent(event, onGarbage);
  }

  private *readEvent(
    { event, data: untrimmed }: EventSourceMessage,
    onGarbage: (why: string) => void,
  ): Generator<Part> {
    // A proxy that passes on the lines of another proxy may write "data:" twice.
    const data = untrimmed.replace(/^(\s*data:)+/, "").trim();
    if (data === "[DONE]") {
      this.reader.done();
      return;
    }
    const given = parseJson(data);
    yield* usageTold(given, this.reader);
    if (/(error|exception|\.failed)$/i.test(event ?? "") && data !== "")
      throw failureSaying(errorIn(given) ?? given ?? data, this.source);
    const isForeign = event !== undefined && event !== "message";
    if (isObject(given)) yield* this.reader.read(given, isForeign);
    else if (isErrorList(given)) throw failureSaying(given, this.source);
    // An empty event is a sign of life. So are the events that proxies send under names of their own.
    else if (!isForeign && data !== "") onGarbage("A chunk is not a JSON object.");
  }
}

/** OpenAI's responses say in the event of a failed response what went wrong. */
const errorIn = (given: unknown): unknown =>
  isObject(given) && isObject(given.response) ? given.response.error : undefined;

/** One JSON object, or one chunk a line, as Ollama and some proxies send. Its end says that no more comes. */
class WholeJson implements AnswerForm {
  readonly isDone = false;
  private readonly texts: string[] = [];

  constructor(
    private readonly source: AnswerSource,
    private readonly reader: AnswerReading,
  ) {}

  read(text: string): Part[] {
    this.texts.push(text);
    return [];
  }

  *end(): Generator<Part> {
    const text = this.texts.join("");
    const given = parseJson(text) ?? chunksIn(text);
    yield* usageTold(given, this.reader);
    if (isErrorList(given)) throw failureSaying(given, this.source);
    const parts = [given].flat().flatMap((chunk) => (isObject(chunk) ? this.reader.read(chunk) : []));
    if (this.reader.isWhole && !this.reader.hasMessage) throw malformed(this.source, "The choice has no message.");
    this.reader.done();
    yield* parts;
  }
}

/** Reads the chunks of an answer that has one a line. Returns undefined if a line is no JSON. */
function chunksIn(text: string): unknown[] | undefined {
  const chunks = text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map(parseJson);
  return chunks.includes(undefined) ? undefined : chunks;
}

/** Gemini's compatible API puts its error into a list. */
const isErrorList = (given: unknown): given is unknown[] =>
  Array.isArray(given) && isObject(given[0]) && given[0].error != null;

const malformed = ({ model, status }: AnswerSource, why: string): UpstreamError =>
  new UpstreamError("malformed", model, { status, cause: new Error(why) });
