import { afterAll, beforeAll, expect, it } from "vitest";
import { type Gateway, startGateway } from "../kit/gateway/gateway.js";
import { deafUpstream } from "../kit/upstream/deaf-upstream.js";
import { START_LLM_CALL } from "../kit/world.js";

const CANCEL = `mutation ($id: ID!) { cancelLlmCall(id: $id) { status usage { source } costUsd attempts { status usage { source } } } }`;
/** The gateway itself gives up to connect after 10 seconds. */
const AT_ONCE_MS = 5_000;

let upstream: Awaited<ReturnType<typeof deafUpstream>>;
let gateway: Gateway;
beforeAll(async () => {
  upstream = await deafUpstream();
  gateway = await startGateway({ env: { UPSTREAM_URL: upstream.url } });
}, 60_000);
afterAll(async () => {
  upstream.close();
  await gateway.close();
});

it("a call is cancelled at once while its connection is awaited, and costs nothing, because nothing was sent", async () => {
  const team = await gateway.world.team();
  const { startLlmCall } = await team.client.data(START_LLM_CALL, { input: (await team.job()).callInput() });
  const begun = performance.now();
  const { cancelLlmCall } = await team.client.data(CANCEL, { id: startLlmCall.id });
  expect(performance.now() - begun).toBeLessThan(AT_ONCE_MS);
  expect(cancelLlmCall).toEqual({
    status: "CANCELLED",
    usage: null,
    costUsd: null,
    attempts: [{ status: "CANCELLED", usage: null }],
  });
});
