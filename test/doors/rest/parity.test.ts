import { beforeAll, describe, expect, it } from "vitest";
import { openApi } from "../../kit/clients/openapi.js";
import { allRows } from "../../kit/database/tables.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { accountOperations } from "../../kit/parity/account-operations.js";
import type { Operations, Stage } from "../../kit/parity/operation.js";
import { workOperations } from "../../kit/parity/work-operations.js";

const gateway = useGateway();

const OPERATIONS: Operations = { ...accountOperations(gateway), ...workOperations(gateway) };

// Only what the operations do is to be compared, not what a task notes of their keys.
beforeAll(() => gateway.server.background.stop());

/** Routes that change something, and are not compared: what they share with a route that is compared is all that they write. */
const NOT_COMPARED = ["checkCredits", "createJobAndCall", "streamLlmCall", "createJobAndStreamCall"];

it("compares every route that changes something", async () => {
  const { paths } = await openApi(gateway.url);
  const names = Object.values(paths)
    .flatMap((methods) => Object.entries(methods).filter(([method]) => method !== "get"))
    .map(([, { operationId }]) => operationId);
  const compared = new Set(Object.keys(OPERATIONS).map((title) => title.split(" ")[0]));
  expect(names.filter((operation) => !compared.has(operation)).sort()).toEqual([...NOT_COMPARED].sort());
});

describe.each(Object.entries(OPERATIONS))("%s", (name, operation) => {
  it("does to the database through REST what it does through GraphQL", async () => {
    const number = Object.keys(OPERATIONS).indexOf(name);
    const stages = { graphql: await stage(`g-${number}`), rest: await stage(`r-${number}`) };
    const before = await database();
    await operation.graphql(stages.graphql);
    const between = await database();
    await operation.rest(stages.rest);
    const after = await database();
    const asGraphql = changes(before, between).map((row) => anonymous(row, stages.graphql));
    const asRest = changes(between, after).map((row) => anonymous(row, stages.rest));
    expect(asRest.sort()).toEqual(asGraphql.sort());
    // A group that is made and deleted again, and what is refused, leave nothing but what the audit says of it.
    expect(asGraphql.some((row) => !/^. audit_/.test(row))).toBe(
      !name.startsWith("delete") && !name.includes("refused"),
    );
  });
});

async function stage(prefix: string): Promise<Stage> {
  const organization = await gateway.world.organization(`${prefix}-org`);
  const group = await gateway.world.modelGroup(["gpt-4o-mini"], `${prefix}-group`);
  const team = await organization.team({ id: `${prefix}-team`, groups: [group] });
  return { prefix, team, jobId: (await team.job()).id };
}

const database = async () => new Set(await allRows(gateway.database.db));

function changes(before: Set<string>, after: Set<string>): string[] {
  const added = [...after].filter((row) => !before.has(row)).map((row) => `+ ${row}`);
  return [...added, ...[...before].filter((row) => !after.has(row)).map((row) => `- ${row}`)];
}

/** A line of the audit without its place in the chain. */
const withoutChain = (row: string) =>
  row.replace(/[0-9a-f]{64}/g, "<hash>").replace(/"(\w*sequence)": (\d+|null)/g, '"$1": <sequence>');

/** A row without what is another each time: ids, times, secrets. */
function anonymous(row: string, { prefix }: Stage): string {
  return row
    .replaceAll(prefix, "<prefix>")
    .replace(/^(. usage_pending \{"id": )\d+/, "$1<number>")
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "<uuid>")
    .replace(/"\d{4}-\d\d-\d\dT[^"]+"/g, "<time>")
    .replace(/"(latency_ms|latency_ms_total|time_to_first_token_ms)": \d+/g, '"$1": <ms>')
    .replace(/(^. audit_.*)/, withoutChain)
    .replace(/"(secret_hash|prefix)": "[^"]+"/g, '"$1": <secret>');
}
