// Writes schema.graphql as the code has it, and what the examples take from it; with --check, fails if a file is stale.
import { readFileSync, writeFileSync } from "node:fs";
import { printGraphqlSchema } from "../src/doors/graphql/schema.js";
import { printOperations } from "./print-operations.js";

const schema = printGraphqlSchema();
const files = { "schema.graphql": schema, "examples/graphql/operations.ts": await printOperations(schema) };

for (const [path, printed] of Object.entries(files)) {
  const file = new URL(`../${path}`, import.meta.url);
  if (!process.argv.includes("--check")) {
    writeFileSync(file, printed);
  } else if (readFileSync(file, "utf8") !== printed) {
    console.error(`${path} is not what the code prints: run \`npm run schema\` and look at the difference.`);
    process.exitCode = 1;
  }
}
