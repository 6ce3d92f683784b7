import { BesideAnswer } from "../../../../features/calls/log/beside-answer.js";
import type { UnknownFields } from "../../../../features/calls/log/call-event.js";
import { packThoughts } from "../sealed-thoughts.js";
import { type ItemStatus, OutputItem, type ResponseEvent } from "./output-item.js";

/** What the model says of its reasoning. It is told as a summary, because that is what all clients show. */
export class ReasoningItem extends OutputItem {
  private text = "";
  private readonly beside = new BesideAnswer();

  constructor(
    id: string,
    index: number,
    /** Whether the client asked for what it needs to send the thoughts back. */
    private readonly showsPacked: boolean,
  ) {
    super("rs", id, index);
  }

  *add(content: string): Generator<ResponseEvent> {
    const isFirst = this.text === "";
    this.text += content;
    if (this.isClosed) return;
    if (isFirst)
      yield this.event("reasoning_summary_part.added", { summary_index: 0, part: { type: "summary_text", text: "" } });
    yield this.event("reasoning_summary_text.delta", { summary_index: 0, delta: content });
  }

  /** Takes what the upstream sent for the next request. */
  addPacked(fields: UnknownFields): void {
    this.beside.add({ type: "extension", at: "delta", fields });
  }

  shape(_status: ItemStatus): object {
    const packed = this.showsPacked ? packThoughts(this.beside.of("delta")) : null;
    return {
      id: this.id,
      type: "reasoning",
      summary: this.parts,
      ...(packed !== null && { encrypted_content: packed }),
    };
  }

  protected *endParts(): Generator<ResponseEvent> {
    const [part] = this.parts;
    if (!part) return;
    yield this.event("reasoning_summary_text.done", { summary_index: 0, text: this.text });
    yield this.event("reasoning_summary_part.done", { summary_index: 0, part });
  }

  private get parts() {
    return this.text === "" ? [] : [{ type: "summary_text", text: this.text }];
  }
}
