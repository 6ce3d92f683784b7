import { ArgsType, Field, InputType, registerEnumType } from "type-graphql";
import { PageArgs } from "../../edge/graphql/connection.js";
import { ErrorCodeEnum } from "../../edge/graphql/error-code.type.js";
import {
  CreatedAfter,
  CreatedBefore,
  ErrorText,
  MetadataContains,
  OneOfIds,
  OneOfTexts,
} from "../../edge/graphql/filter-fields.js";
import { LlmCallKind, LlmCallStatus } from "../../generated/prisma/enums.js";
import type { ErrorCode } from "../../lib/errors.js";
import type { JsonObject } from "../../lib/json/json.js";

export enum LlmCallOrder {
  NEWEST_FIRST = "NEWEST_FIRST",
  OLDEST_FIRST = "OLDEST_FIRST",
}

registerEnumType(LlmCallOrder, {
  name: "LlmCallOrder",
  description: "The order of a list of calls, by the time at which they were created.",
  valuesConfig: {
    NEWEST_FIRST: { description: "The newest call comes first." },
    OLDEST_FIRST: { description: "The oldest call comes first." },
  },
});

/** What lists of calls and counts of their errors are filtered by. */
@InputType()
export abstract class CallsOf {
  @OneOfIds("Calls of one of these teams.")
  readonly teamIds?: string[] | null;

  @OneOfIds("Calls that were made with one of these virtual keys.")
  readonly keyIds?: string[] | null;

  @OneOfIds("Calls that asked for one of these model groups, by the name that they asked for.")
  readonly modelGroups?: string[] | null;

  @OneOfTexts("Calls whose last attempt asked one of these models.")
  readonly models?: string[] | null;

  @OneOfTexts("Calls in jobs of one of these types.")
  readonly jobTypes?: string[] | null;

  @Field(() => [ErrorCodeEnum], { nullable: true, description: "Calls that ended with one of these errors." })
  readonly errorCodes?: ErrorCode[] | null;

  @MetadataContains("Calls")
  readonly metadataContains?: JsonObject | null;
}

@InputType({ description: "Which calls to list. A call must fulfil every field that is given." })
export class LlmCallFilter extends CallsOf {
  @Field(() => [LlmCallStatus], { nullable: true, description: "Calls with one of these states." })
  readonly status?: LlmCallStatus[] | null;

  @Field(() => [LlmCallKind], { nullable: true, description: "Calls of one of these kinds." })
  readonly kind?: LlmCallKind[] | null;

  @CreatedAfter("Calls")
  readonly createdAfter?: Date | null;

  @CreatedBefore("Calls")
  readonly createdBefore?: Date | null;

  @ErrorText("Calls")
  readonly errorText?: string | null;
}

@ArgsType()
export class LlmCallsArgs extends PageArgs {
  @Field(() => LlmCallFilter, { nullable: true, description: "Which calls to list. Null means all." })
  readonly filter?: LlmCallFilter | null;

  @Field(() => LlmCallOrder, {
    nullable: true,
    defaultValue: LlmCallOrder.NEWEST_FIRST,
    description: "The order of the list. Null means NEWEST_FIRST.",
  })
  readonly orderBy?: LlmCallOrder | null;
}
