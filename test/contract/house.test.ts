import { describe, expect, it } from "vitest";
import * as rules from "../kit/house-rules.js";
import { parseSources, readSources } from "../kit/source-tree.js";

const modules = readSources();

it("The tests below see the whole of src.", () => {
  expect(modules.length).toBeGreaterThan(100);
  expect(modules.map(({ path }) => path)).toContain("features/credits/ledger.ts");
  expect(modules.reduce((count, { imports }) => count + imports.length, 0)).toBeGreaterThan(400);
  expect(modules.reduce((count, { functions }) => count + functions.length, 0)).toBeGreaterThan(400);
});

holds("No module loads itself by way of others.", rules.noCycles, {
  "lib/a.ts": 'import { b } from "./b.js";\nimport type { C } from "./c.js";',
  "lib/b.ts": '\nexport const load = () => import("./a.js"); // lib/b.ts loads lib/a.ts',
  "lib/c.ts": 'import { type D, d } from "./d.js";\nimport { b } from "./b.js";',
  "lib/d.ts": 'import { type C } from "./c.js";',
  "lib/e.ts": 'import "./e.js";',
}).noticed([
  "src/lib/a.ts:1 loads lib/b.ts, which loads it",
  "src/lib/b.ts:2 loads lib/a.ts, which loads it",
  "src/lib/c.ts:1 loads lib/d.ts, which loads it",
  "src/lib/d.ts:1 loads lib/c.ts, which loads it",
  "src/lib/e.ts:1 loads lib/e.ts, which loads it",
]);

holds("What is imported exists.", rules.everyImportExists, {
  "lib/a.ts":
    'import { b } from "./b.js";\nimport { c } from "pino";\nimport { d } from "../generated/prisma/client.js";',
}).noticed(["src/lib/a.ts:1 imports lib/b.ts, which does not exist"]);

holds("Imports run one way through the layers; what runs back is the type of the App only.", rules.layersInOrder, {
  "app.ts":
    'import { schema } from "./doors/graphql/schema.js";\nimport { Ledger } from "./features/credits/ledger.js";',
  "edge/context.ts": 'import type { App } from "../app.js";\nimport { createApp } from "../app.js";',
  "lib/money.ts": 'import type { Config } from "../config/config.js";\nexport type { Clock } from "./clock.js";',
  "lib/later.ts":
    'export const later = () => import("../db/page.js");\nexport type T = import("../db/page.js").Page<1>;',
  "db/page.ts": 'import { openAiCompatible } from "../upstream/openai-compatible.js";',
  "extras/thing.ts": "export const thing = 1;",
}).noticed([
  "src/extras/thing.ts:1 is in no layer",
  "src/app.ts:1 imports doors/graphql/schema.ts, which app may not",
  "src/edge/context.ts:2 imports app.ts, which edge may not",
  "src/lib/money.ts:1 imports a type of config/config.ts, which lib may not",
  "src/lib/later.ts:1 imports db/page.ts, which lib may not",
  "src/lib/later.ts:2 imports a type of db/page.ts, which lib may not",
  "src/db/page.ts:1 imports upstream/openai-compatible.ts, which db may not",
]);

holds("A feature imports only the features before it.", rules.featuresInOrder, {
  "features/teams/team.service.ts":
    'import type { Job } from "../jobs/job.type.js";\nimport { Key } from "../keys/key.type.js";',
  "features/extras/thing.ts": 'import { Key } from "../keys/key.type.js";',
}).noticed([
  "src/features/teams/team.service.ts:1 imports features/jobs/job.type.ts, but jobs does not come before teams",
  "src/features/extras/thing.ts:1 imports features/keys/key.type.ts, but keys does not come before extras",
]);

holds("Resolvers, routes and doors do not import the database, not even its types.", rules.doorsWithoutDatabase, {
  "features/jobs/job.resolver.ts": 'import type { PageRequest } from "../../db/page.js";',
  "doors/rest/jobs.routes.ts": 'import { Prisma } from "../../generated/prisma/client.js";',
  "doors/rest/router.ts": '\nimport { fetchPage } from "../../db/page.js";',
  "features/jobs/job.service.ts": 'import { fetchPage } from "../../db/page.js";',
}).noticed([
  "src/features/jobs/job.resolver.ts:1 imports db/page.ts",
  "src/doors/rest/jobs.routes.ts:1 imports generated/prisma/client.ts",
  "src/doors/rest/router.ts:2 imports db/page.ts",
]);

holds("Services know who is asking, and nothing of the request.", rules.servicesWithoutRequests, {
  "features/jobs/job.service.ts": 'import type { RequestContext } from "../../edge/context.js";',
  "features/jobs/job.loader.ts": 'import type { RequestContext } from "../../edge/context.js";',
}).noticed(["src/features/jobs/job.service.ts:1 imports edge/context.ts"]);

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

holds("Only features/credits/ledger.ts writes credits.", rules.oneWriterOfTheLedger, {
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

holds("Where a transaction is in scope, the client outside it is not.", rules.noOuterClientInTransactions, {
  "features/teams/a.ts": "inTransaction(this.db, (tx) => tx.team.count());",
  "features/teams/b.ts":
    "inTransaction(db, async (tx) => {\n  await this.db.team.count();\n});\nfunction f(tx: Tx) {\n  return g(db);\n}",
}).noticed([
  "src/features/teams/b.ts:1 has db in the scope of tx",
  "src/features/teams/b.ts:4 has db in the scope of tx",
]);

holds("Nothing is exported by default.", rules.noDefaultExports, {
  "lib/a.ts": "export default 1;",
  "lib/b.ts": "\nexport default class B {}",
  "lib/c.ts": "const c = 1;\nexport { c as default };",
  "lib/d.ts": "export function d(a: number) {\n  switch (a) {\n    default:\n      return 1;\n  }\n}",
}).noticed([
  "src/lib/a.ts:1 exports by default",
  "src/lib/b.ts:2 exports by default",
  "src/lib/c.ts:2 exports by default",
]);

holds("No file passes on what others export.", rules.noBarrels, {
  "lib/a.ts": 'export * from "./b.js";\nexport type { C } from "./c.js";\nexport const d = 1;',
}).noticed(["src/lib/a.ts:1 passes on lib/b.ts", "src/lib/a.ts:2 passes on lib/c.ts"]);

holds("Nothing is any.", rules.noAny, {
  "lib/a.ts": "// In any case.\nconst any = 1 as any;\nconst b = new Map<string, any>();",
}).noticed(["src/lib/a.ts:2 says any", "src/lib/a.ts:3 says any"]);

holds("Nothing writes to the console but the demo.", rules.noConsole, {
  "demo/main.ts": "console.log(1);",
  "lib/a.ts": "// The console.\nconsole.log(1);",
}).noticed(["src/lib/a.ts:2 writes to the console"]);

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
        it("would be noticed where it does not hold", () => expect(rule(parseSources(breach))).toEqual(offences));
      }),
  };
}
