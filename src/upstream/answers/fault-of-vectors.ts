import { isObject } from "../../lib/json/unknown-json.js";
import type { JsonQuestion } from "../provider.js";

/** How many texts an embedding is asked of: one if it is a text or the tokens of one. */
export function inputsOf({ body: { input } }: Pick<JsonQuestion, "body">): number {
  return Array.isArray(input) && typeof input[0] !== "number" ? input.length : 1;
}

/**
 * Says what is wrong with the vectors of an answer; undefined if they can be told apart and all are whole. A client would put
 * the wrong ones into its index without noticing. An index that is the same for all says nothing, so the order counts.
 */
export function faultOfVectors(data: readonly unknown[], inputs: number): string | undefined {
  if (data.length !== inputs) return `There are ${data.length} vectors for ${inputs} texts.`;
  const places = new Set(data.map((each) => (isObject(each) ? each.index : undefined)));
  if (places.size > 1 && !areInARow([...places], inputs)) return "The vectors do not have the indexes of the texts.";
  const lengths = new Set(data.map((each) => (isObject(each) ? lengthOf(each.embedding) : undefined)));
  if (lengths.has(undefined)) return "A vector is no list of finite numbers.";
  return lengths.size > 1 ? "The vectors have different lengths." : undefined;
}

/** Whether there is each place once. Some servers count from 1. */
function areInARow(places: readonly unknown[], inputs: number): boolean {
  if (places.length !== inputs || !places.every(Number.isInteger)) return false;
  const numbers = places.map(Number);
  return Math.max(...numbers) - Math.min(...numbers) + 1 === inputs;
}

const BYTES_OF_FLOAT = 4;
/** What all bits of an exponent are set in is NaN or infinite. */
const EXPONENT = 0x7f800000;

/**
 * How many numbers a vector has; undefined if it is none, or if one of them is not finite. Models that make a vector of each
 * token send a list of vectors, which all have as many.
 */
function lengthOf(embedding: unknown): number | undefined {
  if (typeof embedding === "string") return lengthOfPacked(Buffer.from(embedding, "base64"));
  if (!Array.isArray(embedding) || embedding.length === 0) return undefined;
  if (!Array.isArray(embedding[0])) return embedding.every(Number.isFinite) ? embedding.length : undefined;
  const [length, ...others] = new Set(embedding.map(lengthOf));
  return others.length === 0 ? length : undefined;
}

function lengthOfPacked(bytes: Buffer): number | undefined {
  if (bytes.length === 0 || bytes.length % BYTES_OF_FLOAT !== 0) return undefined;
  for (let at = 0; at < bytes.length; at += BYTES_OF_FLOAT)
    if ((bytes.readInt32LE(at) & EXPONENT) === EXPONENT) return undefined;
  return bytes.length / BYTES_OF_FLOAT;
}
