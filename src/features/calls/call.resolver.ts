import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../edge/context.js";
import { pageComplexity } from "../../edge/graphql/complexity.js";
import { PageArgs } from "../../edge/graphql/connection.js";
import { DecimalScalar } from "../../edge/graphql/scalars.js";
import { toErrorCode } from "../../lib/errors.js";
import { isObject } from "../../lib/json/unknown-json.js";
import { shownCost } from "../budgets/shown-cost.js";
import { jobLoader } from "../jobs/job.loader.js";
import type { JobRow } from "../jobs/job.service.js";
import { Job } from "../jobs/job.type.js";
import { keyLoader } from "../keys/key.loader.js";
import { VirtualKey } from "../keys/key.type.js";
import { teamLoader } from "../teams/team.loader.js";
import { Team } from "../teams/team.type.js";
import { callsOfJobLoader } from "./call.loader.js";
import type { LlmCallRow } from "./call.service.js";
import { LlmCall, LlmCallConnection, LlmCallError } from "./call.type.js";
import { Usage } from "./costs/usage.type.js";
import { usageOfRow } from "./costs/usage-of-row.js";
import { LlmCallInput } from "./question/call.input.js";

@Resolver(() => LlmCall)
export class LlmCallResolver {
  @Query(() => LlmCall, {
    nullable: true,
    description: "Returns one call. Throws NOT_FOUND if the key reaches no such call.",
  })
  async llmCall(
    @Ctx() { services, viewer, record }: RequestContext,
    @Arg("id", () => ID, { description: "The id of the call." }) id: string,
  ) {
    return record.ofCall(await services.calls.get(viewer, id));
  }

  @Mutation(() => LlmCall, {
    nullable: true,
    description:
      "Makes a call and waits for its end. Team keys only. A refusal before admission is an error: INVALID_INPUT, NOT_FOUND, INVALID_STATE, MODEL_GROUP_NOT_ALLOWED, RATE_LIMITED, OVERLOADED, or INSUFFICIENT_CREDITS without a jobId. Once the call is admitted it is returned, however it ended: see `status` and `error`. It goes on if the client goes away, unless onDisconnect says otherwise. If it is sent twice without an idempotencyKey, it calls twice.",
  })
  async runLlmCall(
    @Ctx() { services, viewer, signal, record }: RequestContext,
    @Arg("input", () => LlmCallInput, { description: "The question." }) input: LlmCallInput,
  ) {
    return record.ofCall(await services.calls.run(viewer, input, signal, record));
  }

  @Mutation(() => LlmCall, {
    nullable: true,
    description:
      "Makes a call and returns it at once, as RUNNING; otherwise it is like runLlmCall. Follow the call with llmCallEvents.",
  })
  async startLlmCall(
    @Ctx() { services, viewer, record }: RequestContext,
    @Arg("input", () => LlmCallInput, { description: "The question." }) input: LlmCallInput,
  ) {
    return record.ofCall(await services.calls.start(viewer, input, record));
  }

  @Mutation(() => LlmCall, {
    nullable: true,
    description:
      "Cancels a running call, closes its request to the upstream, and returns the call settled, with what had arrived until then. A call that is over is returned as it is, because the first settlement wins. For the team of the call, its organization and the admin.",
  })
  async cancelLlmCall(
    @Ctx() { services, viewer, record }: RequestContext,
    @Arg("id", () => ID, { description: "The id of the call." }) id: string,
  ) {
    return record.ofCall(await services.calls.cancel(viewer, id));
  }

  @FieldResolver(() => Job, { description: "The job that the call belongs to." })
  job(@Root() call: LlmCallRow, @Ctx() context: RequestContext) {
    return jobLoader(context).load(call.jobId);
  }

  @FieldResolver(() => Team, { description: "The team that made the call." })
  async team(@Root() call: LlmCallRow, @Ctx() context: RequestContext) {
    // An older version of the gateway, which may run beside this one, writes no team.
    const teamId = call.teamId ?? (await jobLoader(context).load(call.jobId))?.teamId;
    return teamId === undefined ? null : teamLoader(context).load(teamId);
  }

  @FieldResolver(() => VirtualKey, {
    nullable: true,
    description: "The virtual key that made the call. Null if the call was made before keys of calls were recorded.",
  })
  key(@Root() call: LlmCallRow, @Ctx() context: RequestContext) {
    return call.keyId === null ? null : keyLoader(context).load(call.keyId);
  }

  @FieldResolver(() => Usage, {
    nullable: true,
    description: "The tokens of all its attempts. Null if the call is not settled, or if no model took it up.",
  })
  usage(@Root() call: LlmCallRow) {
    return usageOfRow(call);
  }

  @FieldResolver(() => DecimalScalar, {
    nullable: true,
    description:
      "USD. The cost of all its attempts, exact to 1e-9 and rounded once for each, and with the team's markup if it is not the admin who asks. Null if it is not known in full.",
  })
  costUsd(@Root() call: LlmCallRow, @Ctx() { viewer }: RequestContext) {
    return call.costNanoUsd === null ? null : shownCost(viewer, call.costNanoUsd, call.markupMillionths);
  }

  @FieldResolver(() => LlmCallError, {
    nullable: true,
    description: "Why the call did not succeed. Null while it runs, and if it succeeded.",
  })
  error(@Root() { errorCode, errorMessage, errorData }: LlmCallRow) {
    if (errorCode === null) return null;
    return { ...(isObject(errorData) ? errorData : {}), code: toErrorCode(errorCode), message: errorMessage };
  }
}

@Resolver(() => Job)
export class JobCallsResolver {
  @FieldResolver(() => LlmCallConnection, { description: "Its calls, oldest first.", complexity: pageComplexity })
  llmCalls(@Root() job: JobRow, @Ctx() context: RequestContext, @Args(() => PageArgs) args: PageArgs) {
    return callsOfJobLoader(context).load({ parentId: job.id, args });
  }
}
