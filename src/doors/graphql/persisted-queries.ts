import { createHash } from "node:crypto";
import { GraphQLError } from "graphql";
import { LRUCache } from "lru-cache";
import { isObject } from "../../lib/json/unknown-json.js";
import type { DocumentRequest } from "./trusted/trusted-documents.js";

/** How many characters of documents are remembered. It is what Apollo has by itself: 30 MiB of UTF-16. */
const REMEMBERED_CHARACTERS_MAX = 15 * 1024 * 1024;

/**
 * The documents that clients have sent once and name by their hash from then on (Apollo's automatic persisted queries).
 * Apollo remembers those of plain requests in it, and streams and sockets find them there, and add their own.
 */
export class PersistedQueries {
  private readonly texts = new LRUCache<string, string>({
    maxSize: REMEMBERED_CHARACTERS_MAX,
    sizeCalculation: (text) => Math.max(text.length, 1),
  });

  /** What Apollo keeps its documents in. It puts this before each hash. */
  readonly ofApollo = {
    get: async (key: string): Promise<string | undefined> => this.texts.get(key),
    set: async (key: string, text: string): Promise<void> => void this.texts.set(key, text),
    delete: async (key: string): Promise<boolean> => this.texts.delete(key),
  };

  /**
   * Returns the text that a request names by its hash, or undefined if it names none. If it has the text too, that is
   * remembered. Throws PERSISTED_QUERY_NOT_FOUND, after which clients send the text, and a GraphQLError if the two differ.
   */
  textOf({ query, extensions }: DocumentRequest): string | undefined {
    const persisted = isObject(extensions) ? extensions.persistedQuery : undefined;
    if (!isObject(persisted) || typeof persisted.sha256Hash !== "string") return undefined;
    const key = PREFIX + persisted.sha256Hash;
    if (typeof query !== "string" || query === "") {
      const found = this.texts.get(key);
      if (found !== undefined) return found;
      throw new GraphQLError("PersistedQueryNotFound", { extensions: { code: "PERSISTED_QUERY_NOT_FOUND" } });
    }
    if (createHash("sha256").update(query).digest("hex") !== persisted.sha256Hash)
      throw new GraphQLError("provided sha does not match query", { extensions: { code: "BAD_REQUEST" } });
    this.texts.set(key, query);
    return query;
  }
}

const PREFIX = "apq:";
