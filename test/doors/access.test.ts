import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { printAccess } from "../../scripts/print-access.js";
import { ACCESS, operationOf, type Subscription, VIEWERS, type ViewerName } from "../kit/access/access-table.js";
import { type Asking, askGraphql, askMcp, askMetrics, askOpenAi, askRest, askSocket } from "../kit/access/ask.js";
import { newTarget, nothing, type Target } from "../kit/access/target.js";
import { type Asker, type StandingViewers, standingViewers } from "../kit/access/viewers.js";
import { MCP_CLIENTS } from "../kit/clients/mcp.js";
import { openApi } from "../kit/clients/openapi.js";
import { type ChangedRows, noteChangedRows } from "../kit/database/changed-rows.js";
import { ADMIN_KEY, useGateway } from "../kit/gateway/gateway.js";
import { unsettledCalls } from "../kit/gateway/tasks.js";

const gateway = useGateway();
let standing: StandingViewers;
let changedRows: ChangedRows;
/** The things that are asked for. What was changed is replaced by new things. */
let made: Awaited<ReturnType<typeof newTarget>>;

beforeAll(async () => {
  // What nobody asked for must not change a row meanwhile.
  gateway.server.background.stop();
  standing = await standingViewers(gateway);
  made = await newTarget(gateway, standing);
  changedRows = await noteChangedRows(gateway.database.db);
});

/** Subscriptions are asked for as server-sent events and over sockets. */
const SUBSCRIPTIONS = keysOf(ACCESS.GraphQL).filter((row): row is Subscription => row.startsWith("subscription "));

const DOORS: readonly (readonly [keyof typeof ACCESS, string, Asking, over?: string])[] = [
  ...keysOf(ACCESS.GraphQL).map((row) => ["GraphQL", row, askGraphql(row)] as const),
  ...SUBSCRIPTIONS.map((row) => ["GraphQL", row, askSocket(row), "graphql-ws"] as const),
  ...keysOf(ACCESS.REST).map((row) => ["REST", row, askRest(row)] as const),
  ...keysOf(ACCESS["/v1"]).map((row) => ["/v1", row, askOpenAi(row)] as const),
  ...keysOf(ACCESS.MCP).map((row) => ["MCP", row, askMcp(row)] as const),
  ...keysOf(ACCESS.Operation).map((row) => ["Operation", row, askMetrics] as const),
];

function keysOf<Row extends string>(rows: Readonly<Record<Row, unknown>>): Row[] {
  return Object.keys(rows) as Row[];
}

const expected = (door: string, row: string, viewer: ViewerName): string =>
  (ACCESS as Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>)[door]?.[row]?.[
    VIEWERS.indexOf(viewer)
  ] ?? "no row";

/** The credential of each viewer, in the order of the table: whoever is refused asks first. */
function credentials(secret: string): Readonly<Record<ViewerName, string>> {
  return {
    stranger: standing.stranger.secret,
    otherOrganization: standing.otherOrganizationKey,
    sibling: standing.sibling.secret,
    team: secret,
    organization: standing.organizationKey,
    admin: ADMIN_KEY,
  };
}

const isRefusal = (access: string) => access !== "yes" && access !== "own";
/** An answer without the ids that were sent, and without what is different in each. */
const struckOut = (text: string, target: Target) =>
  Object.values(target).reduce((rest, id) => rest.replaceAll(id, "<id>"), text);

/** The routes of /v1 that a function of a door declares. */
function declaredIn(file: string, name: string, prefix: string): string[] {
  const source = readFileSync(new URL(`../../src/doors/${file}`, import.meta.url), "utf8");
  const start = source.indexOf(`function ${name}(`);
  const body = source.slice(start, source.indexOf("\n}\n", start));
  const declared = [...body.matchAll(/server\.(\w+)(?:<.*>)?\(\s*"(\/[^"]*)"/g)];
  return declared.map(([, method, path]) => `${method?.toUpperCase()} ${prefix}${path === "/" ? "" : path}`);
}

describe("the table of who may do what", () => {
  it("has every field of the schema", async () => {
    const root = (type: string) => `${type}: ${type}Type { fields { name } }`;
    const { __schema } = await gateway.anonymous.data(
      `{ __schema { ${root("query")} ${root("mutation")} ${root("subscription")} } }`,
    );
    const fields = ["query", "mutation", "subscription"].flatMap((type) =>
      __schema[type].fields.map(({ name }: { name: string }) => `${type} ${name}`),
    );
    expect([...new Set(Object.keys(ACCESS.GraphQL).map(operationOf))].sort()).toEqual(fields.sort());
  });

  it("has every route of the OpenAPI document, and of /v1", async () => {
    const { paths } = await openApi(gateway.url);
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect([...new Set(Object.keys(ACCESS.REST).map(operationOf))].sort()).toEqual(routes.sort());
    const ofV1 = [
      ...declaredIn("openai/openai.routes.ts", "routes", "/v1"),
      ...declaredIn("openai/json/json-calls.routes.ts", "jsonCallRoutes", "/v1"),
      ...declaredIn("openai/responses/responses.routes.ts", "responsesRoutes", "/v1"),
      ...declaredIn("openai/responses/compaction/compact.routes.ts", "compactRoutes", "/v1"),
      ...declaredIn("openai/responses/kept-responses.routes.ts", "keptResponseRoutes", "/v1"),
      ...declaredIn("openai/keyed-jobs.routes.ts", "keyedJobRoutes", "/v1"),
      ...declaredIn("anthropic/anthropic.routes.ts", "messages", "/v1/messages"),
      ...declaredIn("anthropic/anthropic.routes.ts", "models", "/v1/models"),
    ];
    expect(Object.keys(ACCESS["/v1"]).sort()).toEqual([...new Set(ofV1)].sort());
  });

  it("has every tool of MCP", async () => {
    const client = await MCP_CLIENTS[0]?.connect(gateway, made.secret);
    const names = (await client?.tools())?.map(({ name }) => name) ?? [];
    await client?.close();
    expect([...new Set(Object.keys(ACCESS.MCP).map(operationOf))]).toEqual(names);
  });

  it("is what docs/access.md says", () => {
    const file = readFileSync(new URL("../../docs/access.md", import.meta.url), "utf8");
    expect(printAccess(), "run `npm run schema` and look at the difference").toBe(file);
  });
});

it("Whether the gateway is well is told to everybody.", async () => {
  const known = Object.values(credentials(made.secret));
  const others = [...standing.unauthenticated, ...standing.suspended].map(({ credential }) => credential);
  for (const path of ["/health/live", "/health/ready"])
    for (const credential of [...known, ...others]) {
      const headers = new Headers(credential === undefined ? {} : { authorization: `Bearer ${credential}` });
      expect((await fetch(gateway.url + path, { headers })).status, `${path} with ${credential}`).toBe(200);
    }
});

const CASES = DOORS.map(([door, row, ask, over]) => ({ door, row, ask, title: over ? `${row} over ${over}` : row }));

describe.each(CASES)("$door: $title", ({ door, row, ask }) => {
  it("answers each viewer as the table says, and a refusal changes nothing", async () => {
    const { target, secret } = made;
    const all = credentials(secret);
    // A call that was started before has ended.
    await expect.poll(() => unsettledCalls(gateway.app)).toBe(0);
    await changedRows();
    for (const [code, askers] of [
      ["UNAUTHENTICATED", standing.unauthenticated],
      ["TEAM_SUSPENDED", standing.suspended],
    ] as const)
      for (const { title, credential } of askers satisfies readonly Asker[])
        expect((await ask(gateway.url, credential, target)).code, title).toBe(code);
    for (const viewer of VIEWERS) {
      const access = expected(door, row, viewer);
      if (!isRefusal(access)) continue;
      const { code, text } = await ask(gateway.url, all[viewer], target);
      expect(code, `${viewer}: ${text}`).toBe(access);
      if (code === "FORBIDDEN") continue;
      const none = nothing();
      const ofNothing = await ask(gateway.url, all[viewer], none);
      expect(struckOut(text, target), viewer).toBe(struckOut(ofNothing.text, none));
    }
    expect(await changedRows()).toEqual([]);
  });

  it("is done for those who may, each with things of its own", async () => {
    for (const viewer of VIEWERS) {
      const access = expected(door, row, viewer);
      if (isRefusal(access)) continue;
      const { target, secret } = made;
      await changedRows();
      const { code, text } = await ask(gateway.url, credentials(secret)[viewer], target);
      expect(code, `${viewer}: ${text}`).toBe("yes");
      if (access === "own") {
        const { team, key, group, job, call, organizationKey } = target;
        for (const id of [team, key, group, job, call, organizationKey]) expect(text, viewer).not.toContain(id);
      }
      if ((await changedRows()).length > 0) made = await newTarget(gateway, standing);
    }
  });
});
