import { type TString, Type } from "typebox";
import { EXAMPLE } from "./example.js";
import { record } from "./schemas.js";

const param = (description: string, example: string) =>
  Type.String({
    description: `${description} One that does not exist and one out of the key's reach get the same error.`,
    examples: [example],
  });

/** The names in the paths of this door. */
const PARAMS = {
  organization_id: param("The id of an organization.", EXAMPLE.organizationId),
  group_name: param("The name of a model group.", EXAMPLE.group),
  team_id: param("The id of a team.", EXAMPLE.teamId),
  job_id: param("The id of a job.", EXAMPLE.jobId),
  call_id: param("The id of a call.", EXAMPLE.callId),
};

export type PathParams = Readonly<Record<keyof typeof PARAMS, string>>;

/**
 * Returns the schema of the parameters of a path such as "/jobs/:job_id", or undefined if the path has no parameters.
 */
export function paramsOf(path: string) {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name as keyof PathParams);
  if (names.length === 0) return undefined;
  return record(Object.fromEntries(names.map((name): [string, TString] => [name, PARAMS[name]])));
}
