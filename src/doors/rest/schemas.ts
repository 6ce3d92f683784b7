import { type Static, type TObjectOptions, type TProperties, type TSchema, Type } from "typebox";

// TypeBox as this door writes it: each value has a description.

export const text = (description: string) => Type.String({ description });
export const integer = (description: string) => Type.Integer({ description });
export const number = (description: string) => Type.Number({ description });
export const flag = (description: string) => Type.Boolean({ description });
export const listOf = <Item extends TSchema>(items: Item, description?: string) =>
  Type.Array(items, description === undefined ? {} : { description });

/** A time. JSON writes it as ISO 8601 with Z. */
export const time = (description: string) => Type.Unsafe<Date>({ type: "string", format: "date-time", description });

/** One of the given texts. */
export const oneOf = <Text extends string>(values: readonly Text[], description: string) =>
  Type.Unsafe<Text>({ type: "string", enum: values, description });

/** A JSON object with fields of any name. The database's JSON may be of any kind to the compiler, hence `unknown`. */
export const freeObject = (description: string) =>
  Type.Unsafe<unknown>({ type: "object", additionalProperties: true, description });

/** The schema, or null. The types are one list, so that a value that fits neither is one fault. */
export const orNull = <Schema extends TSchema>(schema: Schema) => {
  const { type, enum: values }: { type?: string | string[]; enum?: unknown[] } = schema;
  return Type.Unsafe<Static<Schema> | null>({
    ...schema,
    ...(type !== undefined && { type: [type, "null"].flat() }),
    ...(values !== undefined && { enum: [...values, null] }),
  });
};

/** An object that has no other fields. */
export const record = <Properties extends TProperties>(properties: Properties, options: TObjectOptions = {}) =>
  Type.Object(properties, { additionalProperties: false, ...options });

/** An answer that is documented under its name. The example shows a reader what it looks like. */
export const answer = <Properties extends TProperties>(
  $id: string,
  properties: Properties,
  example: object,
  options: TObjectOptions = {},
) => record(properties, { $id, examples: [example], ...options });

/** A reference to a schema that has a name, for use inside another one. */
export function ref<Schema extends TSchema>(schema: Schema) {
  const { $id }: { $id?: string } = schema;
  return Type.Unsafe<Static<Schema>>({ $ref: `${$id}#` });
}
