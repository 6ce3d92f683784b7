import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../edge/context.js";
import { listComplexity } from "../../edge/graphql/complexity.js";
import { DecimalScalar } from "../../edge/graphql/scalars.js";
import { shownCost } from "../budgets/shown-cost.js";
import { AttemptErrorKind, LlmCallAttempt } from "./attempt.type.js";
import { attemptsOfCallLoader } from "./call.loader.js";
import type { LlmCallAttemptRow, LlmCallRow } from "./call.service.js";
import { LlmCall } from "./call.type.js";
import { CostComponent } from "./costs/cost-component.type.js";
import { shownComponents } from "./costs/shown-components.js";
import { Usage } from "./costs/usage.type.js";
import { usageOfRow } from "./costs/usage-of-row.js";

@Resolver(() => LlmCallAttempt)
export class AttemptResolver {
  @FieldResolver(() => AttemptErrorKind, {
    nullable: true,
    description: "Why the attempt failed. Null if it did not fail.",
  })
  failureKind(@Root() { errorKind }: LlmCallAttemptRow): AttemptErrorKind | null {
    if (errorKind === null) return null;
    return Object.values(AttemptErrorKind).find((kind) => kind === errorKind) ?? AttemptErrorKind.INTERNAL;
  }

  @FieldResolver(() => Usage, {
    nullable: true,
    description: "The tokens of the attempt. Null if the model did not take it up.",
  })
  usage(@Root() attempt: LlmCallAttemptRow) {
    return usageOfRow(attempt);
  }

  @FieldResolver(() => DecimalScalar, {
    nullable: true,
    description:
      "USD. The cost of the attempt, exact to 1e-9 and rounded once, and with the team's markup if it is not the admin who asks. A component without a known price is not in it; costComponents says which. Null if no cost is known.",
  })
  costUsd(@Root() attempt: LlmCallAttemptRow, @Ctx() { viewer }: RequestContext) {
    return attempt.costNanoUsd === null ? null : shownCost(viewer, attempt.costNanoUsd, attempt.markupMillionths);
  }

  @FieldResolver(() => [CostComponent], {
    description:
      "What costUsd consists of: at most 12 components, in the order of their enum, which add up to it exactly. One without a known price is UNPRICED, and not in costUsd. The list is empty if nothing was priced, if the tokens are not known, or if an older version made the attempt.",
    complexity: 11,
  })
  costComponents(@Root() attempt: LlmCallAttemptRow, @Ctx() { viewer }: RequestContext) {
    return shownComponents(viewer, attempt);
  }
}

@Resolver(() => LlmCall)
export class CallAttemptsResolver {
  @FieldResolver(() => [LlmCallAttempt], {
    description:
      "The models that were asked, in order; a model may appear more than once. The list is empty while the call runs.",
    complexity: listComplexity,
  })
  attempts(@Root() call: LlmCallRow, @Ctx() context: RequestContext) {
    return attemptsOfCallLoader(context).load(call.id);
  }
}
