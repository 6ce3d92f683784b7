import { expect } from "vitest";
import type { Gateway } from "./gateway/gateway.js";
import type { Behaviour } from "./upstream/upstream-behaviours.js";
import { name, type TestJob } from "./world.js";

const ATTEMPTS = `id status content error { code message } usage { promptTokens completionTokens totalTokens source } costUsd costSource
  attempts { number model status errorKind failureKind startedAt firstTokenAt endedAt usage { promptTokens completionTokens source } costUsd costSource }`;
const CALL = `query ($id: ID!) { llmCall(id: $id) { ${ATTEMPTS} } }`;

const SET_PRICE = `mutation ($input: SetModelPriceInput!) { setModelPrice(input: $input) { model } }`;

type Scripted = [Behaviour, ...Behaviour[]];
type Script = Behaviour | Scripted;

/** What tests of attempts work with: jobs whose group has one model for each script. */
export function attemptsOf(gateway: Gateway) {
  const jobWith = async (...scripts: Script[]): Promise<{ job: TestJob; models: string[] }> => {
    const models = scripts.map(() => name("model"));
    for (const [index, script] of scripts.entries())
      gateway.upstream.on(models[index] as string, ...(Array.isArray(script) ? script : ([script] satisfies Scripted)));
    return { job: await (await gateway.world.team({ models })).job(), models };
  };
  const read = async (job: TestJob, id: string) => (await job.team.client.data(CALL, { id })).llmCall;
  const call = async (job: TestJob, input: object = {}) => read(job, (await job.call({ ...input })).id);
  const asked = (model: string | undefined) =>
    gateway.upstream.requests.filter(({ body }) => body.model === model).length;
  const price = (model: string | undefined, usd: string) =>
    gateway.admin.data(SET_PRICE, { input: { model, inputUsdPerMillionTokens: usd, outputUsdPerMillionTokens: usd } });
  return { jobWith, read, call, asked, price };
}

/** Which kind of failure ended each attempt; null if it did not fail. The enum must say the same as the text. */
export const kindsOf = (call: { attempts: { errorKind: string | null; failureKind: string | null }[] }) =>
  call.attempts.map(({ errorKind, failureKind }) => {
    expect(failureKind).toBe(errorKind?.toUpperCase().replaceAll("-", "_") ?? null);
    return errorKind;
  });

/** The cost of this many tokens at 1 USD for a million. */
export const usdOf = (tokens: number): string => (tokens / 1e6).toFixed(9).replace(/0+$/, "");
