import { REPLAY, ROTATE_WEBHOOK_SECRET, TEST_WEBHOOK } from "../webhooks/webhooks.js";
import type { Stage } from "./stage.js";
import { isNew, ofId, ofInput, own, type TriedAct } from "./tried-act.js";

const ofWebhook = {
  type: "Webhook",
  subject: ({ webhookId }: Stage) => webhookId,
  organization: own,
} as const;
const webhookId = (stage: Stage) => ({ id: stage.webhookId });

/** Acts on a webhook and its deliveries. */
export const ACTS_ON_WEBHOOKS: Readonly<Record<string, TriedAct>> = {
  createWebhook: {
    query: ofInput("createWebhook", "CreateWebhookInput", "{ webhook { id } }"),
    variables: ({ organization }) => ({
      input: { url: "https://example.com/new", events: ["JOB_FAILED"], organizationId: organization.id },
    }),
    type: "Webhook",
    subject: isNew,
    organization: own,
    before: null,
    after: { url: "https://example.com/new", events: ["JOB_FAILED"], isEnabled: true },
  },
  updateWebhook: {
    ...ofWebhook,
    query: ofInput("updateWebhook", "UpdateWebhookInput"),
    variables: (stage) => ({ input: { id: stage.webhookId, events: ["JOB_EXPIRED"] } }),
    before: { events: ["JOB_COMPLETED"] },
    after: { events: ["JOB_EXPIRED"] },
    isRepeatable: true,
  },
  rotateWebhookSecret: { ...ofWebhook, query: ROTATE_WEBHOOK_SECRET, variables: webhookId },
  testWebhook: { ...ofWebhook, query: TEST_WEBHOOK, variables: webhookId },
  replayWebhookDelivery: {
    query: REPLAY,
    variables: (stage) => ({ id: stage.deliveryId }),
    type: "WebhookDelivery",
    subject: (stage) => stage.deliveryId,
    organization: own,
    after: { status: "PENDING" },
  },
  deleteWebhook: {
    ...ofWebhook,
    query: ofId("deleteWebhook", ""),
    variables: webhookId,
    before: { isEnabled: true },
    after: null,
  },
};
