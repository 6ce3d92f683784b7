import { ArgsType, Field, ID, InputType } from "type-graphql";
import { PageArgs } from "../../edge/graphql/connection.js";
import { DateTimeScalar } from "../../edge/graphql/scalars.js";
import { IsOptional, ValidateNested } from "../../input/class-validator.js";
import { IsInstant } from "../../input/rules.js";
import { LimitsInput } from "../limits/limits.input.js";
import type { JobAllowanceInput } from "./allowance/job-allowance.input.js";
import { VirtualKeyStatus } from "./key.type.js";
import { KeyExpiry, KeyJobAllowance, KeyModelGroups, KeyName } from "./key-fields.js";

@InputType({ description: "A further virtual key for a team." })
export class CreateVirtualKeyInput {
  @Field(() => ID, { description: "The team that gets the key." })
  readonly teamId!: string;

  @KeyName("Null means that it has no name.")
  readonly name?: string | null;

  @KeyExpiry()
  readonly expiresAt?: Date | null;

  @Field(() => LimitsInput, {
    nullable: true,
    description: "What calls with the key are limited to. What is not given here is as the team has it for its keys.",
  })
  @IsOptional()
  @ValidateNested()
  readonly limits?: LimitsInput | null;

  @KeyModelGroups()
  readonly modelGroups?: string[] | null;

  @KeyJobAllowance()
  readonly jobAllowance?: JobAllowanceInput | null;
}

@InputType({ description: "Changes of a virtual key. Only what is given changes." })
export class UpdateVirtualKeyInput {
  @Field(() => ID, { description: "The id of the key." })
  readonly id!: string;

  @KeyName("Null takes its name away.")
  readonly name?: string | null;

  @KeyExpiry(" A key that has expired is accepted again.")
  readonly expiresAt?: Date | null;

  @KeyModelGroups()
  readonly modelGroups?: string[] | null;

  @Field(() => LimitsInput, {
    nullable: true,
    description: "What calls with the key are limited to. Null removes all limits that the key has of its own.",
  })
  @IsOptional()
  @ValidateNested()
  readonly limits?: LimitsInput | null;

  @KeyJobAllowance()
  readonly jobAllowance?: JobAllowanceInput | null;
}

@InputType({ description: "Which keys are listed. A key must fit everything that is given." })
export class VirtualKeyFilter {
  @Field(() => [VirtualKeyStatus], { nullable: true, description: "Only keys with one of these. Null means all." })
  readonly status?: VirtualKeyStatus[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "True: only keys with no limit, neither of their own nor in `defaultKeyLimits` of their team. False: only the others. Null means all.",
  })
  readonly withoutLimit?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "True: only keys that never expire. False: only the others. Null means all.",
  })
  readonly withoutExpiry?: boolean | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      "Only keys that were there before this time and have not been used since. The last use is exact to a minute. Null means all.",
  })
  @IsOptional()
  @IsInstant()
  readonly unusedSince?: Date | null;
}

@ArgsType()
export class VirtualKeysArgs extends PageArgs {
  @Field(() => VirtualKeyFilter, { nullable: true, description: "Which keys are listed. Null means all." })
  readonly filter?: VirtualKeyFilter | null;
}
