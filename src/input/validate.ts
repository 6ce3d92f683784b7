import { DomainError, quote } from "../lib/errors.js";
import { formatUsd } from "../lib/money.js";
import { type ValidationError, Validator } from "./class-validator.js";

const validator = new Validator();

/**
 * Returns the input if all its class-validator rules hold. Otherwise throws INVALID_INPUT. The message names the first
 * wrong field by its full path and shows its value. The error's `fields` lists all faults. Services call this, so that
 * no door can forget it.
 */
export function validate<Input extends object>(input: Input, path = "input"): Input {
  const faults = validator
    .validateSync(input, { stopAtFirstError: true, forbidUnknownValues: false })
    .flatMap((error) => faultsOf(error, path));
  const [first] = faults;
  if (first === undefined) return input;
  throw new DomainError("INVALID_INPUT", first.message, { field: first.field, fields: faults });
}

/** Makes the error for one wrong value. */
export function invalid(field: string, rule: string, got: unknown): DomainError {
  const message = `${field} ${rule}, got ${quote(got)}.`;
  return new DomainError("INVALID_INPUT", message, { field, fields: [{ field, message }] });
}

interface Fault {
  readonly field: string;
  readonly message: string;
}

function faultsOf(error: ValidationError, path: string): Fault[] {
  const field = /^\d+$/.test(error.property) ? `${path}[${error.property}]` : `${path}.${error.property}`;
  const children = (error.children ?? []).flatMap((child) => faultsOf(child, field));
  const rules = Object.values(error.constraints ?? {}).map((rule) => ({
    field,
    message: `${field} ${withoutProperty(rule, error.property)}, got ${quote(asSent(error))}.`,
  }));
  return [...rules, ...children];
}

/** Shows an amount as the client sent it. Clients send decimals in USD, and the rule of amounts knows nano-dollars. */
const asSent = ({ value, constraints }: ValidationError): unknown =>
  typeof value === "bigint" && constraints && "isUsd" in constraints ? formatUsd(value) : value;

function withoutProperty(rule: string, property: string): string {
  return rule.startsWith(`${property} `) ? rule.slice(property.length + 1) : rule;
}
