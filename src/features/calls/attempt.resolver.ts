import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../edge/context.js";
import { listComplexity } from "../../edge/graphql/complexity.js";
import { DecimalScalar } from "../../edge/graphql/scalars.js";
import { LlmCallAttempt } from "./attempt.type.js";
import { attemptsOfCallLoader } from "./call.loader.js";
import type { LlmCallAttemptRow, LlmCallRow } from "./call.service.js";
import { LlmCall, Usage } from "./call.type.js";
import { usageOfRow } from "./usage-of-row.js";

@Resolver(() => LlmCallAttempt)
export class AttemptResolver {
  @FieldResolver(() => Usage, { nullable: true, description: "Null where the model did not take it up." })
  usage(@Root() attempt: LlmCallAttemptRow) {
    return usageOfRow(attempt);
  }

  @FieldResolver(() => DecimalScalar, {
    nullable: true,
    description: "USD, exact to 1e-9, rounded once; null where no cost is known.",
  })
  costUsd(@Root() attempt: LlmCallAttemptRow) {
    return attempt.costNanoUsd;
  }
}

@Resolver(() => LlmCall)
export class CallAttemptsResolver {
  @FieldResolver(() => [LlmCallAttempt], {
    description: "The models that were asked, in order, some perhaps more than once; empty while it runs.",
    complexity: listComplexity,
  })
  attempts(@Root() call: LlmCallRow, @Ctx() context: RequestContext) {
    return attemptsOfCallLoader(context).load(call.id);
  }
}
