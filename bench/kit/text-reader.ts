import { createParser } from "eventsource-parser";
import type { Target } from "./target.js";

/** A change of a text: more of it, or a new text in its place. */
export interface Change {
  readonly content: string;
  readonly replaces: boolean;
}

/** Reads from the pieces of a stream how the answer's text changes. Throws if the call failed. */
export class TextReader {
  private readonly changes: Change[] = [];
  private readonly decoder = new TextDecoder();
  private readonly events = createParser({ onEvent: ({ data }) => this.read(data) });

  constructor(private readonly target: Target) {}

  changesIn(piece: Buffer): Change[] {
    if (this.target.transport === "graphql-ws") this.read(piece.toString("utf8"));
    else this.events.feed(this.decoder.decode(piece, { stream: true }));
    return this.changes.splice(0);
  }

  private read(data: string): void {
    if (data === "" || data === "[DONE]") return;
    const message = JSON.parse(data);
    if (this.target.transport === "openai-sse") {
      if (!message.choices) throw new Error(`${this.target.name} sent ${data}`);
      const content = message.choices[0]?.delta?.content;
      if (content) this.changes.push({ content, replaces: false });
      return;
    }
    const { data: result, errors } = this.target.transport === "graphql-ws" ? message.payload : message;
    if (errors) throw new Error(`${this.target.name} sent ${JSON.stringify(errors)}`);
    const { event } = result;
    if (event.call && event.call.status !== "SUCCEEDED") throw new Error(`The call is ${event.call.status}.`);
    if (event.content) this.changes.push({ content: event.content, replaces: event.__typename === "LlmCallSnapshot" });
  }
}

export function textOf(target: Target, pieces: readonly Buffer[]): string {
  const reader = new TextReader(target);
  let text = "";
  for (const piece of pieces)
    for (const { content, replaces } of reader.changesIn(piece)) text = replaces ? content : text + content;
  return text;
}
