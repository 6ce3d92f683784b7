import type { FieldPolicy, InMemoryCacheConfig, StoreObject } from "@apollo/client";
import { relayStylePagination } from "@apollo/client/utilities";

/** Pages of one list are put together: those with the same filter and order. */
const list = relayStylePagination(["filter", "orderBy", "status", "teamId", "organizationId"]);
/** A list that is also only counted. That has pages of another size, so that it is not taken for an empty list. */
const countedList = relayStylePagination(["first"]);

/** The attempts of a call come in one order. What one operation asks of them stays when another asks for less. */
const attempts: FieldPolicy<readonly StoreObject[]> = {
  merge: (known, told, { mergeObjects }) => told.map((attempt, index) => mergeObjects(known?.[index] ?? {}, attempt)),
};

/** Which fields are lists, and which types have no identity of their own. */
export const cacheConfig: InMemoryCacheConfig = {
  possibleTypes: {
    LlmCallEvent: [
      "LlmCallDelta",
      "LlmCallFinished",
      "LlmCallModelSwitched",
      "LlmCallReasoningDelta",
      "LlmCallSnapshot",
      "LlmCallStarted",
      "LlmToolCallDelta",
    ],
    Viewer: ["AdminViewer", "OrganizationViewer", "PersonViewer", "TeamViewer"],
  },
  typePolicies: {
    Query: {
      fields: {
        auditEntries: list,
        jobs: list,
        llmCalls: list,
        modelGroups: list,
        modelPrices: list,
        organizations: list,
        teams: list,
        webhooks: list,
      },
    },
    Organization: { fields: { auditEntries: list, teams: countedList, virtualKeys: list } },
    Team: { fields: { creditEntries: list, creditGrants: list, jobs: list, llmCalls: list } },
    Job: { fields: { llmCalls: list, costs: { merge: true } } },
    LlmCall: { fields: { attempts } },
    Webhook: { fields: { deliveries: list } },
    ModelPrice: { keyFields: ["model"] },
    ModelCircuit: { keyFields: false },
  },
};
