import type { JsonObject } from "../../../../lib/json/json.js";
import { type ItemStatus, OutputItem, type ResponseEvent } from "./output-item.js";

interface TextPart {
  readonly isRefusal: boolean;
  text: string;
  isClosed: boolean;
  readonly annotations: JsonObject[];
}

/** What the model says: text, or why it does not answer. */
export class MessageItem extends OutputItem {
  private readonly parts: TextPart[] = [];
  private logprobs: readonly unknown[] = [];

  constructor(id: string, index: number) {
    super("msg", id, index);
  }

  *add(content: string, isRefusal: boolean): Generator<ResponseEvent> {
    let part = this.parts.at(-1);
    if (!part || part.isRefusal !== isRefusal) {
      yield* this.endParts();
      part = { isRefusal, text: "", isClosed: false, annotations: [] };
      this.parts.push(part);
      yield this.event("content_part.added", { ...this.at(part), part: partShape(part, []) });
    }
    part.text += content;
    if (content === "") return;
    if (isRefusal) yield this.event("refusal.delta", { ...this.at(part), delta: content });
    else yield this.event("output_text.delta", { ...this.at(part), delta: content, logprobs: [] });
  }

  /** Takes annotations of the text, such as the pages that it cites. */
  *annotate(annotations: readonly JsonObject[]): Generator<ResponseEvent> {
    const part = this.parts.findLast(({ isRefusal }) => !isRefusal);
    for (const annotation of part ? annotations : []) {
      const annotationIndex = part?.annotations.push(annotation) ?? 1;
      if (part && !this.isClosed && !part.isClosed)
        yield this.event("output_text.annotation.added", {
          ...this.at(part),
          annotation_index: annotationIndex - 1,
          annotation,
        });
    }
  }

  /** Takes the probabilities of the text's tokens. They are told when the text is complete. */
  setLogprobs(logprobs: readonly unknown[]): void {
    this.logprobs = logprobs;
  }

  shape(status: ItemStatus): object {
    const content = this.parts.map((part) => partShape(part, this.logprobs));
    return {
      id: this.id,
      type: "message",
      status,
      role: "assistant",
      content: status === "in_progress" ? [] : content,
    };
  }

  protected *endParts(): Generator<ResponseEvent> {
    const part = this.parts.at(-1);
    if (!part || part.isClosed) return;
    part.isClosed = true;
    const { text } = part;
    if (part.isRefusal) yield this.event("refusal.done", { ...this.at(part), refusal: text });
    else yield this.event("output_text.done", { ...this.at(part), text, logprobs: this.logprobs });
    yield this.event("content_part.done", { ...this.at(part), part: partShape(part, this.logprobs) });
  }

  private at(part: TextPart) {
    return { content_index: this.parts.indexOf(part) };
  }
}

const partShape = ({ isRefusal, text, annotations }: TextPart, logprobs: readonly unknown[]): object =>
  isRefusal
    ? { type: "refusal", refusal: text }
    : { type: "output_text", text, annotations: [...annotations], logprobs: text === "" ? [] : logprobs };
