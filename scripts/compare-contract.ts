// `npm run contract` fails if schema.graphql or openapi.json breaks clients of the last release and CHANGELOG.md does
// not announce it. An announcement is an entry of the section "Unreleased" with the word "Breaking" and the change's name.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { contractAt, findBase } from "./contract/base.js";
import { type BreakingChange, breakingGraphqlChanges, breakingOpenApiChanges } from "./contract/breaking-changes.js";
import { unannounced } from "./contract/changelog.js";
import { CONTRACT_FILES } from "./contract/contract.js";

const repository = fileURLToPath(new URL("..", import.meta.url));
const read = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), "utf8");

const base = findBase(repository);
if (!base) {
  console.log("Nothing to compare the contract with: this clone has no tag, no main branch and no earlier commit.");
} else {
  console.log(`Compared with ${base.description} (${base.commit.slice(0, 7)}).`);
  const before = contractAt(repository, base);
  const breaking = [
    ...(await changesOf(CONTRACT_FILES.graphql, before.graphql, breakingGraphqlChanges)),
    ...(await changesOf(CONTRACT_FILES.openApi, before.openApi, breakingOpenApiChanges)),
  ];
  const missing = unannounced(breaking, read("CHANGELOG.md"));
  if (breaking.length === 0) console.log("No change breaks clients.");
  else if (missing.length === 0) console.log("CHANGELOG.md announces what breaks clients.");
  for (const { of, sentence } of missing) {
    console.error(
      `${of}: ${sentence}. Undo this, or add an entry with "Breaking" and \`${of}\` under "Unreleased" in CHANGELOG.md.`,
    );
    process.exitCode = 1;
  }
}

/** Prints and returns the breaking changes of one file. */
async function changesOf(
  file: string,
  before: string | null,
  compare: (before: string, after: string) => BreakingChange[] | Promise<BreakingChange[]>,
): Promise<BreakingChange[]> {
  if (before === null) {
    console.log(`${file} did not exist then.`);
    return [];
  }
  const changes = await compare(before, read(file));
  console.log(`Breaking changes of ${file}: ${changes.length}`);
  for (const { of, sentence } of changes) console.log(`  - ${of}: ${sentence}`);
  return changes;
}
