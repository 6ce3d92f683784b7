/** A JSON schema, as far as this door writes them. */
export interface JsonSchema {
  readonly $id?: string;
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly format?: string;
  readonly enum?: readonly (string | null)[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
  readonly items?: JsonSchema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean;
}

type Properties = Readonly<Record<string, JsonSchema>>;

export const text = (description: string): JsonSchema => ({ type: "string", description });
export const integer = (description: string): JsonSchema => ({ type: "integer", description });
export const number = (description: string): JsonSchema => ({ type: "number", description });
export const flag = (description: string): JsonSchema => ({ type: "boolean", description });
export const time = (description: string): JsonSchema => ({ type: "string", format: "date-time", description });
export const oneOf = (values: readonly string[], description: string): JsonSchema => ({
  ...text(description),
  enum: values,
});
/** Any JSON object. */
export const freeObject = (description: string): JsonSchema => ({
  type: "object",
  additionalProperties: true,
  description,
});
export const listOf = (items: JsonSchema, description = ""): JsonSchema => ({ type: "array", items, description });
export const orNull = (schema: JsonSchema): JsonSchema => ({
  ...schema,
  ...(schema.type !== undefined && { type: [schema.type, "null"].flat() }),
  ...(schema.enum && { enum: [...schema.enum, null] }),
});

/** An object that has no other names. */
export const objectOf = (properties: Properties, required: readonly string[]): JsonSchema => ({
  type: "object",
  additionalProperties: false,
  required,
  properties,
});
/** An object of an answer: it has all its names, always. */
export const record = (properties: Properties): JsonSchema => objectOf(properties, Object.keys(properties));
/** A schema of answer-schemas.ts. */
export const ref = (name: string): JsonSchema => ({ $ref: `${name}#` });
