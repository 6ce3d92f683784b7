import { stringifyExact } from "../../lib/json/exact-json.js";
import { parseJson } from "../../lib/json/unknown-json.js";
import type { Batch } from "../stream-log.js";
import type { StreamEntry } from "./stream-reader.js";

/**
 * How the items of a log become plain JSON and back, and its states. What another process has written is read with care:
 * undefined means that it cannot be read.
 */
export interface PlainForm<Item, State> {
  /** Returns undefined for the item that ends a log. Only that it is there is passed on, and not what it says. */
  writeItem(item: Item): unknown;
  readItem(plain: unknown): Item | undefined;
  /** `hasEnded` says whether the item that ends a log is among those that the state is made of. */
  writeState(state: State): { readonly plain: unknown; readonly hasEnded: boolean };
  readState(plain: unknown): State | undefined;
}

/** Items of a log, or its state, as they stand in Redis. */
export interface LogEntry<Item, State> {
  /** The number of the last item. */
  readonly sequence: number;
  /** The number of the item that ends the log, if the log has ended. It is one more than `sequence`. */
  readonly end: number | undefined;
  /** The tokens of those who asked for everything that is there, if this is the answer. */
  readonly answers: readonly string[];
  readonly content: { readonly items: readonly Item[] } | { readonly state: State };
}

const SEQUENCE_MAX = 2 ** 31;

/** Returns the fields of an entry, one after the other, and how many characters they have. */
export function writeEntry<Item, State>(
  batch: Batch<Item, State>,
  form: PlainForm<Item, State>,
  answers: readonly string[],
): string[] {
  const written = batch.kind === "state" ? writeState(batch, form) : writeItems(batch, form);
  return [...written, ...(answers.length > 0 ? ["answers", JSON.stringify(answers)] : [])];
}

function writeState<Item, State>(
  { sequence, state }: Extract<Batch<Item, State>, { kind: "state" }>,
  form: PlainForm<Item, State>,
): string[] {
  const { plain, hasEnded } = form.writeState(state);
  const last = hasEnded ? sequence - 1 : sequence;
  return ["last", String(last), "state", stringifyExact(plain), ...(hasEnded ? ["end", String(sequence)] : [])];
}

function writeItems<Item, State>(
  { items }: Extract<Batch<Item, State>, { kind: "items" }>,
  form: PlainForm<Item, State>,
): string[] {
  const plain = items.map(({ item }) => form.writeItem(item));
  const hasEnded = plain.at(-1) === undefined;
  if (hasEnded) plain.pop();
  const last = (items[0]?.sequence ?? 1) + plain.length - 1;
  return ["last", String(last), "items", stringifyExact(plain), ...(hasEnded ? ["end", String(last + 1)] : [])];
}

/** Returns undefined if the entry was not written by `writeEntry`. */
export function readEntry<Item, State>(
  { fields }: StreamEntry,
  form: PlainForm<Item, State>,
): LogEntry<Item, State> | undefined {
  const sequence = sequenceOf(fields.get("last"));
  const content = fields.has("state")
    ? readState(parseJson(fields.get("state") ?? ""), form)
    : readItems(parseJson(fields.get("items") ?? ""), form);
  if (sequence === undefined || content === undefined) return undefined;
  if ("items" in content && content.items.length > sequence) return undefined;
  const end = fields.has("end") ? sequence + 1 : undefined;
  if (end !== undefined && sequenceOf(fields.get("end")) !== end) return undefined;
  const answers = parseJson(fields.get("answers") ?? "[]");
  return { sequence, end, content, answers: Array.isArray(answers) ? answers : [] };
}

function readState<Item, State>(plain: unknown, form: PlainForm<Item, State>): { state: State } | undefined {
  const state = form.readState(plain);
  return state && { state };
}

function readItems<Item, State>(plain: unknown, form: PlainForm<Item, State>): { items: Item[] } | undefined {
  if (!Array.isArray(plain)) return undefined;
  const items: Item[] = [];
  for (const each of plain) {
    const item = form.readItem(each);
    if (item === undefined) return undefined;
    items.push(item);
  }
  return { items };
}

function sequenceOf(text: string | undefined): number | undefined {
  const number = text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  return number <= SEQUENCE_MAX ? number : undefined;
}

/** The stream of a log in Redis. */
export const logKey = (key: string): string => `tollgate:log:${key}`;
