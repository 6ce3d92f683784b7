import { BesideAnswer } from "../../../../features/calls/log/beside-answer.js";
import type { CallEvent, Snapshot, UnknownFields } from "../../../../features/calls/log/call-event.js";
import type { JsonObject } from "../../../../lib/json/json.js";
import { isObject } from "../../../../lib/json/unknown-json.js";
import { type ItemKind, itemId } from "../response-ids.js";
import { packThoughts } from "../sealed-thoughts.js";
import { MessageItem } from "./message-item.js";
import type { ItemStatus, OutputItem, ResponseEvent } from "./output-item.js";
import { ReasoningItem } from "./reasoning-item.js";
import { ToolCallItem } from "./tool-call-item.js";

type Delta<Type extends CallEvent["type"]> = Omit<Extract<CallEvent, { type: Type }>, "callId" | "sequence" | "type">;

interface OutputOptions {
  readonly callId: string;
  readonly showsPacked: boolean;
  readonly showsLogprobs: boolean;
}

/**
 * The output of a response, put together from the parts of an answer. One item is open at a time, as at OpenAI: an item
 * closes before the next one opens. Items that were given up stay closed in the stream and are not part of the output.
 */
export class ResponseOutput {
  beside = new BesideAnswer();
  private items: OutputItem[] = [];
  private tools = new Map<number, ToolCallItem>();
  private texts = "";
  private thoughts = "";
  /** How many items the stream has had, of all and of each kind. */
  private count = 0;
  private readonly counts = new Map<ItemKind, number>();
  private readonly callIds = new Set<string>();
  /** What the upstream wants back of its thoughts, and has sent while something else was being said. */
  private late: UnknownFields[] = [];

  constructor(private readonly options: OutputOptions) {}

  get isEmpty(): boolean {
    return this.items.length === 0;
  }

  shapes(status: ItemStatus): object[] {
    const last = this.items.at(-1);
    return this.items.map((item) => item.shape(item.closedAs ?? (item === last ? status : "completed")));
  }

  *addText({ content, isRefusal = false }: { content: string; isRefusal?: boolean }): Generator<ResponseEvent> {
    const { open } = this;
    let item = open instanceof MessageItem ? open : undefined;
    if (!item) {
      if (content === "" && !this.isEmpty) return;
      item = yield* this.begin("msg", (id, index) => new MessageItem(id, index));
    }
    this.texts += content;
    yield* item.add(content, isRefusal);
  }

  *addReasoning(content: string): Generator<ResponseEvent> {
    if (content === "") return;
    this.thoughts += content;
    yield* (yield* this.reasoningItem()).add(content);
  }

  *addToolCall(delta: Delta<"tool-call-delta">): Generator<ResponseEvent> {
    let item = this.tools.get(delta.index);
    if (!item) {
      const isCustom = delta.extra?.type === "custom";
      item = yield* this.begin(isCustom ? "ctc" : "fc", (id, index) => {
        const call = new ToolCallItem(id, index, { callId: this.ownCallId(delta.id, id), isCustom });
        call.addName(delta.name ?? "");
        return call;
      });
      this.tools.set(delta.index, item);
    } else item.addName(delta.name ?? "");
    yield* item.add(delta.arguments ?? "");
  }

  *addExtension({ at, fields }: Delta<"extension">): Generator<ResponseEvent> {
    this.beside.add({ type: "extension", at, fields });
    if (at !== "delta") return;
    if (packThoughts(fields) !== null) yield* this.addPacked(fields);
    if (Array.isArray(fields.annotations)) yield* this.annotate(fields.annotations);
  }

  /** Brings the output to what a snapshot says: with what is missing, or by giving up all that came before. */
  *catchUp({ content, reasoning, toolCalls }: Snapshot, isRefusal: boolean): Generator<ResponseEvent> {
    const continues =
      content.startsWith(this.texts) &&
      reasoning.startsWith(this.thoughts) &&
      [...this.tools].every(([index, { soFar }]) => toolCalls[index] && isStartOf(soFar, toolCalls[index]));
    if (!continues) yield* this.giveUp();
    yield* this.addReasoning(reasoning.slice(this.thoughts.length));
    const rest = content.slice(this.texts.length);
    if (rest !== "") yield* this.addText({ content: rest, isRefusal });
    for (const [index, call] of toolCalls.entries()) {
      const { name, arguments: text } = this.tools.get(index)?.soFar ?? { name: "", arguments: "" };
      const more = { name: call.name.slice(name.length), arguments: call.arguments.slice(text.length) };
      yield* this.addToolCall({ index, ...call, ...more });
    }
  }

  /** Takes what a call has kept beside its answer, for a client that came too late for its events. */
  *takeKept(extensions: JsonObject): Generator<ResponseEvent> {
    this.beside = new BesideAnswer(extensions);
    const { annotations, ...delta } = this.beside.of("delta");
    const thinking = this.items.find((item) => item instanceof ReasoningItem);
    if (thinking) thinking.addPacked(delta);
    else if (packThoughts(delta) !== null) this.late.push(delta);
    if (Array.isArray(annotations)) yield* this.annotate(annotations);
  }

  /** Gives up all items: another model starts over. */
  *giveUp(): Generator<ResponseEvent> {
    this.late = [];
    yield* this.close("incomplete");
    this.items = [];
    this.tools = new Map();
    this.texts = "";
    this.thoughts = "";
    this.beside = new BesideAnswer();
  }

  /** Closes the item that is open. Thoughts that were sealed too late for their own item get one after it. */
  *close(status: ItemStatus): Generator<ResponseEvent> {
    const { open } = this;
    if (open instanceof MessageItem && this.options.showsLogprobs) open.setLogprobs(logprobsOf(this.beside));
    if (open) yield* open.close(status);
    if (this.late.length > 0 && this.options.showsPacked) yield* (yield* this.reasoningItem()).close("completed");
  }

  private get open(): OutputItem | undefined {
    const last = this.items.at(-1);
    return last?.isClosed ? undefined : last;
  }

  /** An item is made once the one before it is closed, because closing may add one. */
  private *begin<Item extends OutputItem>(
    kind: ItemKind,
    make: (id: string, index: number) => Item,
  ): Generator<ResponseEvent, Item> {
    yield* this.close("completed");
    const item = make(this.nextId(kind), this.count);
    this.items.push(item);
    this.count += 1;
    yield* item.open();
    return item;
  }

  private *reasoningItem(): Generator<ResponseEvent, ReasoningItem> {
    if (this.open instanceof ReasoningItem) return this.open;
    const late = this.late.splice(0);
    const item = yield* this.begin("rs", (id, index) => new ReasoningItem(id, index, this.options.showsPacked));
    for (const fields of late) item.addPacked(fields);
    return item;
  }

  /** Nothing that is being said is cut in two for thoughts that no text shows, so they wait for its end. */
  private *addPacked(fields: UnknownFields): Generator<ResponseEvent> {
    const { open } = this;
    if (open && !(open instanceof ReasoningItem)) this.late.push(fields);
    else (yield* this.reasoningItem()).addPacked(fields);
  }

  private *annotate(annotations: readonly unknown[]): Generator<ResponseEvent> {
    const item = this.items.findLast((each) => each instanceof MessageItem);
    if (item) yield* item.annotate(annotations.filter(isObject).map(annotationOf));
  }

  private nextId(kind: ItemKind): string {
    const place = this.counts.get(kind) ?? 0;
    this.counts.set(kind, place + 1);
    return itemId(kind, this.options.callId, place);
  }

  /** The id by which a tool's result names its call. Some upstreams send none, or the same one twice. */
  private ownCallId(given: string | undefined, itemId: string): string {
    const callId = given && !this.callIds.has(given) ? given : `call_${itemId}`;
    this.callIds.add(callId);
    return callId;
  }
}

/** Whether a tool call may be what has come of it so far. */
const isStartOf = (soFar: ToolCallItem["soFar"], { name, arguments: text }: Snapshot["toolCalls"][number]): boolean =>
  name.startsWith(soFar.name) && text.startsWith(soFar.arguments);

function logprobsOf(beside: BesideAnswer): readonly unknown[] {
  const { logprobs } = beside.of("choice");
  return isObject(logprobs) && Array.isArray(logprobs.content) ? logprobs.content : [];
}

/** Chat completions put the fields of an annotation one level deeper. */
function annotationOf(annotation: Record<string, unknown>): JsonObject {
  const { type, ...others } = annotation;
  const inner = typeof type === "string" ? others[type] : undefined;
  return { type, ...(isObject(inner) ? inner : others) } as JsonObject;
}
