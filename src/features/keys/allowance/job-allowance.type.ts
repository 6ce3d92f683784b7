import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { DateTimeScalar, SafeIntScalar } from "../../../edge/graphql/scalars.js";
import { AllowancePeriod } from "../../../generated/prisma/enums.js";

registerEnumType(AllowancePeriod, {
  name: "AllowancePeriod",
  description: "How long an allowance of jobs lasts.",
  valuesConfig: {
    MONTH: { description: "It begins anew on the first of each month, UTC." },
    TOTAL: { description: "It never begins anew by itself." },
  },
});

@ObjectType({ description: "Another number of jobs for a time.", simpleResolvers: true })
export class JobAllowanceOverride {
  @Field(() => Int, { description: "How many jobs in each period. It holds in the place of the normal number." })
  readonly jobs!: number;

  @Field(() => DateTimeScalar, { description: "Until when it holds." })
  readonly until!: Date;
}

@ObjectType({ description: "How many jobs may be opened with a key.", simpleResolvers: true })
export class JobAllowance {
  @Field(() => Int, { description: "How many jobs in each period." })
  readonly jobs!: number;

  @Field(() => AllowancePeriod, { description: "How long the allowance lasts." })
  readonly period!: AllowancePeriod;

  @Field(() => Int, {
    description:
      "Jobs that were opened with the key in the present period and that are open or COMPLETED. A job that fails, is cancelled or expires counts no more.",
  })
  readonly used!: number;

  @Field(() => Boolean, {
    description: "Whether jobs beyond it are refused. If false, they are opened, and counted in `wouldRefuse`.",
  })
  readonly isEnforced!: boolean;

  @Field(() => JobAllowanceOverride, {
    nullable: true,
    description: "Another number of jobs that holds at present. Null if there is none, or if its time is over.",
  })
  readonly override!: JobAllowanceOverride | null;

  @Field(() => SafeIntScalar, {
    description:
      "Jobs that the allowance refused since the count was last reset, or would have refused if it were enforced. It is at most some seconds old.",
  })
  readonly wouldRefuse!: number;
}
