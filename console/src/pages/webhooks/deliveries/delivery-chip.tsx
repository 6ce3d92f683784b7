import type { DeliveryStatus } from "../../../api/graphql";
import { Chip } from "../../../ui/chip";

const TONES = { DELIVERED: "good", FAILED: "bad", PENDING: "warn" } as const;

/** Whether an event has arrived. */
export function DeliveryChip({ status }: { readonly status: DeliveryStatus }) {
  return <Chip tone={TONES[status]}>{status.toLowerCase()}</Chip>;
}
