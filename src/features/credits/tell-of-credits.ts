import type { Events } from "../../lib/observe/events.js";
import type { CreditMovement } from "../../lib/observe/facts.js";

/** How the kinds of a job's entries are told. */
const MOVEMENTS: Readonly<Record<string, CreditMovement>> = {
  HOLD: "held",
  POST: "posted",
  VOID: "voided",
  EXPIRE: "expired",
};

/** Tells that an entry of this kind has moved credits of a job. */
export function tellOfCredits(events: Events, kind: string | null, credits: number | null): void {
  const movement = MOVEMENTS[kind ?? ""];
  if (movement && credits) events.tell("credits", { movement, count: credits });
}
