import { LRUCache } from "lru-cache";
import { stringifyExact } from "../../../lib/json/exact-json.js";
import { isObject } from "../../../lib/json/unknown-json.js";
import type { UnknownFields } from "../../../upstream/provider.js";

/** SDKs repeat a request within seconds. */
const KEPT_MS = 60_000;
/** As large as the largest answer, and once more. */
const BYTES_MAX = 128 * 1024 * 1024;

/** The answers of calls that are no chats, for a minute, so that a repeated request can have one that is not stored. */
export class KeptResults {
  private readonly results = new LRUCache<string, UnknownFields>({
    maxSize: BYTES_MAX,
    sizeCalculation: bytesOf,
    ttl: KEPT_MS,
    ttlAutopurge: true,
  });

  keep(callId: string, result: UnknownFields): void {
    this.results.set(callId, result);
  }

  find(callId: string): UnknownFields | undefined {
    return this.results.get(callId);
  }

  clear(): void {
    this.results.clear();
  }
}

const BYTES_OF_NUMBER = 8;

/** About how much memory an answer takes. To write vectors as JSON would take longer than all else of a call. */
function bytesOf({ data, ...others }: UnknownFields): number {
  const vectors = Array.isArray(data) ? data : [];
  const ofVectors = vectors.reduce((sum: number, each) => sum + bytesOfVector(isObject(each) ? each.embedding : ""), 0);
  return 1 + ofVectors + stringifyExact(others).length;
}

function bytesOfVector(embedding: unknown): number {
  if (Array.isArray(embedding)) return embedding.length * BYTES_OF_NUMBER;
  return typeof embedding === "string" ? embedding.length : 0;
}
