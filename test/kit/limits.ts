import type { GraphqlClient } from "./clients/graphql.js";
import type { TestTeam } from "./world.js";

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
