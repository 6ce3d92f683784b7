import type { DeliveryStatus, WebhookEventType } from "../../api/graphql";

/** What a webhook can be told of, with the words for it. */
export const EVENTS = [
  ["JOB_COMPLETED", "Job completed"],
  ["JOB_FAILED", "Job failed"],
  ["JOB_CANCELLED", "Job cancelled"],
  ["JOB_EXPIRED", "Job expired"],
  ["CREDITS_LOW", "Credits low"],
  ["CREDITS_EXHAUSTED", "Credits exhausted"],
  ["BUDGET_EXCEEDED", "Budget exceeded"],
  ["KEY_EXPIRING", "Key expiring"],
] as const satisfies readonly (readonly [Exclude<WebhookEventType, "WEBHOOK_TEST">, string])[];

/** All types of deliveries. A test is sent, and cannot be asked for. */
export const DELIVERED = [...EVENTS, ["WEBHOOK_TEST", "Test"]] as const satisfies readonly (readonly [
  WebhookEventType,
  string,
])[];

export const STATES = [
  ["PENDING", "Pending"],
  ["DELIVERED", "Delivered"],
  ["FAILED", "Failed"],
] as const satisfies readonly (readonly [DeliveryStatus, string])[];

/** Returns what an event is called. */
export const eventName = (event: WebhookEventType): string => DELIVERED.find(([type]) => type === event)?.[1] ?? event;

/** Returns the values of a form as events, in the order of the list. */
export const eventsOf = (chosen: readonly string[]): WebhookEventType[] =>
  EVENTS.map(([type]) => type).filter((type) => chosen.includes(type));
