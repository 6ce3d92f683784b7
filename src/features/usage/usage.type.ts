import { Field, ID, ObjectType } from "type-graphql";
import { DateTimeScalar } from "../../edge/graphql/scalars.js";
import { JobStatus } from "../../generated/prisma/enums.js";
import { UsageFigures } from "./usage-figures.type.js";

@ObjectType({
  description:
    "The figures of one time, and of what the report is grouped by. There is a row only if something was counted.",
  simpleResolvers: true,
})
export class UsageRow {
  @Field(() => DateTimeScalar, {
    description: "When its hour, day or month begins. The first one of a report begins with the report.",
  })
  readonly start!: Date;

  @Field(() => ID, { nullable: true, description: "The organization. Null if the report is not grouped by it." })
  readonly organizationId!: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "The team, which may be deleted by now. Null if the report is not grouped by it.",
  })
  readonly teamId!: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      "The virtual key. Null if the report is not grouped by it, and for what an older version of the gateway wrote without a key.",
  })
  readonly keyId!: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "The model group. Null if the report is not grouped by it, and for jobs, which have none.",
  })
  readonly modelGroup!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The model. Null if the report is not grouped by it, and for jobs, which have none.",
  })
  readonly model!: string | null;

  @Field(() => String, { nullable: true, description: "The type of the job. Null if the report is not grouped by it." })
  readonly jobType!: string | null;

  @Field(() => JobStatus, {
    nullable: true,
    description: "The status of the job. Null if the report is not grouped by it.",
  })
  readonly outcome!: JobStatus | null;

  @Field(() => UsageFigures, { description: "What was used." })
  readonly figures!: UsageFigures;
}

@ObjectType({
  description:
    "What was used in a range of time. A call counts in the hour in which it was created, as soon as it is settled. A job counts in the hour in which it ended.",
})
export class UsageReport {
  @Field(() => DateTimeScalar, { description: "The beginning of the range, in whole hours.", simple: true })
  readonly from!: Date;

  @Field(() => DateTimeScalar, {
    description: "The end of the range, in whole hours. It is not part of it.",
    simple: true,
  })
  readonly to!: Date;

  @Field(() => Boolean, {
    description:
      "True if everything is counted that was settled or ended before the report was asked for. False if more was waiting to be counted than a report may wait for. It is counted in the background.",
    simple: true,
  })
  readonly isComplete!: boolean;
}
