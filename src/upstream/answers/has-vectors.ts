import { isObject } from "../../lib/json/unknown-json.js";

/**
 * Whether a list has one vector for each input, each in a place of its own. A vector too few would give all texts after it
 * the vector of another.
 */
export function hasVectors(list: readonly unknown[], input: unknown): boolean {
  const wanted = countOf(input);
  const vectors = list.filter(isObject).filter(({ embedding }) => isVector(embedding));
  if (list.length !== wanted || vectors.length !== wanted) return false;
  const places = vectors.map(({ index }) => index);
  if (places.every((place) => place === undefined || place === null)) return true;
  return new Set(places).size === wanted && places.every((place) => isPlace(place, wanted));
}

/** A list of tokens is one input. */
const countOf = (input: unknown): number => (Array.isArray(input) && typeof input[0] !== "number" ? input.length : 1);

const isPlace = (place: unknown, count: number): boolean =>
  Number.isInteger(place) && Number(place) >= 0 && Number(place) < count;

/** Numbers, or their bytes in base64. Models that make a vector of each token send a list of lists. */
const isVector = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 && value.every(isNumber) : typeof value === "string" && value !== "";

const isNumber = (value: unknown): boolean =>
  typeof value === "number" || typeof value === "bigint" || (Array.isArray(value) && isVector(value));
