import type { Webhook } from "../../generated/prisma/client.js";
import type { RecordedOperation, Shown } from "../audit/act.js";

/** What the audit says of a webhook. It has no secret. */
export const shownWebhook = ({ url, events, organizationId, teamId, isEnabled }: Webhook): Shown => ({
  url,
  events,
  organizationId,
  teamId,
  isEnabled,
});

/** What is the same in the lines of all that is done to a webhook. */
export const ofWebhook = (
  operation: RecordedOperation,
  { id, organizationId }: Pick<Webhook, "id" | "organizationId">,
) => ({ operation, subjectType: "Webhook", subjectId: id, organizationId }) as const;
