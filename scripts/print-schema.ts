// Writes schema.graphql, openapi.json, docs/errors.md and docs/access.md as the code has them, and the types that the
// examples and the console take from the schema. With --check, it writes nothing and fails if a file says something else.
import "reflect-metadata";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { printGraphqlSchema } from "../src/doors/graphql/schema.js";
import { CONTRACT_FILES } from "./contract/contract.js";
import { openApiDocument } from "./contract/openapi-document.js";
import { printAccess } from "./print-access.js";
import { printConsoleOperations } from "./print-console-operations.js";
import { printErrors } from "./print-errors.js";
import { printOperations } from "./print-operations.js";

const schema = printGraphqlSchema();
const printed = {
  [CONTRACT_FILES.graphql]: schema,
  [CONTRACT_FILES.openApi]: await openApiDocument(),
  "docs/errors.md": printErrors(),
  "docs/access.md": printAccess(),
  "examples/graphql/operations.ts": await printOperations(schema),
  "console/src/api/graphql.ts": await printConsoleOperations(schema),
};

for (const [name, text] of Object.entries(printed)) {
  const file = new URL(`../${name}`, import.meta.url);
  if (!process.argv.includes("--check")) {
    writeFileSync(file, text);
  } else if (!existsSync(file) || readFileSync(file, "utf8") !== text) {
    console.error(`${name} is not what the code prints: run \`npm run schema\` and look at the difference.`);
    process.exitCode = 1;
  }
}
