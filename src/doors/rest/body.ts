import type { Place } from "../../edge/http/faults.js";
import { type JsonSchema, listOf, objectOf, orNull } from "../../edge/http/json-schema.js";

/** A name in a request's body: what may be sent under it, and what it is to the service. */
interface Property extends Meaning {
  readonly schema: JsonSchema;
  readonly isRequired: boolean;
  /** The field of the service's input. */
  readonly field: string;
}

interface Meaning {
  /** The field instead, where a list is sent. */
  readonly fieldOfList?: string;
  /** It is a name of the object in that field, not the field itself. */
  readonly isInside?: true;
  /** What the value, or each item of it, consists of. */
  readonly of?: Body<object>;
  /** The service's value, where it is not the one that was sent. */
  readonly read?: (value: never) => unknown;
}

export const required = (field: string, schema: JsonSchema, meaning: Meaning = {}): Property => ({
  ...meaning,
  field,
  schema,
  isRequired: true,
});

/** A name that may be left out, or be null, which is the same. */
export const optional = (field: string, schema: JsonSchema, meaning: Meaning = {}): Property => ({
  ...meaning,
  field,
  schema: orNull(schema),
  isRequired: false,
});

/**
 * The one place where a body's names meet those of the service's input: it makes the schema that clients see, the input
 * out of what they sent, and the place in the body out of the field that a service refuses.
 */
export class Body<Input extends object> {
  constructor(
    private readonly Input: new () => Input,
    private readonly properties: Readonly<Record<string, Property>>,
  ) {}

  get schema(): JsonSchema {
    const entries = Object.entries(this.properties);
    return objectOf(
      Object.fromEntries(entries.map(([name, { schema }]) => [name, schema])),
      entries.filter(([, { isRequired }]) => isRequired).map(([name]) => name),
    );
  }

  /** The service's input out of a body that fits the schema, and of what else the request says. */
  toInput(body: unknown, more: Partial<Input> = {}): Input {
    const fields: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(body as object)) {
      const property = this.properties[name] as Property;
      const field = Array.isArray(value) ? (property.fieldOfList ?? property.field) : property.field;
      const given = givenBy(name, value, property);
      const before = fields[field];
      fields[field] = before == null ? given : { ...before, ...(given as object) };
    }
    return Object.assign(new this.Input(), fields, more);
  }

  /** The place in the body of a field of the input. */
  placeOf([field, ...inside]: Place): Place {
    if (field === undefined) return [];
    const found = Object.entries(this.properties).find(
      ([, property]) => !property.isInside && (property.field === field || property.fieldOfList === field),
    );
    if (!found) return [snakeCased(field), ...inside];
    const [name, { of }] = found;
    if (!of) return [name, ...inside];
    const [first, ...rest] = inside;
    return typeof first === "number" ? [name, first, ...of.placeOf(rest)] : [name, ...of.placeOf(inside)];
  }
}

/** A body that is a bare list: one field of the service's input. */
export class ListBody<Input extends object> {
  readonly schema: JsonSchema;

  constructor(
    private readonly Input: new () => Input,
    private readonly field: keyof Input & string,
    items: JsonSchema,
    private readonly of?: Body<object>,
  ) {
    this.schema = listOf(items);
  }

  toInput(body: unknown, more: Partial<Input>): Input {
    const { of } = this;
    const items = body as unknown[];
    return Object.assign(new this.Input(), { [this.field]: of ? items.map((item) => of.toInput(item)) : items }, more);
  }

  placeOf([, index, ...inside]: Place): Place {
    if (index === undefined) return [];
    return [index, ...(this.of ? this.of.placeOf(inside) : inside)];
  }
}

function givenBy(name: string, value: unknown, { isInside, of, read }: Property): unknown {
  if (value === null) return isInside ? {} : null;
  if (isInside) return { [name]: value };
  if (of) return Array.isArray(value) ? value.map((item) => of.toInput(item)) : of.toInput(value);
  return read ? read(value as never) : value;
}

function snakeCased(name: string | number): string {
  return String(name).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
