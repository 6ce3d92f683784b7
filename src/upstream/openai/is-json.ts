import { parseJson } from "../../lib/unknown-json.js";

/** Whether a text is JSON. An empty text is not. */
export const isJson = (text: string): boolean => parseJson(text) !== undefined;
