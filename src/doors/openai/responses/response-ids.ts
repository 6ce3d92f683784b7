import { isUuid } from "../../../lib/ids.js";

/** What an item of a response is. Its id begins with it, as at OpenAI. */
export type ItemKind = "rs" | "msg" | "fc" | "ctc" | "fco" | "cmp";

export const responseId = (callId: string): string => `resp_${callId}`;

/** The call that a response is; undefined if the id cannot be that of a response. */
export function callIdOf(id: string): string | undefined {
  const callId = id.startsWith("resp_") ? id.slice("resp_".length) : "";
  return isUuid(callId) ? callId.toLowerCase() : undefined;
}

/**
 * The id of an item of an answer. It is made of the call's id, so that a stream, a plain answer and a later read tell the
 * same one. `place` counts the items of one kind from 0.
 */
export const itemId = (kind: ItemKind, callId: string, place: number): string =>
  place === 0 ? `${kind}_${callId}` : `${kind}_${callId}_${place}`;

/** The id of an item of a question, if its client gave it none. `place` counts the items from 0. */
export const inputItemId = (kind: ItemKind, callId: string, place: number): string => `${kind}_${callId}_in${place}`;

const ITEM_ID = /^[a-z]+_([0-9a-f-]{36})(?:_|$)/;

/** The call that an item belongs to; undefined if the gateway did not make the id. */
export function callIdOfItem(id: string): string | undefined {
  const callId = ITEM_ID.exec(id)?.[1];
  return callId !== undefined && isUuid(callId) ? callId : undefined;
}
