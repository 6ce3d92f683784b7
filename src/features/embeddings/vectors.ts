import { isObject } from "../../lib/json/unknown-json.js";
import type { UnknownFields } from "../../upstream/provider.js";

const BYTES_OF_FLOAT = 4;
const BYTES_OF_NUMBER = 8;

/** The single embeddings of an answer, in the order of what was embedded. */
export function embeddingsIn({ data }: UnknownFields): UnknownFields[] {
  const all = Array.isArray(data) ? data.filter(isObject) : [];
  return all.every(({ index }) => Number.isInteger(index))
    ? all.sort((a, b) => Number(a.index) - Number(b.index))
    : all;
}

/** About how much memory the vectors of an answer take. All of them are as long as the first. */
export function bytesOfVectors(result: UnknownFields): number {
  const vectors = embeddingsIn(result);
  const first = vectors[0]?.embedding;
  const length =
    typeof first === "string" ? first.length : Array.isArray(first) ? first.flat().length * BYTES_OF_NUMBER : 0;
  return vectors.length * length;
}

/** A vector as numbers, whether the upstream wrote it so or in base64, as 4 bytes each with the lowest first. */
export function numbersOf(embedding: unknown): unknown {
  if (typeof embedding !== "string") return embedding;
  const bytes = Buffer.from(embedding, "base64");
  const numbers = new Array<number>(Math.floor(bytes.length / BYTES_OF_FLOAT));
  for (let index = 0; index < numbers.length; index++) numbers[index] = bytes.readFloatLE(index * BYTES_OF_FLOAT);
  return numbers;
}

/** The same in base64. Several vectors of one text have no such form, and stay as they are. */
export function base64Of(embedding: unknown): unknown {
  if (!Array.isArray(embedding) || Array.isArray(embedding[0])) return embedding;
  const bytes = Buffer.alloc(embedding.length * BYTES_OF_FLOAT);
  for (const [index, number] of embedding.entries()) bytes.writeFloatLE(Number(number), index * BYTES_OF_FLOAT);
  return bytes.toString("base64");
}
