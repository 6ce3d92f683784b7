import { stringifyExact } from "../../lib/json/exact-json.js";
import { inputsOf } from "../answers/fault-of-vectors.js";
import type { JsonRequest, UnknownFields } from "../provider.js";

/** From so many vectors on, digits are asked for in base64. */
const PACKED_FROM = 256;
/** With other fields than these, such as a type of number, base64 may mean something else. */
const PLAIN_FIELDS: ReadonlySet<string> = new Set(["input", "dimensions", "encoding_format", "user"]);

/** The body of a question that is no chat, as OpenAI's format has it. */
export const jsonRequest = ({ model, ...question }: JsonRequest): string =>
  stringifyExact({ ...question.body, ...formOf(question), model, ...(question.stream && STREAMED) });

const STREAMED = { stream: true, stream_options: { include_usage: true } };

/**
 * Many vectors are asked for in base64, whose texts are a quarter of the digits and read in a fraction of the time. Whoever
 * asked for digits gets digits all the same. A request that leaves the form to the upstream still does.
 */
function formOf({ endpoint, body }: Omit<JsonRequest, "model">): UnknownFields {
  const wantsDigits = endpoint === "embeddings" && body.encoding_format === "float";
  const isPlain = Object.keys(body).every((name) => PLAIN_FIELDS.has(name));
  return wantsDigits && isPlain && inputsOf({ body }) >= PACKED_FROM ? { encoding_format: "base64" } : {};
}
