// Writes schema.graphql as the code has it; with --check, fails where the file says something else.
import { readFileSync, writeFileSync } from "node:fs";
import { printGraphqlSchema } from "../src/doors/graphql/schema.js";

const file = new URL("../schema.graphql", import.meta.url);
const printed = printGraphqlSchema();

if (!process.argv.includes("--check")) {
  writeFileSync(file, printed);
} else if (readFileSync(file, "utf8") !== printed) {
  console.error("schema.graphql is not what the code prints: run `npm run schema` and look at the difference.");
  process.exit(1);
}
