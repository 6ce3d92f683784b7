import type { ValuesOf } from "../../db/column-type.js";
import type { Sql } from "../../db/statement.js";
import { isGroupName } from "../../input/rules.js";
import { cut, DomainError, quote } from "../../lib/errors.js";
import type { AdminPrice } from "../../upstream/pricing/prices.js";
import { type Plan, planOf } from "./plan.js";
import { findPlan } from "./plan-lookup.sql.js";

/** What a model group allows in a call, beyond what every group allows. */
export interface CallRules {
  /** Names of options that may be passed on. */
  readonly allowedOptions: readonly string[];
  /** The most tokens that an answer may have. Null means no limit. */
  readonly maxOutputTokens: number | null;
}

/** Turns the name of a model group into the plan of a team's call. */
export class PlanLookup {
  constructor(private readonly sql: Sql) {}

  /**
   * The models to try for a team's call, in order, each with the admin's price of this moment. Unknown and unassigned
   * groups get one answer: MODEL_GROUP_NOT_ALLOWED.
   */
  async plan(teamId: string, modelGroup: string): Promise<Plan> {
    return (await this.planWithRules(teamId, modelGroup)).plan;
  }

  /** The same, with what the group allows in a call. One statement reads both. */
  async planWithRules(teamId: string, modelGroup: string): Promise<{ plan: Plan; rules: CallRules }> {
    const models = isGroupName(modelGroup) ? await this.sql.run(findPlan, { modelGroup, teamId }) : [];
    const plan = planOf(models.map((model) => ({ ...model, price: priceOf(model) })));
    const [first] = models;
    if (plan && first) {
      const { allowedOptions, maxOutputTokens } = first;
      return { plan, rules: { allowedOptions: allowedOptions as string[], maxOutputTokens } };
    }
    throw new DomainError("MODEL_GROUP_NOT_ALLOWED", `The team may not use a model group ${quote(modelGroup)}.`, {
      modelGroup: cut(modelGroup),
    });
  }
}

function priceOf(model: ValuesOf<typeof findPlan.row>): AdminPrice | undefined {
  const { inputNanoUsdPerMillionTokens: input, outputNanoUsdPerMillionTokens: output } = model;
  if (input === null || output === null) return undefined;
  return {
    inputNanoUsdPerMillionTokens: input,
    outputNanoUsdPerMillionTokens: output,
    cachedInputNanoUsdPerMillionTokens: model.cachedInputNanoUsdPerMillionTokens,
  };
}
