export interface SseMessage {
  readonly event: string | undefined;
  readonly data: string;
  readonly id: string | undefined;
}

/**
 * Reads server-sent events by the strictest rule in use, which is that of openai-python: a blank line ends an event as
 * soon as `event`, `data`, `id` or `retry` was set, and an `id` stays set from then on. What other readers pass over is
 * an event with empty data to it, which it cannot parse. So this reader throws at an event without data, except for
 * graphql-sse's "complete", which has none.
 */
export class SseReader {
  readonly messages: SseMessage[] = [];
  private rest = "";
  private event: string | undefined;
  private data: string[] = [];
  private id: string | undefined;
  private idBefore: string | undefined;
  private retry: string | undefined;

  feed(text: string): void {
    const lines = (this.rest + text).split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop() ?? "";
    for (const line of lines) this.take(line);
  }

  private take(line: string): void {
    if (line === "") this.dispatch();
    if (line === "" || line.startsWith(":")) return;
    const [, field, value = ""] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === "event") this.event = value;
    else if (field === "data") this.data.push(value);
    else if (field === "id") this.id = value;
    else if (field === "retry") this.retry = value;
  }

  private dispatch(): void {
    if (!this.event && this.data.length === 0 && !(this.id ?? this.idBefore) && this.retry === undefined) return;
    const message = { event: this.event, data: this.data.join("\n"), id: this.id };
    this.event = undefined;
    this.data = [];
    this.idBefore = this.id ?? this.idBefore;
    this.id = undefined;
    this.retry = undefined;
    if (message.data === "" && message.event !== "complete")
      throw new Error(`A blank line ended an event without data, after the id ${this.idBefore}.`);
    this.messages.push(message);
  }
}

/** The events of a whole stream. */
export function readSse(text: string): SseMessage[] {
  const reader = new SseReader();
  reader.feed(text);
  return reader.messages;
}

/** The events of a response, as they come. */
export async function* sseMessages(response: Response): AsyncGenerator<SseMessage, void, undefined> {
  const reader = new SseReader();
  const decoder = new TextDecoder();
  for await (const bytes of response.body ?? []) {
    reader.feed(decoder.decode(bytes, { stream: true }));
    yield* reader.messages.splice(0);
  }
}
