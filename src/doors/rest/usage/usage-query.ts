import { type Static, type TObject, Type } from "typebox";
import { UsageDimension, UsageFilter, UsageGranularity, UsageInput } from "../../../features/usage/usage.input.js";
import { USAGE_FIRST_DEFAULT, USAGE_FIRST_MAX } from "../../../features/usage/usage-limits.js";
import { EXAMPLE } from "../example.js";
import { instantOf, someOf, texts } from "../filter-query.js";
import { lowerCased, upperCase } from "../letter-case.js";
import { oneOf } from "../schemas.js";

const DIMENSIONS = lowerCased(UsageDimension);
const time = (description: string, example: string) =>
  Type.String({ format: "date-time", description, examples: [example] });

export const USAGE_QUERY = {
  from: time("The beginning of the range, with its zone. Its hour counts as a whole.", EXAMPLE.created),
  to: time("The end of the range, at most 10 years later.", EXAMPLE.ended),
  granularity: Type.Optional(
    oneOf(lowerCased(UsageGranularity), 'How long a time each row is about. "day" if absent.'),
  ),
  group_by: someOf(DIMENSIONS, "What each row is about, beside its time."),
  organization_ids: texts("What is of one of these organizations."),
  team_ids: texts("What is of one of these teams."),
  key_ids: texts("Calls that one of these virtual keys made, and jobs that it opened."),
  model_groups: texts("Calls that asked for one of these model groups."),
  models: texts("What counts under one of these models."),
  job_types: texts("Jobs of one of these types, and their calls."),
  limit: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: USAGE_FIRST_MAX,
      default: USAGE_FIRST_DEFAULT,
      description: `How many rows the answer has at most, from 1 to ${USAGE_FIRST_MAX}.`,
    }),
  ),
  after: Type.Optional(Type.String({ description: "The `next_cursor` of the page before." })),
};

/** The input of the service that a query asks for. */
export function inputOf(query: Static<TObject<typeof USAGE_QUERY>>): UsageInput {
  return Object.assign(new UsageInput(), {
    from: instantOf("from", query.from),
    to: instantOf("to", query.to),
    granularity: query.granularity === undefined ? null : UsageGranularity[upperCase(query.granularity)],
    groupBy: query.group_by?.map((name) => UsageDimension[upperCase(name)]) ?? null,
    filter: Object.assign(new UsageFilter(), {
      organizationIds: query.organization_ids ?? null,
      teamIds: query.team_ids ?? null,
      keyIds: query.key_ids ?? null,
      modelGroups: query.model_groups ?? null,
      models: query.models ?? null,
      jobTypes: query.job_types ?? null,
    }),
    first: query.limit ?? null,
    after: query.after ?? null,
  });
}
