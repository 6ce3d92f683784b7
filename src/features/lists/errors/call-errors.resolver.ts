import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../../edge/context.js";
import { pageComplexity } from "../../../edge/graphql/complexity.js";
import { LlmCall } from "../../calls/call.type.js";
import { LlmCallErrorsInput } from "./call-errors.input.js";
import { callLoader } from "./call-errors.loader.js";
import { LlmCallErrorGroup, LlmCallErrors } from "./call-errors.type.js";

/** What the database does for it, whatever is selected. */
const OF_READING = 500;

@Resolver(() => LlmCallErrorGroup)
export class CallErrorsResolver {
  @Query(() => LlmCallErrors, {
    nullable: true,
    description:
      "Groups the calls that the key reaches and that ended with an error, by its code and by the model. If there are more than 5,000 in the range, the newest are counted only, of several teams about as many of each: see `isComplete`.",
    complexity: ({ args, childComplexity }) =>
      OF_READING + pageComplexity({ args: { first: args.input?.first }, childComplexity }),
  })
  llmCallErrors(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("input", () => LlmCallErrorsInput, { description: "Which errors." }) input: LlmCallErrorsInput,
  ) {
    return services.callErrors.group(viewer, input);
  }

  @FieldResolver(() => LlmCall, { nullable: true, description: "The newest of them. Null if it is gone." })
  lastCall(@Root() { lastCallId }: LlmCallErrorGroup, @Ctx() context: RequestContext) {
    return callLoader(context).load(lastCallId);
  }
}
