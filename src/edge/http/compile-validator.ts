import { Ajv } from "ajv";
import type { FastifySchemaCompiler } from "fastify";
import type { JsonSchema } from "./json-schema.js";

/** One fault at a time: a body of millions of wrong values must not become millions of errors. `verbose` keeps the value. */
const OPTIONS = { verbose: true, allowUnionTypes: true, formats: { "date-time": true } } as const;

/** JSON is taken as it is: no value is turned into another type, and nothing unknown is dropped without a word. */
const json = new Ajv(OPTIONS);
/** What arrives in an address is all text. */
const address = new Ajv({ ...OPTIONS, coerceTypes: true, useDefaults: true });

export const compileValidator: FastifySchemaCompiler<JsonSchema> = ({ schema, httpPart }) =>
  (httpPart === "body" ? json : address).compile(schema);
