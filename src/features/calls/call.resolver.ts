import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../edge/context.js";
import { pageComplexity } from "../../edge/graphql/complexity.js";
import { PageArgs } from "../../edge/graphql/connection.js";
import { DecimalScalar } from "../../edge/graphql/scalars.js";
import { jobLoader } from "../jobs/job.loader.js";
import type { JobRow } from "../jobs/job.service.js";
import { Job } from "../jobs/job.type.js";
import { LlmCallInput } from "./call.input.js";
import { callsOfJobLoader } from "./call.loader.js";
import type { LlmCallRow } from "./call.service.js";
import { LlmCall, LlmCallConnection, LlmCallError, Usage } from "./call.type.js";
import { usageOfRow } from "./usage-of-row.js";

@Resolver(() => LlmCall)
export class LlmCallResolver {
  @Query(() => LlmCall, { nullable: true, description: "One call. NOT_FOUND where there is none in reach of the key." })
  llmCall(@Ctx() { services, viewer }: RequestContext, @Arg("id", () => ID) id: string) {
    return services.calls.get(viewer, id);
  }

  @Mutation(() => LlmCall, {
    nullable: true,
    description:
      "Makes a call and waits for its end. Team keys only. Refusals before admission are errors (INVALID_INPUT, NOT_FOUND, INVALID_STATE, MODEL_GROUP_NOT_ALLOWED, INSUFFICIENT_CREDITS without a jobId). An admitted call comes back whatever became of it: see `status` and `error`. It goes on when the client goes away, unless onDisconnect says otherwise. Sent twice without an idempotencyKey, it calls twice.",
  })
  runLlmCall(
    @Ctx() { services, viewer, signal }: RequestContext,
    @Arg("input", () => LlmCallInput) input: LlmCallInput,
  ) {
    return services.calls.run(viewer, input, signal);
  }

  @Mutation(() => LlmCall, {
    nullable: true,
    description:
      "Makes a call and comes back at once, with the call RUNNING; otherwise like runLlmCall. Follow it with llmCallEvents.",
  })
  startLlmCall(@Ctx() { services, viewer }: RequestContext, @Arg("input", () => LlmCallInput) input: LlmCallInput) {
    return services.calls.start(viewer, input);
  }

  @Mutation(() => LlmCall, {
    nullable: true,
    description:
      "Cancels a running call, closing its request to the upstream, and returns it settled, with what came until then. A call that is over is returned as it is: the first settlement wins. The call's team, and the admin.",
  })
  cancelLlmCall(@Ctx() { services, viewer }: RequestContext, @Arg("id", () => ID) id: string) {
    return services.calls.cancel(viewer, id);
  }

  @FieldResolver(() => Job)
  job(@Root() call: LlmCallRow, @Ctx() context: RequestContext) {
    return jobLoader(context).load(call.jobId);
  }

  @FieldResolver(() => Usage, {
    nullable: true,
    description: "Of all its attempts. Null where the call is not settled, or no model took it up.",
  })
  usage(@Root() call: LlmCallRow) {
    return usageOfRow(call);
  }

  @FieldResolver(() => DecimalScalar, {
    nullable: true,
    description: "USD, of all its attempts, exact to 1e-9, rounded once for each; null where it is not known in full.",
  })
  costUsd(@Root() call: LlmCallRow) {
    return call.costNanoUsd;
  }

  @FieldResolver(() => LlmCallError, { nullable: true, description: "Null while it runs and where it succeeded." })
  error(@Root() { errorCode, errorMessage }: LlmCallRow) {
    return errorCode === null ? null : { code: errorCode, message: errorMessage };
  }
}

@Resolver(() => Job)
export class JobCallsResolver {
  @FieldResolver(() => LlmCallConnection, { description: "Its calls, oldest first.", complexity: pageComplexity })
  llmCalls(@Root() job: JobRow, @Ctx() context: RequestContext, @Args(() => PageArgs) args: PageArgs) {
    return callsOfJobLoader(context).load({ parentId: job.id, args });
  }
}
