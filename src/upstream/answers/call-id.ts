import { randomUUID } from "node:crypto";

/** The id that an upstream gave to a call of a tool, or one of the gateway's if it gave none: the result has to name its call. */
export const callIdOf = (given: unknown): string =>
  typeof given === "string" && given !== "" ? given : `call_${randomUUID().replaceAll("-", "").slice(0, 24)}`;
