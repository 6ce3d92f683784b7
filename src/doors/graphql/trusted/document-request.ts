import type { FastifyRequest } from "fastify";
import type { Viewer } from "../../../auth/viewer.js";
import { isObject, parseJson } from "../../../lib/json/unknown-json.js";
import type { DocumentRequest, TrustedDocuments } from "./trusted-documents.js";

/** Returns which document a plain request asks for: by its body if it is a POST, and else by its address. */
export function documentRequestOf(request: FastifyRequest): DocumentRequest {
  if (request.method === "POST") return isObject(request.body) ? request.body : {};
  const parameters = parametersOf(request);
  const [query, documentId, extensions] = ["query", "documentId", "extensions"].map(
    (name) => parameters.get(name) ?? undefined,
  );
  return { query, documentId, extensions: extensions === undefined ? undefined : parseJson(extensions) };
}

/** Returns the request as Apollo is to see it: with the text of the listed document, and without its id. */
export function withListedDocument(request: FastifyRequest, trusted: TrustedDocuments, viewer: Viewer): FastifyRequest {
  const asked = documentRequestOf(request);
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

const parametersOf = ({ url }: FastifyRequest): URLSearchParams =>
  new URLSearchParams(url.split("?").slice(1).join("?"));

function withoutId(extensions: unknown): object {
  if (!isObject(extensions)) return {};
  const { persistedQuery: _, ...others } = extensions;
  return others;
}
