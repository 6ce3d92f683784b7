import { type TSchema, Type } from "typebox";
import type { FieldPath } from "../../edge/http/bodies/faults.js";
import { orNull, record } from "./schemas.js";

/** A field of a request's body: what a client may send in it, and what it means to the service. */
interface Property extends Meaning {
  readonly schema: TSchema;
  /** The field of the service's input. */
  readonly field: string;
}

interface Meaning {
  /** The field of the input if a list is sent. */
  readonly fieldOfList?: string;
  /** If true, the value goes into the object in that field, under the name that it has in the body. */
  readonly isInside?: true;
  /** What the value, or each item of it, consists of. */
  readonly of?: Body<object>;
  /** Turns the value that was sent into the service's value. */
  readonly read?: (value: never) => unknown;
}

export const required = (field: string, schema: TSchema, meaning: Meaning = {}): Property => ({
  ...meaning,
  field,
  schema,
});

/** A field that may be left out. Null means the same. */
export const optional = (field: string, schema: TSchema, meaning: Meaning = {}): Property => ({
  ...meaning,
  field,
  schema: Type.Optional(orNull(schema)),
});

/**
 * The one place where the names of a body meet those of the service's input. It makes the schema that clients see and
 * the input from what they sent. It also finds the path in the body of a field that a service refuses.
 */
export class Body<Input extends object> {
  readonly schema: TSchema;

  constructor(
    private readonly Input: new () => Input,
    private readonly properties: Readonly<Record<string, Property>>,
    /** A body that a reader can learn from. Parts of a body have none. */
    example?: object,
  ) {
    const schemas = Object.entries(properties).map(([name, { schema }]) => [name, schema] as const);
    this.schema = record(Object.fromEntries(schemas), example && { examples: [example] });
  }

  /** Makes the service's input from a body that fits the schema, and from what else the request says. */
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

  /** Returns the path in the body that a field of the input comes from. */
  pathOf([field, ...inside]: FieldPath): FieldPath {
    if (field === undefined) return [];
    const found = Object.entries(this.properties).find(
      ([, property]) => !property.isInside && (property.field === field || property.fieldOfList === field),
    );
    if (!found) return [snakeCased(field), ...inside];
    const [name, { of }] = found;
    if (!of) return [name, ...inside];
    const [first, ...rest] = inside;
    return typeof first === "number" ? [name, first, ...of.pathOf(rest)] : [name, ...of.pathOf(inside)];
  }
}

interface ListParts {
  readonly items: TSchema;
  /** What each item consists of. */
  readonly of?: Body<object>;
  /** A body that a reader can learn from. */
  readonly example: readonly unknown[];
}

/** A body that is a bare list: one field of the service's input. */
export class ListBody<Input extends object> {
  private readonly of: Body<object> | undefined;
  readonly schema: TSchema;

  constructor(
    private readonly Input: new () => Input,
    private readonly field: keyof Input & string,
    { items, of, example }: ListParts,
  ) {
    this.of = of;
    this.schema = Type.Array(items, { examples: [example] });
  }

  toInput(body: unknown, more: Partial<Input>): Input {
    const { of } = this;
    const items = body as unknown[];
    return Object.assign(new this.Input(), { [this.field]: of ? items.map((item) => of.toInput(item)) : items }, more);
  }

  pathOf([, index, ...inside]: FieldPath): FieldPath {
    if (index === undefined) return [];
    return [index, ...(this.of ? this.of.pathOf(inside) : inside)];
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
