import { type Task, wholeRound } from "../../../lib/task.js";
import type { DeliverySender } from "./delivery-sender.js";

/** How long after it happened an event is sent at the latest, if nothing is in its way. */
const EVERY_MS = 1_000;

/** Sends what is due. A round does not wait for the answers, and whatever is done makes room for the next at once. */
export const sendDeliveriesTask = (sender: DeliverySender): Task => ({
  name: "send deliveries",
  everyMs: EVERY_MS,
  run: () => wholeRound(sender.round()),
});
