import { stringifyExact } from "../../../lib/json/exact-json.js";
import type { JsonObject } from "../../../lib/json/json.js";
import { isObject } from "../../../lib/json/unknown-json.js";
import type { ExtensionPlace, Part, UnknownFields } from "../../../upstream/provider.js";

/** A longer field, such as the logprobs of a long answer, is streamed but not stored. */
const STORED_FIELD_MAX_CHARACTERS = 64 * 1024;

/**
 * What an upstream sent beside the answer, put together from its parts. Of the answer and its usage, a later field
 * replaces an earlier one. Those of the choice and of the deltas add up as OpenAI's own clients add them: lists grow,
 * objects are merged, and a text in a delta is appended, such as a piece of audio.
 */
export class BesideAnswer {
  private readonly fields: Record<ExtensionPlace, Record<string, unknown>> = {
    answer: {},
    choice: {},
    delta: {},
    usage: {},
  };

  /** `stored`: what a call has kept, if there are no parts any more. */
  constructor(stored: JsonObject = {}) {
    const { choice, message, usage, ...answer } = stored;
    Object.assign(this.fields.answer, answer);
    Object.assign(this.fields.choice, choice);
    Object.assign(this.fields.delta, message);
    Object.assign(this.fields.usage, usage);
  }

  add({ at, fields }: Extract<Part, { type: "extension" }>): void {
    const of = this.fields[at];
    for (const [name, value] of Object.entries(fields)) {
      const adds = at === "choice" || at === "delta";
      of[name] = adds ? sum(of[name], value, name, at === "delta") : value;
    }
  }

  of(at: ExtensionPlace): UnknownFields {
    return this.fields[at];
  }

  /** Whether the text says why the model does not answer. */
  get isRefusal(): boolean {
    return typeof this.fields.delta.refusal === "string";
  }

  /** The fields as a call keeps them: those of the answer under their names, the others under where they were. */
  get stored(): JsonObject {
    const { answer, choice, delta, usage } = this.fields;
    const others = Object.entries({ choice, message: delta, usage }).map(([name, fields]) => [name, short(fields)]);
    const kept = others.filter(([, fields]) => Object.keys(fields as object).length > 0);
    return { ...short(answer), ...Object.fromEntries(kept) };
  }
}

function short(fields: UnknownFields): JsonObject {
  const kept = Object.entries(fields).filter(
    ([, value]) => stringifyExact(value).length <= STORED_FIELD_MAX_CHARACTERS,
  );
  return Object.fromEntries(kept) as JsonObject;
}

/** Names whose texts are sent whole, and perhaps again and again. */
const WHOLE_TEXTS = new Set(["id", "type", "name", "role", "format", "index"]);

function sum(before: unknown, value: unknown, name: string, appendsText: boolean): unknown {
  if (Array.isArray(before) && Array.isArray(value)) return [...before, ...value];
  if (isObject(before) && isObject(value)) {
    const merged: Record<string, unknown> = { ...before };
    for (const [inner, each] of Object.entries(value)) merged[inner] = sum(merged[inner], each, inner, appendsText);
    return merged;
  }
  const isPiece = appendsText && typeof before === "string" && typeof value === "string" && !WHOLE_TEXTS.has(name);
  return isPiece ? before + value : (value ?? before);
}
