import Negotiator from "negotiator";

const JSON_TYPE = "application/json; charset=utf-8";

/**
 * Whether a client would rather have a type than JSON, by its `Accept` header. A parameter that it asks for must be of the
 * type. Of types that it wants as much as each other, it gets the one that it names first. If it wants neither, it gets JSON.
 */
export const wantsType = (accept: string | undefined, type: string): boolean =>
  new Negotiator({ headers: { accept } }).mediaType([JSON_TYPE, type]) === type;
