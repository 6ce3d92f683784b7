import { ArgsType, Field, ID, InputType } from "type-graphql";
import { PageArgs } from "../../edge/graphql/connection.js";
import { CreatedAfter, CreatedBefore } from "../../edge/graphql/filter-fields.js";
import { allOf } from "../../input/all-of.js";
import { IsOptional } from "../../input/class-validator.js";
import { IsText } from "../../input/rules.js";

const TEXT_MAX = 300;

/** A text that a line must have in one of its fields. */
const Text = (description: string) =>
  allOf(
    Field(() => String, { nullable: true, description }),
    IsOptional(),
    IsText(TEXT_MAX),
  );

@InputType({
  description:
    "Which lines of the audit are listed: those that fulfil all of these. What is null or left out is not filtered by.",
})
export class AuditFilter {
  @Text('Only acts of this actor: "admin", "orgkey:<id>", "key:<id>", "person:<id>" or "gateway".')
  readonly actor?: string | null;

  @Text("Only this operation, by the name of its mutation, such as createTeam.")
  readonly operation?: string | null;

  @Text("Only acts on things of this type, such as Team.")
  readonly subjectType?: string | null;

  @Field(() => ID, { nullable: true, description: "Only acts on the thing with this id." })
  @IsOptional()
  @IsText(TEXT_MAX)
  readonly subjectId?: string | null;

  @CreatedAfter("Lines")
  readonly createdAfter?: Date | null;

  @CreatedBefore("Lines")
  readonly createdBefore?: Date | null;
}

@ArgsType()
export class AuditEntriesArgs extends PageArgs {
  @Field(() => AuditFilter, { nullable: true, description: "Which lines to list. Null means all." })
  readonly filter?: AuditFilter | null;
}
