import { Ajv, type ValidateFunction } from "ajv";
import type { FastifySchemaCompiler } from "fastify";
import type { TSchema } from "typebox";

/**
 * A check stops at the first fault: a body of millions of wrong values must not become millions of errors. `verbose`
 * keeps the wrong value for the error.
 */
const OPTIONS = { verbose: true, allowUnionTypes: true, formats: { "date-time": true } } as const;

/** JSON stays as it was sent: no value is turned into another type, and no unknown field is dropped silently. */
const json = new Ajv(OPTIONS);
/** Everything in an address arrives as text. It is turned into the type that the schema names, or into a list of one. */
const address = new Ajv({ ...OPTIONS, coerceTypes: "array", useDefaults: true });

/** A schema is compiled when its first value comes. Compiling all of them would take a tenth of a second at the start. */
export const compileValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const ajv = httpPart === "body" ? json : address;
  let compiled: ValidateFunction | undefined;
  const validate: ReturnType<FastifySchemaCompiler<TSchema>> = (value: unknown) => {
    compiled ??= ajv.compile(schema);
    const isValid = compiled(value);
    validate.errors = compiled.errors ?? null;
    return isValid;
  };
  return validate;
};
