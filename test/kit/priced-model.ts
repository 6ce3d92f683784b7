import { beforeAll, expect } from "vitest";
import type { Gateway } from "./gateway/gateway.js";
import { answer, type Behaviour } from "./upstream/upstream-behaviours.js";
import { name, type TestJob, type TestTeam } from "./world.js";

const SET_PRICE = `mutation ($model: String!) {
  setModelPrice(input: { model: $model, inputUsdPerMillionTokens: "0", outputUsdPerMillionTokens: "100" }) { model } }`;
const ENTRIES = "query ($id: ID!) { job(id: $id) { creditEntries { kind credits heldCredits } } }";
const AUDIT =
  "query ($id: ID!) { ledgerAudit(teamId: $id) { isSound differences { figure jobId recorded recomputed } } }";

/** A model whose answers cost 0.0001 USD for each token, and teams that have it. */
export function usePricedModel(gateway: Gateway) {
  const model = name("model");
  beforeAll(async () => {
    await gateway.admin.data(SET_PRICE, { model });
  });
  const team = (options: { credits?: number; billing?: object } = {}): Promise<TestTeam> =>
    gateway.world.team({ models: [model], ...options });
  return { model, team };
}

/** Answers with so many tokens, to a prompt of none. */
export const tokens = (completion: number): Behaviour =>
  answer({ usage: { prompt_tokens: 0, completion_tokens: completion, total_tokens: completion } });

/** The entries that the ledger has of a job, such as "HOLD -1 1". */
export const creditEntriesOf = async (job: TestJob): Promise<string[]> =>
  (await job.team.client.data(ENTRIES, { id: job.id })).job.creditEntries.map(
    ({ kind, credits, heldCredits }: Entry) => `${kind} ${credits} ${heldCredits}`,
  );

export async function expectSoundAudit(gateway: Pick<Gateway, "admin">, { id }: TestTeam): Promise<void> {
  expect((await gateway.admin.data(AUDIT, { id })).ledgerAudit).toEqual({ isSound: true, differences: [] });
}

interface Entry {
  readonly kind: string;
  readonly credits: number;
  readonly heldCredits: number;
}
