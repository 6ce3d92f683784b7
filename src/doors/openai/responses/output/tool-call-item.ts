import { type ItemStatus, OutputItem, type ResponseEvent } from "./output-item.js";

interface NamedCall {
  readonly callId: string;
  readonly name: string;
  /** Whether the tool takes text instead of JSON. */
  readonly isCustom: boolean;
}

/** A tool that the model asks to be called. */
export class ToolCallItem extends OutputItem {
  private text = "";

  constructor(
    id: string,
    index: number,
    private readonly call: NamedCall,
  ) {
    super(call.isCustom ? "ctc" : "fc", id, index);
  }

  get soFar(): string {
    return this.text;
  }

  *add(piece: string): Generator<ResponseEvent> {
    this.text += piece;
    if (piece !== "" && !this.isClosed) yield this.event(`${this.words.event}.delta`, { delta: piece });
  }

  shape(status: ItemStatus): object {
    const { callId: call_id, name } = this.call;
    return { id: this.id, type: this.words.type, status, [this.words.field]: this.text, call_id, name };
  }

  protected *endParts(): Generator<ResponseEvent> {
    const { event, field } = this.words;
    yield this.event(`${event}.done`, { ...(!this.call.isCustom && { name: this.call.name }), [field]: this.text });
  }

  private get words() {
    return this.call.isCustom
      ? { type: "custom_tool_call", event: "custom_tool_call_input", field: "input" }
      : { type: "function_call", event: "function_call_arguments", field: "arguments" };
  }
}
