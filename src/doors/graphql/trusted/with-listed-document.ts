import type { FastifyRequest } from "fastify";
import type { Viewer } from "../../../auth/viewer.js";
import { isObject } from "../../../lib/json/unknown-json.js";
import { operationRequestOf, parametersOf } from "../operation-request.js";
import type { TrustedDocuments } from "./trusted-documents.js";

/** Returns the request as Apollo is to see it: with the text of the listed document, and without its id. */
export function withListedDocument(request: FastifyRequest, trusted: TrustedDocuments, viewer: Viewer): FastifyRequest {
  const asked = operationRequestOf(request);
  const query = trusted.documentOf(asked, viewer);
  if (query === undefined) return request;
  const extensions = withoutId(asked.extensions);
  if (request.method === "POST")
    return Object.create(request, { body: { value: { ...(request.body as object), query, extensions } } });
  const parameters = parametersOf(request);
  parameters.set("query", query);
  parameters.set("extensions", JSON.stringify(extensions));
  return Object.create(request, { url: { value: `/graphql?${parameters}` } });
}

function withoutId(extensions: unknown): object {
  if (!isObject(extensions)) return {};
  const { persistedQuery: _, ...others } = extensions;
  return others;
}
