import { LRUCache } from "lru-cache";
import type { Lane, Member } from "../../db/lane.js";

/** How many teams are remembered that have budgets, and for how long: one may have none any more. */
const TEAMS_MAX = 10_000;
const REMEMBERED_MS = 60_000;

/**
 * Two lanes whose statements do the same, without budgets and with them. The one without says BUDGETED of a member that has
 * any, and writes nothing for it. So what is remembered of a team decides how fast it is served, and nothing else.
 */
export class LanesByBudget<Added extends Member, Answer extends { readonly id: string; readonly verdict: string }> {
  private readonly budgeted = new LRUCache<string, true>({ max: TEAMS_MAX, ttl: REMEMBERED_MS });

  constructor(
    private readonly withoutBudgets: Lane<Added, Answer>,
    private readonly withBudgets: Lane<Added, Answer>,
  ) {}

  /** Commits a member. Returns its answer; undefined if the database had none for it. */
  async add(member: Added): Promise<Answer | undefined> {
    const { teamId } = member;
    if (!this.budgeted.has(teamId)) {
      const answer = await this.withoutBudgets.add(member);
      if (answer?.verdict !== "BUDGETED") return answer;
      this.budgeted.set(teamId, true);
    }
    return this.withBudgets.add(member);
  }
}
