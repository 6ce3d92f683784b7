import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { AllowancePeriod } from "../../../generated/prisma/enums.js";

registerEnumType(AllowancePeriod, {
  name: "AllowancePeriod",
  description: "How long an allowance of jobs lasts.",
  valuesConfig: {
    MONTH: { description: "It begins anew on the first of each month, UTC." },
    TOTAL: { description: "It never begins anew by itself." },
  },
});

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
}
