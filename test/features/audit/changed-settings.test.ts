import { readFileSync } from "node:fs";
import { buildSchema, type GraphQLInputObjectType, isInputObjectType } from "graphql";
import { beforeAll, describe, expect, it } from "vitest";
import { ofInput } from "../../kit/audit/tried-act.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { createWebhook } from "../../kit/webhooks/webhooks.js";

const UNTIL = "2999-01-01T00:00:00.000Z";
const LIMITS = {
  requestsPerMinute: 61,
  tokensPerMinute: 62,
  concurrentCalls: 63,
  isEnforced: false,
  override: { requestsPerMinute: 64, until: UNTIL },
};

/**
 * Another value than the present one for each field of an input, and of the inputs within it, in an order in which each is
 * valid. The test fails if a field has none.
 */
const CHANGES = {
  UpdateOrganizationInput: { name: "Renamed", metadata: { a: 1 } },
  UpdateModelGroupInput: {
    displayName: "Shown",
    description: "Described",
    models: [{ name: "other", priority: 0, weight: 7 }],
    allowedOptions: ["seed"],
    maxOutputTokens: 100,
  },
  UpdateTeamInput: {
    alias: "Renamed",
    metadata: { a: 1 },
    modelGroups: [],
    limits: LIMITS,
    defaultKeyLimits: LIMITS,
    billing: {
      creditsPerUsd: "11",
      markupPercent: "12",
      creditPriceUsd: "0.5",
      monthlyCredits: 13,
      lowCreditsThresholds: [14],
      lowCreditsPercentThresholds: [15],
      unpaidCostUsdPerDay: "16",
      isUnpaidCostEnforced: false,
      unpaidCostOverride: { unpaidCostUsdPerDay: "17", until: UNTIL },
      mode: "JOB",
      tokensPerCredit: 18,
    },
  },
  UpdateVirtualKeyInput: {
    name: "Renamed",
    expiresAt: UNTIL,
    modelGroups: [],
    limits: LIMITS,
    jobAllowance: { jobs: 21, period: "TOTAL", isEnforced: false, override: { jobs: 22, until: UNTIL } },
  },
  UpdateWebhookInput: { url: "https://example.com/new", events: ["JOB_FAILED"], isEnabled: false },
} as const;
type Input = keyof typeof CHANGES;
/** What a field needs beside it to be valid. */
const TOGETHER: Readonly<Record<string, object>> = { tokensPerCredit: { mode: "TOKENS" } };

const schema = buildSchema(readFileSync("schema.graphql", "utf8"));
const gateway = useGateway();
/** What names the thing that is changed. */
const subjects: Partial<Record<Input, Record<string, string>>> = {};

beforeAll(async () => {
  const billing = { mode: "USD", creditsPerUsd: "10" };
  const team = await gateway.world.team({ billing });
  const jobAllowance = { jobs: 20, period: "MONTH" };
  await gateway.admin.data(ofInput("updateVirtualKey", "UpdateVirtualKeyInput"), {
    input: { id: team.keyId, jobAllowance },
  });
  const webhook = await createWebhook(gateway.admin, { url: "https://example.com/", events: ["JOB_EXPIRED"] });
  subjects.UpdateOrganizationInput = { id: team.organizationId };
  subjects.UpdateModelGroupInput = { name: team.modelGroup };
  subjects.UpdateTeamInput = { id: team.id };
  subjects.UpdateVirtualKeyInput = { id: team.keyId };
  subjects.UpdateWebhookInput = { id: webhook.id };
});

/** The changes of single fields, each with the path to it. What is set within another input is changed field by field. */
function* singleChanges(type: GraphQLInputObjectType, values: object): Generator<[path: string, change: object]> {
  const given = new Map(Object.entries(values));
  for (const [name, value] of given) {
    const inner = schema.getType(String(type.getFields()[name]?.type).replaceAll(/[[\]!]/g, ""));
    const isChangedByField = isInputObjectType(inner) && !("until" in inner.getFields()) && !Array.isArray(value);
    if (!isChangedByField) yield [name, { ...TOGETHER[name], [name]: value }];
    else for (const [path, change] of singleChanges(inner, value)) yield [`${name}.${path}`, { [name]: change }];
  }
}

describe.each(Object.keys(CHANGES) as Input[])("%s", (input) => {
  const operation = `u${input.slice(1, -"Input".length)}`;
  const type = schema.getType(input) as GraphQLInputObjectType;
  const lines = () => gateway.database.db.auditEntry.findMany({ where: { operation }, orderBy: { sequence: "asc" } });

  it("has a change here for each of its fields", () => {
    const fieldsOf = (of: GraphQLInputObjectType) => Object.keys(of.getFields()).sort();
    const names = Object.keys(subjects[input] ?? {});
    expect([...names, ...Object.keys(CHANGES[input])].sort()).toEqual(fieldsOf(type));
    for (const [name, value] of Object.entries(CHANGES[input])) {
      const inner = schema.getType(String(type.getFields()[name]?.type));
      if (isInputObjectType(inner)) expect(Object.keys(value).sort()).toEqual(fieldsOf(inner));
    }
  });

  it.each([...singleChanges(type, CHANGES[input])])("leaves a line if only %s is changed", async (_path, change) => {
    const before = await lines();
    await gateway.admin.data(ofInput(operation, input), { input: { ...subjects[input], ...change } });
    expect((await lines()).length).toBe(before.length + 1);
  });
});
