import type { ItemKind } from "../response-ids.js";

export type ItemStatus = "in_progress" | "completed" | "incomplete";

/** An event of a response's stream, still without its number. */
export type ResponseEvent = { readonly type: string; readonly [field: string]: unknown };

/**
 * An item of a response's output, as it comes into being. It tells the events of a stream; `shape` is the item as it stands.
 * An item opens once and closes once. What comes after that is in its shape only, because no event may change a closed item.
 */
export abstract class OutputItem {
  /** How it was when it closed; undefined before that. */
  closedAs: ItemStatus | undefined;

  constructor(
    readonly kind: ItemKind,
    readonly id: string,
    /** Its place in the stream, which counts items that were given up, too. */
    protected readonly index: number,
  ) {}

  get isClosed(): boolean {
    return this.closedAs !== undefined;
  }

  abstract shape(status: ItemStatus): object;
  /** The events that say that its parts are complete. */
  protected abstract endParts(): Generator<ResponseEvent>;

  *open(): Generator<ResponseEvent> {
    yield { type: "response.output_item.added", output_index: this.index, item: this.shape("in_progress") };
  }

  *close(status: ItemStatus): Generator<ResponseEvent> {
    if (this.isClosed) return;
    yield* this.endParts();
    this.closedAs = status;
    yield { type: "response.output_item.done", output_index: this.index, item: this.shape(status) };
  }

  /** An event about a part of this item. */
  protected event(type: string, fields: object): ResponseEvent {
    return { type: `response.${type}`, item_id: this.id, output_index: this.index, ...fields };
  }
}
