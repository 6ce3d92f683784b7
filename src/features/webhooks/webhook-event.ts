import type { WebhookEventType } from "../../generated/prisma/enums.js";

/** How an event's type is written on the wire, such as "job.completed". */
export const wireName = (type: WebhookEventType): string => type.toLowerCase().replace("_", ".");
