import { ArgsType, Field, ID, InputType } from "type-graphql";
import { PageArgs } from "../../edge/graphql/connection.js";
import { DateTimeScalar } from "../../edge/graphql/scalars.js";
import { allOf } from "../../input/all-of.js";
import { IsOptional } from "../../input/class-validator.js";
import { IsInstant, IsText } from "../../input/rules.js";

const TEXT_MAX = 200;

/** A text that a line must have in one of its fields. */
const Text = (description: string) =>
  allOf(
    Field(() => String, { nullable: true, description }),
    IsOptional(),
    IsText(TEXT_MAX),
  );

const Time = (description: string) =>
  allOf(
    Field(() => DateTimeScalar, { nullable: true, description }),
    IsOptional(),
    IsInstant(),
  );

@InputType({
  description:
    "Which lines of the audit are listed: those that fulfil all of these. What is null or left out is not filtered by.",
})
export class AuditFilter {
  @Text('Only acts with this credential: "admin", "orgkey:<id>" or "key:<id>".')
  readonly actor?: string | null;

  @Text("Only this operation, by the name of its mutation, such as createTeam.")
  readonly operation?: string | null;

  @Text("Only acts on things of this type, such as Team.")
  readonly subjectType?: string | null;

  @Field(() => ID, { nullable: true, description: "Only acts on the thing with this id." })
  @IsOptional()
  @IsText(TEXT_MAX)
  readonly subjectId?: string | null;

  @Time("Only lines from this time on.")
  readonly createdAfter?: Date | null;

  @Time("Only lines from before this time.")
  readonly createdBefore?: Date | null;
}

@ArgsType()
export class AuditEntriesArgs extends PageArgs {
  @Field(() => AuditFilter, { nullable: true, description: "Which lines to list. Null means all." })
  readonly filter?: AuditFilter | null;
}
