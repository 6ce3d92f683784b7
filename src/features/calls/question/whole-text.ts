import { invalid } from "../../../input/validate.js";

/**
 * Refuses half of a surrogate pair in a text, wherever it is in the given fields. Programs that cut text in the middle
 * of an emoji send such halves. They are no Unicode: many upstreams answer them with an error that does not say where
 * it is, and PostgreSQL cannot store them.
 */
export function requireWholeText<Input extends object>(
  input: Input,
  field: string,
  names: readonly (keyof Input & string)[],
): void {
  for (const name of names) requireWhole(input[name], `${field}.${name}`);
}

function requireWhole(value: unknown, field: string): void {
  if (typeof value === "string") {
    if (!value.isWellFormed()) throw half(value, field);
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) requireWhole(item, `${field}[${index}]`);
  } else if (typeof value === "object" && value !== null) {
    for (const [name, item] of Object.entries(value)) {
      if (!name.isWellFormed()) throw half(name, field);
      requireWhole(item, `${field}.${name}`);
    }
  }
}

const HALF = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

function half(text: string, field: string) {
  const at = text.search(HALF);
  return invalid(field, `must be whole Unicode, without half of a surrogate pair at position ${at}`, text[at]);
}
