import { Buffer } from "node:buffer";
import type { FieldPath } from "../../../edge/http/bodies/faults.js";
import { entryOf } from "../../../lib/json/entry-of.js";
import type { Json, JsonObject } from "../../../lib/json/json.js";
import { isObject } from "../../../lib/json/unknown-json.js";
import { notOffered, unusable } from "./unusable.js";

/** A content part of OpenAI's, and where in the request it comes from. */
export interface PlacedPart {
  readonly part: JsonObject;
  readonly at: FieldPath;
}

const FILES = "files that were uploaded before are not kept here. Send the data, or a URL.";

/** Whether a block is content that `contentParts` knows. */
export const isContent = (block: JsonObject): boolean => entryOf(MAKERS, block.type) !== undefined;

/** Makes content parts of a text, image or document block. A document of blocks becomes several. */
export function contentParts(block: JsonObject, at: FieldPath): PlacedPart[] {
  const make = entryOf(MAKERS, block.type);
  if (!make) throw unusable([...at, "type"], `must be one of ${Object.keys(MAKERS).join(", ")}`, block.type);
  return make(block, at);
}

const MAKERS: Readonly<Record<string, (block: JsonObject, at: FieldPath) => PlacedPart[]>> = {
  text: (block, at) => [{ part: textPart(block, at), at: [...at, "text"] }],
  image: (block, at) => [{ part: imagePart(block, at), at }],
  document: documentParts,
};

function textPart(block: JsonObject, at: FieldPath): JsonObject {
  return { type: "text", text: textOf(block, "text", at), ...beside(block, "cache_control", "citations") };
}

function imagePart(block: JsonObject, at: FieldPath): JsonObject {
  const source = sourceOf(block, at);
  const from = [...at, "source"];
  if (source.type === "file") throw notOffered(from, FILES);
  if (source.type !== "base64" && source.type !== "url")
    throw unusable([...from, "type"], 'must be "base64" or "url"', source.type);
  return { type: "image_url", image_url: { url: urlOf(source, from) }, ...beside(block, "cache_control") };
}

/** Only Anthropic quotes documents, so a document of text is plain text for all models unless quotes are wanted. */
function documentParts(block: JsonObject, at: FieldPath): PlacedPart[] {
  const source = sourceOf(block, at);
  const from = [...at, "source"];
  const kept = beside(block, "cache_control", "citations", "title", "context");
  const wantsCitations = isObject(block.citations) && block.citations.enabled === true;
  if (source.type === "file") throw notOffered(from, FILES);
  if (source.type === "content") return partsWithin(source.content, [...from, "content"]);
  if (source.type === "text") {
    const text = textOf(source, "data", from);
    if (!wantsCitations) {
      const heading = [block.title, block.context].filter((line) => typeof line === "string");
      const part = { type: "text", text: [...heading, text].join("\n\n"), ...beside(block, "cache_control") };
      return [{ part, at: [...from, "data"] }];
    }
    const data = `data:text/plain;base64,${Buffer.from(text).toString("base64")}`;
    return [{ part: { type: "file", file: { filename: nameOf(block, "txt"), file_data: data }, ...kept }, at }];
  }
  if (source.type === "url") return [{ part: { type: "file", file: { file_url: urlOf(source, from) }, ...kept }, at }];
  if (source.type !== "base64")
    throw unusable([...from, "type"], 'must be "base64", "url", "text" or "content"', source.type);
  const file = { filename: nameOf(block, "pdf"), file_data: urlOf(source, from) };
  return [{ part: { type: "file", file, ...kept }, at }];
}

/** The parts of a text or of a list of blocks. */
export function partsWithin(content: Json | undefined, at: FieldPath): PlacedPart[] {
  if (content == null || content === "") return [];
  if (typeof content === "string") return [{ part: { type: "text", text: content }, at }];
  if (!Array.isArray(content)) throw unusable(at, "must be a text or a list of blocks", content);
  return content.flatMap((block, index) => contentParts(blockOf(block, [...at, index]), [...at, index]));
}

export function blockOf(block: Json, at: FieldPath): JsonObject {
  if (!isObject(block) || typeof block.type !== "string") throw unusable(at, "must be a block with a type", block);
  return block as JsonObject;
}

export function textOf(block: JsonObject, field: string, at: FieldPath): string {
  const text = block[field];
  if (typeof text !== "string") throw unusable([...at, field], "must be a text", text ?? null);
  return text;
}

/** What a block has beside its content, as far as it says something. */
export function beside(block: JsonObject, ...names: readonly string[]): JsonObject {
  const given = names.map((name) => [name, block[name]] as const);
  return Object.fromEntries(
    given.filter(([, value]) => value != null && !(Array.isArray(value) && !value.length)),
  ) as JsonObject;
}

function sourceOf({ source }: JsonObject, at: FieldPath): JsonObject {
  if (!isObject(source)) throw unusable([...at, "source"], "must be an object", source ?? null);
  return source as JsonObject;
}

function urlOf(source: JsonObject, from: FieldPath): string {
  if (source.type === "url") return textOf(source, "url", from);
  return `data:${textOf(source, "media_type", from)};base64,${textOf(source, "data", from)}`;
}

/** OpenAI asks for the name of a file. */
const nameOf = ({ title }: JsonObject, extension: string): string =>
  typeof title === "string" && title !== "" ? title : `document.${extension}`;
