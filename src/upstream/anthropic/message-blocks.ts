import { isObject } from "../../lib/json/unknown-json.js";
import type { ChatMessage, UnknownFields } from "../provider.js";

type Block = UnknownFields;

/** The content of a message in Anthropic's blocks. An empty text is none, because Anthropic refuses it. */
export function blocksOf(content: ChatMessage["content"]): Block[] {
  if (typeof content === "string") return content === "" ? [] : [{ type: "text", text: content }];
  return (content ?? []).flatMap(blockOf);
}

/** The texts of a message. */
export const textBlocksOf = (content: ChatMessage["content"]): Block[] =>
  blocksOf(content).filter(({ type }) => type === "text");

function blockOf(part: UnknownFields): Block[] {
  const { type } = part;
  const marks = pick(part, ["cache_control", "citations"]);
  if (type === "text") return part.text === "" ? [] : [{ type, text: part.text, ...marks }];
  if (type === "refusal") return [{ type: "text", text: part.refusal }];
  if (type === "image_url") return [{ type: "image", source: imageSourceOf(part.image_url), ...marks }];
  if (type === "file") return [documentOf(part.file, { ...marks, ...pick(part, ["title", "context"]) })];
  // A block of Anthropic's own, such as a result of its search, which goes back as it came.
  return [part];
}

const pick = (part: UnknownFields, names: readonly string[]): UnknownFields =>
  Object.fromEntries(names.filter((name) => part[name] != null).map((name) => [name, part[name]]));

function imageSourceOf(image: unknown): UnknownFields {
  const url = isObject(image) ? image.url : image;
  return dataIn(url) ?? { type: "url", url };
}

function documentOf(file: unknown, marks: UnknownFields): Block {
  const { file_data: data, file_url: url, file_id: id, filename } = isObject(file) ? file : ({} as UnknownFields);
  const title = typeof filename === "string" && { title: filename };
  return {
    type: "document",
    source: id == null ? documentSourceOf(data, url) : { type: "file", file_id: id },
    ...title,
    ...marks,
  };
}

/** What a file's data are, if they do not say it. */
const PDF = { type: "base64", media_type: "application/pdf" };

function documentSourceOf(data: unknown, url: unknown): UnknownFields {
  const source = dataIn(data) ?? (typeof data === "string" ? { ...PDF, data } : undefined);
  if (source?.media_type !== "text/plain") return source ?? { type: "url", url };
  return { ...source, type: "text", data: Buffer.from(String(source.data), "base64").toString("utf8") };
}

/** Reads a data URL. Undefined if it is another URL, or none. */
function dataIn(url: unknown): UnknownFields | undefined {
  const comma = typeof url === "string" && url.startsWith("data:") ? url.indexOf(",") : -1;
  if (typeof url !== "string" || comma === -1) return undefined;
  const [mediaType = "", ...parameters] = url.slice("data:".length, comma).split(";");
  const data = url.slice(comma + 1);
  const isBase64 = parameters.includes("base64");
  return {
    type: "base64",
    media_type: mediaType || "text/plain",
    data: isBase64 ? data : Buffer.from(unescaped(data)).toString("base64"),
  };
}

function unescaped(data: string): string {
  try {
    return decodeURIComponent(data);
  } catch {
    return data;
  }
}
