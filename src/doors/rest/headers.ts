import { Type } from "typebox";
import { COUNT_TEXT } from "../../input/page-window.js";
import { EXAMPLE } from "./example.js";
import { integer, text } from "./schemas.js";

/** The header of a request that must not be carried out twice. */
export const IDEMPOTENCY_KEY = {
  "idempotency-key": Type.Optional(
    text(
      "A text that is new for each thing to be done. A request that is sent again with the same key is carried out once. Without a key it is carried out each time.",
    ),
  ),
};

/** The header of a request that follows a call. */
export const LAST_EVENT_ID = {
  "last-event-id": Type.Optional(text("The id of the last event that the client has.")),
};

/** The header of an answer that is a part of a list. */
export const TOTAL_COUNT = { "x-total-count": integer(`How many items the whole list has. ${COUNT_TEXT}.`) };

/** The same of an answer that may also be a file of the whole list. */
export const OPTIONAL_TOTAL_COUNT = { "x-total-count": Type.Optional(TOTAL_COUNT["x-total-count"]) };

const limitHeaders = (kind: string, what: string) => ({
  [`x-ratelimit-limit-${kind}`]: Type.Optional(
    integer(`How many ${what} a minute are allowed, by the limit of the team or key of which the least is left.`),
  ),
  [`x-ratelimit-remaining-${kind}`]: Type.Optional(integer(`How many ${what} of it are left.`)),
  [`x-ratelimit-reset-${kind}`]: Type.Optional(text('In how long all of it is free again, such as "120ms" or "1m0s".')),
});

/** The headers of an answer to a new call that is limited. A refusal for want of a limit has them too. */
export const LIMITS = { ...limitHeaders("requests", "calls"), ...limitHeaders("tokens", "tokens") };

/** The headers of an answer about a call. */
export const CALL_IDS = {
  "x-tollgate-call-id": text("The id of the call."),
  "x-job-id": text(`The id of the call's job, such as ${EXAMPLE.jobId}.`),
};
