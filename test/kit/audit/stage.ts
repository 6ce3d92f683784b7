import { CREATE_KEY } from "../credentials.js";
import type { Gateway } from "../gateway/gateway.js";
import { createWebhook, TEST_WEBHOOK } from "../webhooks/webhooks.js";
import { name, START_LLM_CALL } from "../world.js";

/** What an act is tried on. */
export type Stage = Awaited<ReturnType<typeof newStage>>;

export async function newStage({ world, admin }: Gateway, model: string) {
  const organization = await world.organization();
  const group = await world.modelGroup([model]);
  const team = await organization.team({ groups: [group], credits: 10 });
  const other = await organization.team({ groups: [group], credits: 10 });
  const free = await world.modelGroup();
  const organizationKey = await world.organizationKey(organization.id);
  const { createVirtualKey } = await admin.data(CREATE_KEY, { input: { teamId: team.id } });
  const priced = name("model");
  await admin.data(SET_PRICE, { input: price(priced, "1") });
  const empty = await world.organization();
  const job = await team.job();
  const { startLlmCall: call } = await team.client.data(START_LLM_CALL, { input: job.callInput() });
  const keyId: string = createVirtualKey.key.id;
  const url = "https://example.com/events";
  const webhook = await createWebhook(admin, { url, events: ["JOB_COMPLETED"], organizationId: organization.id });
  const { testWebhook } = await admin.data(TEST_WEBHOOK, { id: webhook.id });
  const ids = { group, free, priced, keyId, callId: call.id as string, jobId: (await team.job()).id };
  const ofWebhook = { webhookId: webhook.id, deliveryId: testWebhook.id as string };
  return { organization, empty, team, other, organizationKey, ...ids, ...ofWebhook };
}

export const SET_PRICE = "mutation ($input: SetModelPriceInput!) { setModelPrice(input: $input) { model } }";
export const price = (model: string, usd: string) => ({
  model,
  inputUsdPerMillionTokens: usd,
  outputUsdPerMillionTokens: usd,
});
