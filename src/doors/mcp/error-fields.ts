import { snakeCase } from "../../input/snake-case.js";
import { type DomainError, ERRORS } from "../../lib/errors.js";
import { isObject } from "../../lib/json/unknown-json.js";

type Refusal = Pick<DomainError, "code" | "message"> & Partial<Pick<DomainError, "data">>;

/** What is told of an error: its code, whether a repeat may help, its sentence, and its facts, in the names of this door. */
export function errorFields({ code, message, data = {} }: Refusal): Record<string, unknown> {
  const facts = Object.entries(data).map(([name, value]) => [
    snakeCase(name),
    name === "fields" ? fieldsOf(value) : value,
  ]);
  const { field, ...others } = Object.fromEntries(facts);
  return {
    code,
    message: inOwnNames(message),
    retryable: ERRORS[code].retryable,
    ...(typeof field === "string" && { field: inOwnNames(field) }),
    ...others,
  };
}

function fieldsOf(faults: unknown): unknown {
  if (!Array.isArray(faults)) return faults;
  return faults.filter(isObject).map(({ field, message }) => ({
    field: inOwnNames(String(field)),
    message: inOwnNames(String(message)),
  }));
}

/**
 * Services name a field as "input.messages[0].toolCallId". A tool has it as "messages[0].tool_call_id". It has one field for the
 * text and the parts of a message.
 */
const inOwnNames = (text: string): string =>
  text.replace(/^input(?:\.[\w[\]]+)+|\binput(?:\.[A-Za-z][\w[\]]*)+/g, (path) =>
    snakeCase(path.slice("input.".length)).replace(/^(messages\[\d+\])\.parts\b/, "$1.content"),
  );
