import type { FastifyRequest } from "fastify";
import { isObject, parseJson } from "../../lib/json/unknown-json.js";
import type { DocumentRequest } from "./trusted/trusted-documents.js";

/** What a client asks for, as GraphQL over HTTP has it. Nothing of it has been checked. */
export interface OperationRequest extends DocumentRequest {
  readonly operationName?: unknown;
  readonly variables?: unknown;
}

/** Returns the operation that a request asks for: by its body if it is a POST, and else by its address. */
export function operationRequestOf(request: FastifyRequest): OperationRequest {
  if (request.method === "POST") return isObject(request.body) ? request.body : {};
  const parameters = parametersOf(request);
  const text = (name: string) => parameters.get(name) ?? undefined;
  const json = (name: string) => parseJson(text(name) ?? "");
  return {
    query: text("query"),
    documentId: text("documentId"),
    operationName: text("operationName"),
    variables: json("variables"),
    extensions: json("extensions"),
  };
}

export const parametersOf = ({ url }: FastifyRequest): URLSearchParams =>
  new URLSearchParams(url.split("?").slice(1).join("?"));
