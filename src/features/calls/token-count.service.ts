import type { LimitSink } from "../../auth/call-limits.js";
import type { Viewer } from "../../auth/viewer.js";
import { stringifyExact } from "../../lib/json/exact-json.js";
import { countPromptTokens, countTextTokens } from "../../upstream/tokens.js";
import type { CallLimits } from "../limits/call-limits.js";
import type { PlanLookup } from "../models/plan-lookup.js";
import { checkCall } from "./check-call.js";
import type { LlmCallInput } from "./question/call.input.js";

const NO_TOKENS = () => 0;

export class TokenCountService {
  constructor(private readonly deps: { readonly plans: PlanLookup; readonly callLimits: CallLimits }) {}

  /**
   * Estimates the prompt tokens of a call with our own tokenizer, tools included. It makes no call and costs nothing, and
   * counts as one request by the limits of the team and of the key. It refuses what a call with this input would be refused
   * for before it is admitted: UNAUTHENTICATED, INVALID_INPUT, MODEL_GROUP_NOT_ALLOWED, RATE_LIMITED ...
   */
  async count(viewer: Viewer, input: LlmCallInput, limitSink: LimitSink): Promise<number> {
    const { plans, callLimits } = this.deps;
    const call = checkCall(viewer, input, { delivery: "plain", onDisconnect: "FINISH", idempotencyKey: null });
    const hold = await callLimits.take(call.viewer, NO_TOKENS, limitSink).catch((refusal: unknown) => {
      callLimits.refused(call.viewer, refusal);
      throw refusal;
    });
    try {
      await plans.read(call.viewer.teamId, call.modelGroup);
      const { messages, options } = call.request;
      const tools = options.tools === undefined ? "" : stringifyExact(options.tools);
      return (await countPromptTokens(messages)) + (await countTextTokens(tools));
    } finally {
      await hold.giveBack();
    }
  }
}
