import type { DeliveryStatus, WebhookEventType } from "../../api/graphql";
import { DELIVERED, STATES } from "./events";

/** Which deliveries of a webhook are listed, as the address says it. */
export interface DeliveriesSearch {
  readonly status?: DeliveryStatus;
  readonly event?: WebhookEventType;
}

export function readDeliveriesSearch(search: Record<string, unknown>): DeliveriesSearch {
  const status = STATES.find(([state]) => state === search.status)?.[0];
  const event = DELIVERED.find(([type]) => type === search.event)?.[0];
  return { ...(status && { status }), ...(event && { event }) };
}
