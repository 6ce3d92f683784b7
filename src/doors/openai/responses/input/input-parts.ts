import { invalid } from "../../../../input/validate.js";
import type { JsonObject } from "../../../../lib/json/json.js";

/** The words for what is refused because the gateway keeps no files. */
const NO_FILES = "is not supported, because the gateway keeps no files. Send an address or the data itself";

/** The content of a message: text if that says it all, otherwise parts of OpenAI's chat format. */
export type Content = { readonly content: string } | { readonly parts: JsonObject[] };

/**
 * Translates the content of a message, or the output of a tool. `field` is its place in the request. Throws INVALID_INPUT for
 * a part that chat completions have no name for.
 */
export function contentOf(given: unknown, field: string): Content {
  if (typeof given === "string") return { content: given };
  if (!Array.isArray(given)) throw invalid(field, "must be text or a list of parts", given);
  const parts = given.map((part, index) => partOf(part as JsonObject, `${field}[${index}]`));
  const [first] = parts;
  return parts.length === 1 && first && isPlainText(first) ? { content: String(first.text) } : { parts };
}

const isPlainText = (part: JsonObject): boolean => part.type === "text" && Object.keys(part).length === 2;

function partOf(part: JsonObject, field: string): JsonObject {
  if (typeof part !== "object" || part === null) throw invalid(field, "must be a part", part);
  const { type, ...others } = part;
  if (type === "input_text" || type === "output_text" || type === "text" || type === "summary_text") {
    const { annotations: _annotations, logprobs: _logprobs, ...rest } = others;
    return { ...rest, type: "text", text: textOf(part.text, `${field}.text`) };
  }
  if (type === "refusal") return { type, refusal: textOf(part.refusal, `${field}.refusal`) };
  if (type === "input_image") return image(others, field);
  if (type === "input_file") return file(others, field);
  if (type === "input_audio") return part;
  throw invalid(
    `${field}.type`,
    'must be "input_text", "input_image", "input_file", "input_audio", "output_text" or "refusal"',
    type,
  );
}

function image({ image_url: url, file_id: fileId, detail, ...rest }: JsonObject, field: string): JsonObject {
  if (fileId != null) throw invalid(`${field}.file_id`, NO_FILES, fileId);
  const address = textOf(url, `${field}.image_url`);
  return { ...rest, type: "image_url", image_url: { url: address, ...(typeof detail === "string" && { detail }) } };
}

function file(part: JsonObject, field: string): JsonObject {
  const { file_id: fileId, file_data: data, file_url: url, filename, detail: _detail, ...rest } = part;
  if (fileId != null) throw invalid(`${field}.file_id`, NO_FILES, fileId);
  if (data == null && url == null) throw invalid(field, "must have file_data or file_url", "neither");
  return {
    ...rest,
    type: "file",
    file: {
      ...(typeof filename === "string" && { filename }),
      ...(data != null && { file_data: textOf(data, `${field}.file_data`) }),
      ...(url != null && { file_url: textOf(url, `${field}.file_url`) }),
    },
  };
}

export function textOf(value: unknown, field: string): string {
  if (typeof value !== "string") throw invalid(field, "must be text", value);
  return value;
}
