import type { FastifyReply, FastifyRequest, FastifySchemaValidationError } from "fastify";
import { refusalOf } from "../../edge/http-error.js";
import { toDomainError } from "../../edge/public-error.js";
import { DomainError, quote } from "../../lib/errors.js";
import type { Place } from "./body.js";

/** One fault of a request: where it is, such as ["body", "models", 0, "model_name"], and what is wrong with it. */
interface Fault {
  readonly loc: Place;
  readonly msg: string;
  readonly type: "missing" | "unknown_field" | "json_invalid" | "value_error";
}

interface SchemaError extends FastifySchemaValidationError {
  readonly data?: unknown;
}

/**
 * Answers in this door's shape: `{"detail": "..."}`, or for input that is not valid a list that names each field. The
 * code of the error table is in a header, and so is the call's id where a call was made.
 */
export function sendRestError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const faults = faultsOf(error, request);
  if (faults) return reply.code(422).header("x-tollgate-error-code", "INVALID_INPUT").send({ detail: faults });
  const { code, status, message, data } = refusalOf(error) ?? toDomainError(error);
  if (code === "INTERNAL") request.log.error({ err: error }, "A request failed.");
  if (typeof data.callId === "string") reply.header("x-tollgate-call-id", data.callId);
  return reply.code(status).header("x-tollgate-error-code", code).send({ detail: message });
}

function faultsOf(error: unknown, request: FastifyRequest): Fault[] | undefined {
  if (error instanceof DomainError)
    return error.code === "INVALID_INPUT" ? faultsOfInput(error, request.routeOptions.config.body) : undefined;
  if (!(error instanceof Error)) return undefined;
  if ("validation" in error && Array.isArray(error.validation) && "validationContext" in error)
    return error.validation.map((fault: SchemaError) => faultOfSchema(fault, String(error.validationContext)));
  if ("code" in error && error.code === "FST_ERR_CTP_INVALID_JSON_BODY")
    return [{ loc: ["body"], msg: "must be JSON", type: "json_invalid" }];
  return undefined;
}

/** What a service found, in the names of the request. */
function faultsOfInput({ message, data }: DomainError, body?: { placeOf(field: Place): Place }): Fault[] {
  const fields = (data.fields as { field: string; message: string }[] | undefined) ?? [
    { field: String(data.field ?? ""), message },
  ];
  return fields.map((fault) => {
    const path = fault.field.split(/[.[\]]+/).filter((step) => step !== "" && step !== "input");
    const place = path.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    const msg = fault.message.startsWith(`${fault.field} `)
      ? fault.message.slice(fault.field.length + 1)
      : fault.message;
    return { loc: body ? ["body", ...body.placeOf(place)] : ["query", ...place], msg, type: "value_error" };
  });
}

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
