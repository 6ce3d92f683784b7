import type { GraphqlClient } from "./clients/graphql.js";
import { FakeClock } from "./gateway/clock.js";
import { useGateway } from "./gateway/gateway.js";
import type { Behaviour } from "./upstream/upstream-behaviours.js";
import { name, RUN_LLM_CALL, type TestTeam } from "./world.js";

const FIGURES = "requestsPerMinute tokensPerMinute concurrentCalls";
const LIMITS = `{ ${FIGURES} isEnforced wouldRefuse override { ${FIGURES} until } }`;

export const UPDATE_TEAM = `mutation ($input: UpdateTeamInput!) {
  updateTeam(input: $input) { id limits ${LIMITS} defaultKeyLimits ${LIMITS} } }`;
export const UPDATE_KEY = `mutation ($input: UpdateVirtualKeyInput!) { updateVirtualKey(input: $input) { id limits ${LIMITS} } }`;
export const RESET_TEAM = `mutation ($id: ID!) { resetTeamCounters(id: $id) { limits ${LIMITS} } }`;
export const RESET_KEY = `mutation ($id: ID!) { resetVirtualKeyCounters(id: $id) { limits ${LIMITS} } }`;
const READ = `query ($id: ID!) { team(id: $id) { limits ${LIMITS} defaultKeyLimits ${LIMITS} virtualKeys { id limits ${LIMITS} } } }`;

type Input = Readonly<Record<string, unknown>> | null;

/** Limits of a team and of its keys, as the admin sets and reads them. */
export function limitsOf(admin: Pick<GraphqlClient, "data">, team: Pick<TestTeam, "id" | "keyId">) {
  return {
    set: async (limits: Input) => (await admin.data(UPDATE_TEAM, { input: { id: team.id, limits } })).updateTeam.limits,
    setOfKeys: async (defaultKeyLimits: Input) =>
      (await admin.data(UPDATE_TEAM, { input: { id: team.id, defaultKeyLimits } })).updateTeam.defaultKeyLimits,
    setOfKey: async (limits: Input, id = team.keyId) =>
      (await admin.data(UPDATE_KEY, { input: { id, limits } })).updateVirtualKey.limits,
    read: async () => (await admin.data(READ, { id: team.id })).team,
  };
}

/** Limits that were never set. */
export const NO_LIMITS = {
  requestsPerMinute: null,
  tokensPerMinute: null,
  concurrentCalls: null,
  isEnforced: true,
  wouldRefuse: 0,
  override: null,
};

const CREATE_KEY =
  "mutation ($input: CreateVirtualKeyInput!) { createVirtualKey(input: $input) { virtualKey key { id } } }";

/** A gateway with a clock that tests move, and teams on it whose calls are limited. */
export function useLimitedTeams() {
  const clock = new FakeClock();
  const gateway = useGateway({ upstream: "scripted", clock });

  /** A team with these limits, whose model answers as scripted. */
  async function limited(limits: Input, ...behaviours: readonly Behaviour[]) {
    const model = name("model");
    if (behaviours.length > 0) gateway.upstream.on(model, ...(behaviours as [Behaviour]));
    const team = await gateway.world.team({ models: [model], credits: 200 });
    const admin = limitsOf(gateway.admin, team);
    if (limits) await admin.set(limits);
    const job = await team.job();
    const run = (input: Record<string, unknown> = {}) =>
      team.client.send(RUN_LLM_CALL, { input: job.callInput(input) });
    const refused = async (input: Record<string, unknown> = {}) =>
      (await team.client.refusal("RATE_LIMITED", RUN_LLM_CALL, { input: job.callInput(input) })).extensions;
    return { team, model, job, admin, run, refused };
  }

  async function furtherKey({ id }: Pick<TestTeam, "id">, limits?: Input) {
    const input = { teamId: id, ...(limits && { limits }) };
    const { createVirtualKey } = await gateway.admin.data(CREATE_KEY, { input });
    return { keyId: createVirtualKey.key.id as string, client: gateway.client(createVirtualKey.virtualKey) };
  }

  return { clock, gateway, limited, furtherKey };
}
