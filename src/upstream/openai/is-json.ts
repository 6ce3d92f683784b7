import { parseJson } from "../../lib/json/unknown-json.js";

/**
 * Whether a text is JSON. An empty text is not. It is asked at each piece of a growing text, so a text that does not end
 * like an object or a list that it began is not read.
 */
export const isJson = (text: string): boolean =>
  (text[0] !== "{" || text.endsWith("}")) && (text[0] !== "[" || text.endsWith("]")) && parseJson(text) !== undefined;
