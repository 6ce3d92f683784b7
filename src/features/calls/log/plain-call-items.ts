import { isObject } from "../../../lib/json/unknown-json.js";
import type { PlainForm } from "../../../streams/redis/log-entry.js";
import type { CallItem } from "./call-event.js";
import type { CallState } from "./call-log.js";

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === "string";
const isFlag: Check = (value) => typeof value === "boolean";
const isTrue: Check = (value) => value === true;
const isCount: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const isPlace: Check = (value) => ["answer", "choice", "delta", "usage"].includes(String(value));
const isReasoningField: Check = (value) => value === "reasoning_content" || value === "reasoning";
const or =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

const TOOL_CALL = { id: isText, name: isText, arguments: isText, isFunctionCall: or(isTrue), extra: or(isObject) };

/** The fields of each item, without its type. */
const ITEMS: Readonly<Record<Exclude<CallItem["type"], "finished">, Readonly<Record<string, Check>>>> = {
  started: { model: isText },
  "text-delta": { content: isText, isRefusal: or(isTrue) },
  "reasoning-delta": { content: isText, field: isReasoningField },
  "tool-call-delta": {
    ...TOOL_CALL,
    index: isCount,
    id: or(isText),
    name: or(isText),
    arguments: or(isText),
  },
  extension: { at: isPlace, fields: isObject },
  "model-switched": { fromModel: isText, toModel: isText, reason: isText, discard: isFlag },
};

const STATE: Readonly<Record<string, Check>> = {
  content: isText,
  reasoning: isText,
  reasoningField: isReasoningField,
  toolCalls: (value) => Array.isArray(value) && value.every((call) => fits(call, TOOL_CALL)),
  restarts: isCount,
};

/** Items of calls as another process reads them. The settled call is not among them: it is in the database. */
export const PLAIN_CALL_ITEMS: PlainForm<CallItem, CallState> = {
  writeItem: (item) => (item.type === "finished" ? undefined : item),
  readItem: (plain) => (isItem(plain) ? plain : undefined),
  writeState: ({ finished, ...plain }) => ({ plain, hasEnded: finished !== undefined }),
  readState: (plain) => (fits(plain, STATE) ? (plain as unknown as CallState) : undefined),
};

function isItem(plain: unknown): plain is CallItem {
  if (!isObject(plain) || typeof plain.type !== "string" || !Object.hasOwn(ITEMS, plain.type)) return false;
  const { type, ...fields } = plain;
  return fits(fields, ITEMS[type as keyof typeof ITEMS]);
}

/** Whether a value has these fields, and no others. */
function fits(value: unknown, fields: Readonly<Record<string, Check>>): boolean {
  if (!isObject(value)) return false;
  if (Object.keys(value).some((name) => !Object.hasOwn(fields, name))) return false;
  return Object.entries(fields).every(([name, check]) => check(value[name]));
}
