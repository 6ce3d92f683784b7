import { Field, InputType, Int, registerEnumType } from "type-graphql";
import { OneOfIds, OneOfTexts } from "../../edge/graphql/filter-fields.js";
import { DateTimeScalar } from "../../edge/graphql/scalars.js";
import { ArrayUnique, IsInt, IsOptional, Max, Min, ValidateNested } from "../../input/class-validator.js";
import { IsInstant } from "../../input/rules.js";
import { USAGE_FIRST_DEFAULT, USAGE_FIRST_MAX, USAGE_YEARS_MAX } from "./usage-limits.js";

export enum UsageGranularity {
  HOUR = "HOUR",
  DAY = "DAY",
  MONTH = "MONTH",
  ALL = "ALL",
}

export enum UsageDimension {
  ORGANIZATION = "ORGANIZATION",
  TEAM = "TEAM",
  KEY = "KEY",
  MODEL_GROUP = "MODEL_GROUP",
  MODEL = "MODEL",
  JOB_TYPE = "JOB_TYPE",
  OUTCOME = "OUTCOME",
}

registerEnumType(UsageGranularity, {
  name: "UsageGranularity",
  description: "How long a time a row of a report is about. Hours, days and months are those of UTC.",
  valuesConfig: {
    HOUR: { description: "One hour." },
    DAY: { description: "One day." },
    MONTH: { description: "One month." },
    ALL: { description: "The whole range." },
  },
});
registerEnumType(UsageDimension, {
  name: "UsageDimension",
  description: "What the rows of a report are about, beside a time.",
  valuesConfig: {
    ORGANIZATION: { description: "An organization." },
    TEAM: { description: "A team." },
    KEY: { description: "A virtual key: that which made the call, or opened the job." },
    MODEL_GROUP: { description: "A model group, by the name that was asked for." },
    MODEL: {
      description:
        "A model. A call counts under the model of its last attempt. Attempts, tokens and cost count under the model of the attempt itself, so that what a failed model cost is seen.",
    },
    JOB_TYPE: { description: "A type of jobs." },
    OUTCOME: { description: "The status of the job. Calls of a job that is open count as IN_PROGRESS until it ends." },
  },
});

@InputType({ description: "What a report counts. It must fit every field that is given." })
export class UsageFilter {
  @OneOfIds("Only what is of one of these organizations. Null means all, and an empty list none.")
  readonly organizationIds?: string[] | null;

  @OneOfIds("Only what is of one of these teams. Null means all, and an empty list none.")
  readonly teamIds?: string[] | null;

  @OneOfIds(
    "Only calls that one of these virtual keys made, and jobs that it opened. Null means all, and an empty list none.",
  )
  readonly keyIds?: string[] | null;

  @OneOfIds(
    "Only calls that asked for one of these model groups. Jobs have none. Null means all, and an empty list none.",
  )
  readonly modelGroups?: string[] | null;

  @OneOfTexts("Only what counts under one of these models. Jobs have none. Null means all, and an empty list none.")
  readonly models?: string[] | null;

  @OneOfTexts("Only jobs of one of these types, and their calls. Null means all, and an empty list none.")
  readonly jobTypes?: string[] | null;
}

@InputType({ description: "Which report is asked for." })
export class UsageInput {
  @Field(() => DateTimeScalar, { description: "The beginning of the range. The hour that it is in counts as a whole." })
  @IsInstant()
  readonly from!: Date;

  @Field(() => DateTimeScalar, {
    description: `The end of the range: after \`from\`, by ${USAGE_YEARS_MAX} years at most. The hour that it is in counts as a whole, unless the hour begins with it.`,
  })
  @IsInstant()
  readonly to!: Date;

  @Field(() => UsageGranularity, {
    nullable: true,
    defaultValue: UsageGranularity.DAY,
    description: "How long a time each row is about. Null means DAY.",
  })
  readonly granularity?: UsageGranularity | null;

  @Field(() => [UsageDimension], {
    nullable: true,
    defaultValue: [],
    description: "What each row is about, beside its time. Null means nothing else.",
  })
  @IsOptional()
  @ArrayUnique({ message: "must not name a dimension twice" })
  readonly groupBy?: UsageDimension[] | null;

  @Field(() => UsageFilter, { nullable: true, description: "What is counted. Null means everything in reach." })
  @IsOptional()
  @ValidateNested()
  readonly filter?: UsageFilter | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: USAGE_FIRST_DEFAULT,
    description: `The number of rows, from 1 to ${USAGE_FIRST_MAX}. Null means ${USAGE_FIRST_DEFAULT}.`,
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(USAGE_FIRST_MAX)
  readonly first?: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      "The cursor of the row after which the page begins, of a report with the same range, granularity and groupBy. Null means the beginning.",
  })
  readonly after?: string | null;
}
