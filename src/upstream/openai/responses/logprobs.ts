import { isObject } from "../../../lib/json/unknown-json.js";
import type { Part, UnknownFields } from "../../provider.js";

/**
 * Reads the probabilities of a text's tokens, and says them as chats do, beside the choice. The pieces of a text tell them,
 * its end, or the whole item, and most servers repeat at the end what came with the pieces. Each is told once.
 */
export class Logprobs {
  /** How many came of each text. */
  private readonly told = new Map<string, number>();

  /** Takes those of a piece of a text. */
  add(text: string, given: unknown): Part[] {
    const news = Array.isArray(given) ? given.filter(isObject) : [];
    if (news.length === 0) return [];
    this.told.set(text, (this.told.get(text) ?? 0) + news.length);
    const fields = { logprobs: { content: news.map(asInChats), refusal: null } };
    return [{ type: "extension", at: "choice", fields }];
  }

  /** Takes those of a whole text, of which some may have come with its pieces. */
  complete(text: string, given: unknown): Part[] {
    return this.add(text, Array.isArray(given) ? given.slice(this.told.get(text) ?? 0) : []);
  }
}

/** Chats always have both fields. The bytes are null there if they are not known. */
const asInChats = (token: UnknownFields): UnknownFields => ({ bytes: null, top_logprobs: [], ...token });
