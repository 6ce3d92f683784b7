import type { GraphqlClient } from "../clients/graphql.js";
import type { Gateway } from "../gateway/gateway.js";

export const CREATE_WEBHOOK = `mutation ($input: CreateWebhookInput!) {
  createWebhook(input: $input) { secret webhook { id url events organizationId teamId isEnabled createdAt } } }`;
export const UPDATE_WEBHOOK =
  "mutation ($input: UpdateWebhookInput!) { updateWebhook(input: $input) { id url events isEnabled } }";
export const DELETE_WEBHOOK = "mutation ($id: ID!) { deleteWebhook(id: $id) }";
export const ROTATE_WEBHOOK_SECRET =
  "mutation ($id: ID!, $grace: Int) { rotateWebhookSecret(id: $id, graceSeconds: $grace) { secret webhook { id } } }";
const DELIVERY = "id eventId event payload status createdAt nextTryAt tries { at httpStatus error ms }";
export const TEST_WEBHOOK = `mutation ($id: ID!) { testWebhook(id: $id) { ${DELIVERY} } }`;
export const REPLAY = `mutation ($id: ID!) { replayWebhookDelivery(id: $id) { ${DELIVERY} } }`;
const DELIVERIES = `query ($id: ID!, $filter: DeliveryFilter) {
  webhook(id: $id) { deliveries(first: 100, filter: $filter) { totalCount nodes { ${DELIVERY} } } } }`;

type Client = Pick<GraphqlClient, "data">;

/** A new webhook, and its secret. */
export async function createWebhook(
  client: Client,
  input: Record<string, unknown>,
): Promise<{ id: string; secret: string }> {
  const { createWebhook: created } = await client.data(CREATE_WEBHOOK, { input });
  return { id: created.webhook.id, secret: created.secret };
}

/** The deliveries of a webhook, newest first. */
export async function deliveriesOf(client: Client, id: string, filter: object = {}) {
  const { webhook } = await client.data(DELIVERIES, { id, filter });
  return webhook.deliveries.nodes;
}

/** Sends what is due in a gateway whose background does not, and returns when all of it has been answered. */
export async function send({ app }: Pick<Gateway, "app">): Promise<void> {
  await app.webhooks.sender.round();
  await app.webhooks.sender.idle();
}
