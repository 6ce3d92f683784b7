import { describe, expect, it } from "vitest";
import * as rules from "../kit/house/house-rules.js";
import { parseSources, readConsoleSources, readSources } from "../kit/house/source-tree.js";

const modules = readSources();

it("The tests below see the whole of src.", () => {
  expect(modules.length).toBeGreaterThan(200);
  expect(modules.map(({ path }) => path)).toContain("features/credits/ledger.ts");
  expect(modules.reduce((count, { imports }) => count + imports.length, 0)).toBeGreaterThan(400);
  expect(modules.reduce((count, { functions }) => count + functions.length, 0)).toBeGreaterThan(400);
});

holds(`A file has at most ${rules.FILE_LINES_MAX} lines and a function ${rules.FUNCTION_LINES_MAX}.`, rules.sizes, {
  "lib/a.ts": `class A {\n  @Field({\n    a: 1,\n  })\n  method() {${"\n".repeat(70)}}\n}`,
  "lib/b.ts": `class A {\n  @Field({\n    a: 1,\n  })\n  method() {${"\n".repeat(69)}}\n}`,
  "lib/c.ts": `export const c = () => {${"\n".repeat(70)}};`,
  "lib/d.ts": "// A line.\n".repeat(250),
  "lib/e.ts": "// A line.\n".repeat(251),
}).noticed([
  "src/lib/a.ts:5 method has 71 lines",
  "src/lib/c.ts:1 a function without a name has 71 lines",
  "src/lib/e.ts:251 is one of 251 lines",
]);

it(`In the console a file is no longer either, and a component has at most ${rules.COMPONENT_LINES_MAX} lines.`, () => {
  const modules = readConsoleSources();
  expect(modules.map(({ path }) => path)).toContain("pages/overview/overview-page.tsx");
  expect(rules.sizesOfComponents(modules)).toEqual([]);
});

holds("Only config/env.ts reads the environment.", rules.oneReaderOfTheEnvironment, {
  "config/env.ts": "export const readEnv = () => process.env;",
  "lib/a.ts":
    "const a = process.env.PORT;\nconst b = process?.env;\nconst c = process['env'];\nconst { env } = process;",
  "lib/b.ts": 'import { env } from "node:process";',
  "lib/c.ts": "// Of process.env nothing is said.\nprocess.exit(worker.process());",
}).noticed([
  "src/lib/a.ts:1 reaches the environment",
  "src/lib/a.ts:2 reaches the environment",
  "src/lib/a.ts:3 reaches the environment",
  "src/lib/a.ts:4 reaches the environment",
  "src/lib/b.ts:1 reaches the environment",
]);

holds("Only the ledger writes credits.", rules.oneWriterOfTheLedger, {
  "features/credits/ledger.ts": "tx.creditBalance.create({});",
  "features/teams/a.ts":
    "sql`SELECT * FROM credit_entries`;\nsql`WITH x AS (\n  UPDATE\n  credit_balances SET held = 0)`;",
  "features/teams/b.ts":
    'const a = \'INSERT INTO "public"."credit_entries"\';\nconst b = "delete from credit_balances";',
  "features/teams/c.ts":
    "tx.creditEntry.findMany();\ntx.creditEntry\n  .createMany({});\nthis.db.creditBalance.upsert({});",
  "features/teams/d.ts": "tx.team.create({\n  data: { balance: {\n    create: {} } } });",
}).noticed([
  "src/features/teams/a.ts:3 writes credits",
  "src/features/teams/b.ts:1 writes credits",
  "src/features/teams/b.ts:2 writes credits",
  "src/features/teams/c.ts:2 writes credits",
  "src/features/teams/c.ts:4 writes credits",
  "src/features/teams/d.ts:2 writes credits",
]);

holds("Inside a transaction nothing reaches the database outside it.", rules.noOuterClientInTransactions, {
  "features/teams/a.ts":
    "inTransaction(this.db, ({ tx }) => tx.team.count());\nfunction f({ sql }: Deps) {\n  sql.run(db);\n}",
  "features/teams/b.ts":
    "inTransaction(db, async ({ tx, sql }) => {\n  await this.db.team.count();\n});\nfunction f(tx: Tx) {\n  return g(db);\n}",
  "features/teams/c.ts":
    "inTransaction(db, (transaction) => transaction.sql.run(a, {}));\nconst f = ({ tx }: Transaction) =>\n  this.sql.run(a, {});",
}).noticed([
  "src/features/teams/b.ts:1 reaches the database outside its transaction",
  "src/features/teams/b.ts:4 reaches the database outside its transaction",
  "src/features/teams/c.ts:2 reaches the database outside its transaction",
]);

holds("Only src/db runs SQL.", rules.sqlRunsInOnePlace, {
  "db/statement.ts": "client.$queryRawUnsafe(text);",
  "features/teams/a.ts": "db\n  .$queryRaw`SELECT 1`;\ntx.$executeRawUnsafe(text);",
}).noticed(["src/features/teams/a.ts:2 runs SQL", "src/features/teams/a.ts:3 runs SQL"]);

holds("SQL stands in *.sql.ts files.", rules.sqlStandsInSqlFiles, {
  "features/teams/team.sql.ts": 'const text = "SELECT * FROM teams";',
  "features/teams/a.ts": `const text = "SELECT * FROM teams";\nconst said = "Select a team.";\nconst more = \`\\n  WITH x AS (\${text}) SELECT 1\`;`,
  "features/teams/b.ts": 'const a = statement({ text: "select 1" });\nconst b = client.Prisma.sql`id = 1`;',
}).noticed([
  "src/features/teams/a.ts:1 contains SQL",
  "src/features/teams/a.ts:3 contains SQL",
  "src/features/teams/b.ts:1 contains SQL",
  "src/features/teams/b.ts:2 contains SQL",
]);

holds("A module of ours is imported where the tools for layers see it.", rules.importsStandAtTheTop, {
  "lib/a.ts": 'type A = import("../doors/a.js").A;\ntype B = typeof import("pg");',
}).noticed(["src/lib/a.ts:1 imports a type in the middle"]);

holds("Nothing is left to do.", rules.nothingLeftToDo, {
  "lib/a.ts": `// ${"TO"}${"DO"}: the rest.\nconst todos = 1;\n/* ${"FIX"}${"ME"} */`,
}).noticed(["src/lib/a.ts:1 has a note of something left to do", "src/lib/a.ts:3 has a note of something left to do"]);

const MISNAMED = "is not named <noun>.<role>.ts, with a known role, or <kebab-case-noun>.ts";
holds("Names are kebab-case, have a role from the closed list or none, and say something.", rules.namesSaySomething, {
  "features/jobs/job.service.ts": "",
  "features/jobs/job-state.ts": "",
  "features/jobs/jobState.ts": "",
  "features/jobs/job.controller.ts": "",
  "lib/string-utils.ts": "",
  "lib/helpers/pad.ts": "",
  "features/jobs/index.ts": "",
  "features/jobs/types.ts": "",
}).noticed([
  `src/features/jobs/jobState.ts:1 ${MISNAMED}`,
  `src/features/jobs/job.controller.ts:1 ${MISNAMED}`,
  "src/lib/string-utils.ts:1 has a name that says nothing: utils",
  "src/lib/helpers/pad.ts:1 has a name that says nothing: helpers",
  "src/features/jobs/index.ts:1 has a name that says nothing: index",
  "src/features/jobs/types.ts:1 has a name that says nothing: types",
]);

/** Two tests: src keeps the rule, and the rule notices exactly these offences in modules that break it. */
function holds(claim: string, rule: rules.Rule, breach: Record<string, string>) {
  return {
    noticed: (offences: string[]) =>
      describe(claim, () => {
        it("holds in src", () => expect(rule(modules)).toEqual([]));
        it("would be noticed if it did not hold", () => expect(rule(parseSources(breach))).toEqual(offences));
      }),
  };
}
