import type { ToolCallOfAnswer } from "../../features/calls/log/answer.js";
import type { CallEvent } from "../../features/calls/log/call-event.js";

/**
 * Brings the pieces of an answer into an order in which each tool call is whole before anything else begins, for formats that
 * have one item open at a time. Some upstreams mix the pieces of several calls, or begin all calls before they send
 * arguments. What comes while the arguments of a call are no whole object waits until they are one, or for the end of the
 * answer.
 */
export class ToolCallTurns {
  /** The call whose turn it is, and what has come of its arguments. */
  private current: { readonly index: number; readonly reader: ObjectReader } | undefined;
  private readonly whole = new Set<number>();
  private waiting: CallEvent[] = [];

  *take(event: CallEvent): Generator<CallEvent> {
    const { current } = this;
    if (event.type === "tool-call-delta" && (current === undefined || current.index === event.index)) {
      yield event;
      this.note(event.index, event);
      if (!this.current) yield* this.goOn();
    } else if (current && isPiece(event)) this.waiting.push(event);
    else {
      if (event.type === "finished") yield* this.rest();
      if (event.type === "snapshot") this.startOver(event.toolCalls);
      if (event.type === "model-switched" && event.discard) this.startOver([]);
      yield event;
    }
  }

  /** The text of a custom tool is no JSON. Only OpenAI has such tools, and sends them one after the other. */
  private note(index: number, { arguments: text = "", extra }: Partial<ToolCallOfAnswer>): void {
    if (this.whole.has(index)) return;
    this.current ??= { index, reader: new ObjectReader() };
    if (extra?.type === "custom" || this.current.reader.endsWith(text)) this.end(index);
  }

  private end(index: number): void {
    this.whole.add(index);
    this.current = undefined;
  }

  private *goOn(): Generator<CallEvent> {
    const { waiting } = this;
    this.waiting = [];
    for (const event of waiting) yield* this.take(event);
  }

  /** No more comes, so each call has ended as it is. */
  private *rest(): Generator<CallEvent> {
    for (let { current } = this; current; { current } = this) {
      this.end(current.index);
      yield* this.goOn();
    }
  }

  /** What came before is void. These calls have come instead, of which the last may go on. */
  private startOver(calls: readonly ToolCallOfAnswer[]): void {
    this.current = undefined;
    this.waiting = [];
    this.whole.clear();
    for (const [index, call] of calls.entries()) {
      if (this.current) this.end(index - 1);
      this.note(index, call);
    }
  }
}

const isPiece = ({ type }: CallEvent): boolean =>
  type === "text-delta" || type === "reasoning-delta" || type === "tool-call-delta" || type === "extension";

/** Finds the end of an object of JSON that comes in pieces, of which each sign is looked at once. */
class ObjectReader {
  private levels = 0;
  private isText = false;
  private isEscaped = false;
  private hasBegun = false;

  /** Whether the object ends with this piece. What is no object never ends. */
  endsWith(piece: string): boolean {
    for (const sign of piece) if (this.endsAt(sign)) return true;
    return false;
  }

  private endsAt(sign: string): boolean {
    if (this.isText) {
      if (sign === '"' && !this.isEscaped) this.isText = false;
      this.isEscaped = sign === "\\" && !this.isEscaped;
      return false;
    }
    if (sign === '"') this.isText = true;
    else if (OPENING.has(sign)) this.levels += 1;
    else if (CLOSING.has(sign)) this.levels -= 1;
    this.hasBegun ||= sign === "{";
    return this.hasBegun && this.levels === 0;
  }
}

const OPENING = new Set(["{", "["]);
const CLOSING = new Set(["}", "]"]);
