import { CriticalityLevel, diff } from "@graphql-inspector/core";
import { apiCompare, type Diff } from "api-smart-diff";
import { buildSchema } from "graphql";

export interface BreakingChange {
  /** What changes: a schema coordinate such as "Job.note" or "Query.jobs.team", or a route such as "GET /jobs". */
  readonly of: string;
  readonly sentence: string;
}

/** Returns what breaks clients of the old GraphQL schema. */
export async function breakingGraphqlChanges(before: string, after: string): Promise<BreakingChange[]> {
  const changes = await diff(buildSchema(before), buildSchema(after));
  return changes
    .filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)
    .map(({ path, message }) => ({ of: path ?? "schema", sentence: message }));
}

/** Returns what breaks clients of the old OpenAPI document. */
export function breakingOpenApiChanges(before: string, after: string): BreakingChange[] {
  const { diffs } = apiCompare(JSON.parse(before), JSON.parse(after));
  return diffs.filter((change) => change.path[0] === "paths" && breaksClients(change)).map(changeOfRoute);
}

/** api-smart-diff takes a new type in an answer for harmless. A client that reads a string cannot read a number. */
const breaksClients = ({ type, action, path }: Diff) =>
  type === "breaking" || (action === "replace" && path.at(-1) === "type");

/** The path of a change is such as ["paths", "/jobs", "post", "responses", "200"]. */
function changeOfRoute({ path, description }: Diff): BreakingChange {
  const [, route, method] = path;
  return { of: `${String(method).toUpperCase()} ${route}`, sentence: description ?? path.join("/") };
}
