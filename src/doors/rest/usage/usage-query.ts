import { type Static, type TObject, Type } from "typebox";
import { UsageDimension, UsageFilter, UsageGranularity, UsageInput } from "../../../features/usage/usage.input.js";
import { USAGE_FIRST_DEFAULT, USAGE_FIRST_MAX, USAGE_NAMES_MAX } from "../../../features/usage/usage-limits.js";
import { EXAMPLE } from "../example.js";
import { lowerCased, upperCase } from "../letter-case.js";
import { oneOf } from "../schemas.js";

/** The beginning of every time by ISO 8601. What comes after it is checked by the service. */
const TIME = "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2})$";
const time = (description: string, example: string) => Type.String({ pattern: TIME, description, examples: [example] });
const DIMENSIONS = lowerCased(UsageDimension);
const names = (what: string) =>
  Type.Optional(
    Type.String({ description: `Only ${what}: one, or up to ${USAGE_NAMES_MAX} with commas between them.` }),
  );
const one = (what: string) => Type.Optional(Type.String({ description: `Only ${what}.` }));

export const USAGE_QUERY = {
  from: time(
    "The beginning of the range, with a time zone. The hour that it is in counts as a whole.",
    EXAMPLE.created,
  ),
  to: time("The end of the range, at most 10 years later.", EXAMPLE.ended),
  granularity: Type.Optional(
    oneOf(lowerCased(UsageGranularity), 'How long a time each row is about. "day" if absent.'),
  ),
  group_by: Type.Optional(
    Type.String({
      pattern: `^(${DIMENSIONS.join("|")})(,(${DIMENSIONS.join("|")}))*$`,
      description: `What each row is about, beside its time: some of ${DIMENSIONS.join(", ")}, with commas between them.`,
      examples: ["team,model"],
    }),
  ),
  organization_id: names("what is of one of these organizations"),
  team_id: names("what is of one of these teams"),
  key_id: names("calls that one of these virtual keys made, and jobs that it opened"),
  model_group: one("calls that asked for this model group"),
  model: one("what counts under this model"),
  job_type: one("jobs of this type, and their calls"),
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
  const list = (text: string | undefined) => text?.split(",") ?? null;
  const single = (text: string | undefined) => (text === undefined ? null : [text]);
  return Object.assign(new UsageInput(), {
    from: new Date(query.from),
    to: new Date(query.to),
    granularity: query.granularity === undefined ? null : UsageGranularity[upperCase(query.granularity)],
    groupBy: list(query.group_by)?.map((name) => UsageDimension[upperCase(name) as UsageDimension]) ?? null,
    filter: Object.assign(new UsageFilter(), {
      organizationIds: list(query.organization_id),
      teamIds: list(query.team_id),
      keyIds: list(query.key_id),
      modelGroups: single(query.model_group),
      models: single(query.model),
      jobTypes: single(query.job_type),
    }),
    first: query.limit ?? null,
    after: query.after ?? null,
  });
}
