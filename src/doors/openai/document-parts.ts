// What the descriptions of /v1 are written with.

const text = { type: "string" } as const;

export const json = (schema: object, example: unknown) => ({ "application/json": { schema, example } });

const error = {
  type: "object",
  required: ["error"],
  properties: {
    error: {
      type: "object",
      required: ["message", "type", "code"],
      properties: { message: text, type: text, code: { type: ["string", "null"] } },
    },
  },
};
/** The answers of an operation: the one that it is for, and errors. */
export const answers = (description: string, schema: object, example: unknown, others: object = {}) => ({
  200: { description, content: { ...json(schema, example), ...others } },
  default: { description: "An error, in OpenAI's shape.", content: { "application/json": { schema: error } } },
});

export const header = (name: string, description: string) => ({ name, in: "header", schema: text, description });
