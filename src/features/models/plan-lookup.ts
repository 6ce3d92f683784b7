import { LRUCache } from "lru-cache";
import type { Viewer } from "../../auth/viewer.js";
import type { ValuesOf } from "../../db/column-type.js";
import type { Sql } from "../../db/statement.js";
import { isGroupName } from "../../input/rules.js";
import { cut, DomainError, quote } from "../../lib/errors.js";
import type { AdminPrice } from "../../upstream/pricing/admin-price.js";
import type { Upstreams } from "../../upstream/upstreams.js";
import { type Plan, planOf } from "./plan.js";
import { findPlan } from "./plan-lookup.sql.js";
import { longContextOf } from "./prices/long-context.js";

/** What a model group allows in a call, beyond what every group allows. */
export interface CallRules {
  /** Names of options that may be passed on. */
  readonly allowedOptions: readonly string[];
  /** The most tokens that an answer may have. Null means no limit. */
  readonly maxOutputTokens: number | null;
  /** Whether vectors of its models compare with each other, so that one may be asked in place of another. */
  readonly interchangeableEmbeddings: boolean;
}

/**
 * The models that a team's call may try, each with the admin's price, and what the group allows in a call. Each call draws
 * its own order from it.
 */
export interface PlanWithRules {
  readonly plan: Plan;
  readonly rules: CallRules;
  /** Changes with anything that the plan is made of. The admission of a call compares it. */
  readonly version: string;
}

/** Plans of this many teams and groups are remembered. */
const REMEMBERED_MAX = 10_000;

/** Turns the name of a model group into the plan of a team's call. */
export class PlanLookup {
  private readonly plans = new LRUCache<string, PlanWithRules>({ max: REMEMBERED_MAX });

  constructor(
    private readonly sql: Sql,
    private readonly upstreams: Upstreams,
  ) {}

  /** The plan as this process has read it last, if it has. It may have changed since. */
  remembered(teamId: string, modelGroup: string): PlanWithRules | undefined {
    return this.plans.get(keyOf(teamId, modelGroup));
  }

  /**
   * The plan of this moment, in one statement. Unknown and unassigned groups get one answer: MODEL_GROUP_NOT_ALLOWED.
   */
  async read(teamId: string, modelGroup: string): Promise<PlanWithRules> {
    const models = isGroupName(modelGroup) ? await this.sql.run(findPlan, { modelGroup, teamId }) : [];
    const plan = planOf(
      models.map((model) => ({ ...model, price: priceOf(model), at: this.upstreams.at(model.name) })),
    );
    const [first] = models;
    if (plan && first) {
      const { allowedOptions, maxOutputTokens, interchangeableEmbeddings, version } = first;
      const rules = { allowedOptions: allowedOptions as string[], maxOutputTokens, interchangeableEmbeddings };
      const planned = { plan, rules, version };
      this.plans.set(keyOf(teamId, modelGroup), planned);
      return planned;
    }
    this.plans.delete(keyOf(teamId, modelGroup));
    throw notAllowed("team", modelGroup);
  }
}

/**
 * Throws MODEL_GROUP_NOT_ALLOWED if a team's key is limited to other model groups. Whether the team has the group is not
 * asked.
 */
export function requireGroupOfKey(viewer: Viewer, modelGroup: string): void {
  if (viewer.kind !== "team" || viewer.modelGroups === null || viewer.modelGroups.includes(modelGroup)) return;
  throw notAllowed("key", modelGroup);
}

function notAllowed(who: "team" | "key", modelGroup: string): DomainError {
  const message = `The ${who} may not use a model group ${quote(modelGroup)}.`;
  return new DomainError("MODEL_GROUP_NOT_ALLOWED", message, { modelGroup: cut(modelGroup) });
}

/** No id of a team has a space. */
const keyOf = (teamId: string, modelGroup: string): string => `${teamId} ${modelGroup}`;

function priceOf(model: ValuesOf<typeof findPlan.row>): AdminPrice | undefined {
  const { inputNanoUsdPerMillionTokens: input, outputNanoUsdPerMillionTokens: output } = model;
  if (input === null || output === null) return undefined;
  return {
    inputNanoUsdPerMillionTokens: input,
    outputNanoUsdPerMillionTokens: output,
    cachedInputNanoUsdPerMillionTokens: model.cachedInputNanoUsdPerMillionTokens,
    cacheWriteNanoUsdPerMillionTokens: model.cacheWriteNanoUsdPerMillionTokens,
    oneHourCacheWriteNanoUsdPerMillionTokens: model.oneHourCacheWriteNanoUsdPerMillionTokens,
    audioInputNanoUsdPerMillionTokens: model.audioInputNanoUsdPerMillionTokens,
    audioOutputNanoUsdPerMillionTokens: model.audioOutputNanoUsdPerMillionTokens,
    longContext: longContextOf(model),
  };
}
