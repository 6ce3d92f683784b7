import { Ajv2020 } from "ajv/dist/2020.js";
import { expect } from "vitest";
import { readSse, type SseMessage } from "./sse.js";

export interface Media {
  readonly schema: object;
  readonly example?: unknown;
}

/** A route as the OpenAPI document describes it, as far as tests look at it. */
export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: "path" | "query" | "header";
    readonly example?: unknown;
  }[];
  readonly requestBody?: { readonly content: { readonly "application/json": Media } };
  readonly responses: { readonly 200: { readonly content: Readonly<Record<string, Media>> } };
}

export interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

const documents = new Map<string, Promise<OpenApi>>();

/** The document of a gateway, read once. */
export function openApi(url: string): Promise<OpenApi> {
  const known = documents.get(url) ?? fetch(`${url}/docs/json`).then((response) => response.json() as Promise<OpenApi>);
  documents.set(url, known);
  return known;
}

/** Fails unless the value fits a schema of the document. */
export function expectToFit({ components }: OpenApi, schema: object, value: unknown, what: string): void {
  const ajv = new Ajv2020({ strict: false, formats: { "date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/ } });
  const fits = ajv.compile({ ...schema, components });
  expect(fits(value) || fits.errors, `${what}: ${JSON.stringify(value)}`).toBe(true);
}

/** The events of a call's event stream, whose data must be what the document describes. */
export function documentedEvents(document: OpenApi, stream: string, what: string): SseMessage[] {
  const messages = readSse(stream);
  const { contentSchema } = document.components.schemas.EventStream as { contentSchema?: object };
  const data = messages.map((message) => (message.data === "[DONE]" ? message.data : JSON.parse(message.data)));
  expectToFit(document, contentSchema ?? { not: {} }, data, what);
  return messages;
}
