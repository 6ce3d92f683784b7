import type { FastifyRequest, FastifySchemaValidationError } from "fastify";
import type { TSchema } from "typebox";
import { snakeCase } from "../../../input/snake-case.js";
import { DomainError, quote } from "../../../lib/errors.js";

/** The path to a value in a request: the names of fields, and the indexes in lists. */
export type FieldPath = readonly (string | number)[];

/** The schema of a body, and the way from a field of the service's input back to the body. */
export interface BodyContract {
  readonly schema: TSchema;
  /** `body` is what was sent, for doors whose fields are not in the order of the service's. */
  pathOf(field: FieldPath, body: unknown): FieldPath;
  /** How many numbers its lists may have, beside the values that any body may have. 0 if it is not given. */
  readonly numbersMax?: number;
}

declare module "fastify" {
  interface FastifyContextConfig {
    /** The contract of the route's body, for its error handler. */
    body?: BodyContract;
  }
}

/**
 * One thing that is wrong with a request: where it is, such as ["body", "models", 0, "model_name"], and what is wrong.
 */
export interface Fault {
  readonly loc: FieldPath;
  readonly msg: string;
  readonly type: "missing" | "unknown_field" | "json_invalid" | "value_error";
}

interface SchemaError extends FastifySchemaValidationError {
  readonly data?: unknown;
}

/** Returns what is wrong with a request's input, in the request's own names; undefined if the error is of another kind. */
export function faultsOf(error: unknown, request: FastifyRequest): Fault[] | undefined {
  if (error instanceof DomainError) return error.code === "INVALID_INPUT" ? faultsOfInput(error, request) : undefined;
  if (!(error instanceof Error)) return undefined;
  if ("validation" in error && Array.isArray(error.validation) && "validationContext" in error)
    return error.validation.map((fault: SchemaError) => faultOfSchema(fault, String(error.validationContext)));
  if ("code" in error && error.code === "FST_ERR_CTP_INVALID_JSON_BODY")
    return [{ loc: ["body"], msg: "must be JSON", type: "json_invalid" }];
  return undefined;
}

/** Turns the faults that a service found into the request's own names. */
function faultsOfInput({ message, data }: DomainError, request: FastifyRequest): Fault[] {
  const contract = request.routeOptions.config.body;
  const fields = (data.fields as { field: string; message: string }[] | undefined) ?? [
    { field: String(data.field ?? ""), message },
  ];
  return fields.map((fault) => {
    const steps = fault.field.split(/[.[\]]+/).filter((step) => step !== "");
    // What follows may be a field of that name.
    const path = steps[0] === "input" || steps[0] === "filter" ? steps.slice(1) : steps;
    const fieldPath = path.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    const msg = fault.message.startsWith(`${fault.field} `)
      ? fault.message.slice(fault.field.length + 1)
      : fault.message;
    const loc = contract
      ? ["body", ...contract.pathOf(fieldPath, request.body)]
      : ["query", ...fieldPath.map(queryStep)];
    return { loc, msg, type: "value_error" };
  });
}

/** Query parameters have the names of the services' fields, in snake case. */
const queryStep = (step: string | number): string | number => (typeof step === "string" ? snakeCase(step) : step);

function faultOfSchema({ instancePath, keyword, params, message, data }: SchemaError, part: string): Fault {
  const where = [part === "querystring" ? "query" : part, ...instancePath.split("/").slice(1).map(stepOf)];
  if (keyword === "required")
    return { loc: [...where, String(params.missingProperty)], msg: "is required", type: "missing" };
  if (keyword === "additionalProperties") {
    const name = String(params.additionalProperty);
    return { loc: [...where, name], msg: `${quote(name)} is not a field of this request`, type: "unknown_field" };
  }
  const allowed = keyword === "enum" ? `: ${(params.allowedValues as unknown[]).map(quote).join(", ")}` : "";
  const rule = keyword === "type" ? `must be ${[params.type].flat().join(" or ")}` : `${message}${allowed}`;
  return { loc: where, msg: `${rule}, got ${quote(data)}.`, type: "value_error" };
}

const stepOf = (step: string): string | number =>
  /^\d+$/.test(step) ? Number(step) : step.replaceAll("~1", "/").replaceAll("~0", "~");
