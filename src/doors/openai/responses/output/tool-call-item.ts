import { type ItemStatus, OutputItem, type ResponseEvent } from "./output-item.js";

interface CallToMake {
  readonly callId: string;
  /** Whether the tool takes text instead of JSON. */
  readonly isCustom: boolean;
}

/** A tool that the model asks to be called. */
export class ToolCallItem extends OutputItem {
  private name = "";
  private text = "";

  constructor(
    id: string,
    index: number,
    private readonly call: CallToMake,
  ) {
    super(call.isCustom ? "ctc" : "fc", id, index);
  }

  get soFar(): { readonly name: string; readonly arguments: string } {
    return { name: this.name, arguments: this.text };
  }

  /** Takes a piece of the name. Most upstreams send all of it with the first. */
  addName(piece: string): void {
    this.name += piece;
  }

  *add(piece: string): Generator<ResponseEvent> {
    this.text += piece;
    if (piece !== "" && !this.isClosed) yield this.event(`${this.words.event}.delta`, { delta: piece });
  }

  shape(status: ItemStatus): object {
    const { name, call } = this;
    const { callId: call_id } = call;
    return { id: this.id, type: this.words.type, status, [this.words.field]: this.text, call_id, name };
  }

  protected *endParts(): Generator<ResponseEvent> {
    const { event, field } = this.words;
    yield this.event(`${event}.done`, { ...(!this.call.isCustom && { name: this.name }), [field]: this.text });
  }

  private get words() {
    return this.call.isCustom
      ? { type: "custom_tool_call", event: "custom_tool_call_input", field: "input" }
      : { type: "function_call", event: "function_call_arguments", field: "arguments" };
  }
}
