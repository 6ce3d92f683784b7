import { isDeepStrictEqual } from "node:util";
import { isObject } from "../../lib/json/unknown-json.js";
import type { Shown } from "./act.js";

/**
 * Returns of two states of a thing only what differs, at every depth of its objects. Lists are compared as a whole. A name
 * that only one of them has is only in that one.
 */
export function changedFields(before: Shown, after: Shown): { readonly before: Shown; readonly after: Shown } {
  const [was, is]: Record<string, unknown>[] = [{}, {}];
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [one, other] = [before[name], after[name]];
    if (isDeepStrictEqual(one, other)) continue;
    const changed = isObject(one) && isObject(other) ? changedFields(one, other) : { before: one, after: other };
    if (name in before) put(was, name, changed.before);
    if (name in after) put(is, name, changed.after);
  }
  return { before: was as Shown, after: is as Shown };
}

/** A name of free data may be `__proto__`, which a plain assignment would take for something else. */
const put = (target: object | undefined, name: string, value: unknown): void => {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
};
