import { beforeAll, describe, expect, it } from "vitest";
import { ACCESS, type Subscription, VIEWERS, type ViewerName } from "../../kit/access/access-table.js";
import { type Asking, askGraphql, askRest, askSocket } from "../../kit/access/ask.js";
import { newTarget, type Target } from "../../kit/access/target.js";
import { type StandingViewers, standingViewers } from "../../kit/access/viewers.js";
import { type ChangedRows, noteChangedRows } from "../../kit/database/changed-rows.js";
import { useSignIn } from "../../kit/sign-in/use-sign-in.js";

const world = useSignIn();
let standing: StandingViewers;
/** The things that are asked for. What was changed is replaced by new things. */
let target: Target;
let changedRows: ChangedRows;
const people = new Map<string, Record<string, string>>();

/** The people, and the column of the table that says what each may read. Those who may change something have it all. */
const PEOPLE: readonly (readonly [title: string, column: ViewerName, role: string, isOfOrganization: boolean])[] = [
  ["a VIEWER", "admin", "tollgate-viewer", false],
  ["a VIEWER of the organization", "organization", "tollgate-viewer", true],
  ["an ADMIN", "admin", "tollgate-admin", false],
  ["an ORGANIZATION", "organization", "tollgate-organization", true],
];

beforeAll(async () => {
  const { gateway } = world;
  // What nobody asked for must not change a row meanwhile.
  gateway.server.background.stop();
  standing = await standingViewers(gateway);
  ({ target } = await newTarget(gateway, standing));
  for (const [title, , roles, isOfOrganization] of PEOPLE) {
    const claims = { roles, ...(isOfOrganization && { organization: standing.organization.id }) };
    people.set(title, (await world.signIn(claims)).browser.headersOfPage(gateway.url));
  }
  changedRows = await noteChangedRows(gateway.database.db);
});

const keysOf = <Row extends string>(rows: Readonly<Record<Row, unknown>>) => Object.keys(rows) as Row[];
const ofGraphql = keysOf(ACCESS.GraphQL);
const CASES: readonly {
  readonly row: string;
  readonly ask: Asking;
  readonly access: readonly string[];
  readonly over: string;
}[] = [
  ...ofGraphql.map((row) => ({ row, ask: askGraphql(row), access: ACCESS.GraphQL[row], over: "GraphQL" })),
  ...ofGraphql
    .filter((row): row is Subscription => row.startsWith("subscription "))
    .map((row) => ({ row, ask: askSocket(row), access: ACCESS.GraphQL[row], over: "graphql-ws" })),
  ...keysOf(ACCESS.REST).map((row) => ({ row, ask: askRest(row), access: ACCESS.REST[row], over: "REST" })),
];

/** What a person gets of a row of the table. Over REST a session only reads. */
function expectedOf(
  row: string,
  over: string,
  access: readonly string[],
  column: ViewerName,
  isReader: boolean,
): string {
  const ofKey = access[VIEWERS.indexOf(column)] ?? "no row";
  if (over === "REST" && !row.startsWith("GET ")) return "UNAUTHENTICATED";
  // A browser sends the session of a person with its EventSource by itself.
  if (row === "query streamToken" && ofKey === "yes") return "FORBIDDEN";
  return row.startsWith("mutation ") && isReader ? "FORBIDDEN" : ofKey;
}

/** Reading usage counts what was used until then, whoever reads it. That is no change that somebody has asked for. */
const changedForSomebody = async () => (await changedRows()).filter((row) => !row.startsWith("usage_"));

describe.each(CASES)("$over: $row", ({ row, ask, access, over }) => {
  it("answers people as it answers the key of their role, and a VIEWER changes nothing with it", async () => {
    const { gateway } = world;
    for (const [title, column, role] of PEOPLE) {
      const isReader = role === "tollgate-viewer";
      await changedRows();
      const { code, text } = await ask(gateway.url, people.get(title), target);
      expect(code, `${title}: ${text}`).toBe(expectedOf(row, over, access, column, isReader));
      if (isReader) expect(await changedForSomebody(), title).toEqual([]);
      else if (row.startsWith("mutation ") && code === "yes") ({ target } = await newTarget(gateway, standing));
    }
  });
});
