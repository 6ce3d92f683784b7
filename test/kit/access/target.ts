import { newId } from "../../../src/lib/ids.js";
import { CREATE_KEY } from "../credentials.js";
import type { Gateway } from "../gateway/gateway.js";
import { createWebhook, TEST_WEBHOOK } from "../webhooks/webhooks.js";
import { name, type TestTeam } from "../world.js";
import type { StandingViewers } from "./viewers.js";

/** What an operation asks for: the things of one team, and of its organization. */
export interface Target {
  readonly organization: string;
  /** A key of the organization that it does not ask with. It is the same for all targets, because their number is limited. */
  readonly organizationKey: string;
  /** An organization that nobody of the viewers belongs to, so that the admin can suspend and delete it. */
  readonly spareOrganization: string;
  readonly team: string;
  /** The key that the team asks with. */
  readonly ownKey: string;
  /** A key of the team that it does not ask with. */
  readonly key: string;
  readonly group: string;
  /** A group that no team has. */
  readonly freeGroup: string;
  /** A model that has a price. */
  readonly model: string;
  /** An open job, and a settled call in it. */
  readonly job: string;
  readonly call: string;
  /** A response that is kept. */
  readonly response: string;
  /** The name of an open job by which the team's calls join it. */
  readonly jobKey: string;
  /** A webhook of the team, and the delivery of a test to it. */
  readonly webhook: string;
  readonly delivery: string;
}

/** A new target in the viewers' organization, and the secret of its team. */
export async function newTarget(gateway: Gateway, { organization, spareOrganizationKey }: StandingViewers) {
  const { world, admin } = gateway;
  const team = await organization.team();
  const job = await team.job();
  const call = await job.call();
  const { createVirtualKey } = await admin.data(CREATE_KEY, { input: { teamId: team.id } });
  const model = name("model");
  await admin.data(
    `mutation ($model: String!) {
      setModelPrice(input: { model: $model, inputUsdPerMillionTokens: "1", outputUsdPerMillionTokens: "1" }) { model } }`,
    { model },
  );
  const gift = { organizationId: organization.id, credits: 5 };
  await admin.data(
    `mutation ($input: GrantOrganizationCreditsInput!) { grantOrganizationCredits(input: $input) { id } }`,
    { input: gift },
  );
  const target: Target = {
    organization: organization.id,
    organizationKey: spareOrganizationKey,
    spareOrganization: (await world.organization()).id,
    team: team.id,
    ownKey: team.keyId,
    key: createVirtualKey.key.id,
    group: team.modelGroup,
    freeGroup: await world.modelGroup(),
    model,
    job: job.id,
    call: call.id,
    response: await newResponse(gateway, team),
    jobKey: await newKeyedJob(team),
    ...(await newWebhook(gateway, team)),
  };
  return { target, secret: team.secret };
}

async function newResponse({ url }: Gateway, { secret, modelGroup }: TestTeam): Promise<string> {
  const response = await fetch(`${url}/v1/responses`, {
    method: "POST",
    headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
    body: JSON.stringify({ model: modelGroup, input: "What is a tollgate?" }),
  });
  return ((await response.json()) as { id: string }).id;
}

/** A job as the first call with this X-Job-Key opens it. */
async function newKeyedJob({ client }: TestTeam): Promise<string> {
  const key = name("run");
  const input = { jobType: "agent", metadata: { job_key: key }, idempotencyKey: `job-key:${key}` };
  await client.data("mutation ($input: CreateJobInput!) { createJob(input: $input) { id } }", { input });
  return key;
}

/** Those of the targets before make room for it, because their number is limited. */
async function newWebhook({ admin, app, database }: Gateway, { id: teamId, organizationId }: TestTeam) {
  await database.db.webhook.deleteMany({ where: { organizationId } });
  const input = { url: "https://receiver.invalid/hook", events: ["KEY_EXPIRING"], teamId };
  const { id } = await createWebhook(admin, input);
  const { testWebhook } = await admin.data(TEST_WEBHOOK, { id });
  // It does not arrive, and is not tried again before the test is over.
  await app.webhooks.sender.round();
  await app.webhooks.sender.idle();
  return { webhook: id, delivery: testWebhook.id };
}

/** Ids of the same kind and length of which nothing exists. */
export const nothing = (): Target => ({
  organization: name("org"),
  organizationKey: newId(),
  spareOrganization: name("org"),
  team: name("team"),
  ownKey: newId(),
  key: newId(),
  group: name("Group"),
  freeGroup: name("Group"),
  model: name("model"),
  job: newId(),
  call: newId(),
  response: `resp_${newId()}`,
  jobKey: name("run"),
  webhook: newId(),
  delivery: newId(),
});
