import type { Sql } from "../../db/statement.js";
import { addAllowanceRefusals, addKeyRefusals, addTeamRefusals, addUnpaidRefusals } from "./refusal-counts.sql.js";

/** So many holders are counted until the counts are written. Those beyond are not counted. */
const HOLDERS_MAX = 10_000;

/** What adds each count to its rows: those of the limits of teams and of keys, and those of their budgets. */
const STATEMENTS = {
  TEAM: addTeamRefusals,
  KEY: addKeyRefusals,
  UNPAID_COST: addUnpaidRefusals,
  JOB_ALLOWANCE: addAllowanceRefusals,
} as const;

/** What is counted: refusals by the limits of teams and of keys, and by their budgets. */
export type Counted = keyof typeof STATEMENTS;

/** Counts refusals of this process until a task writes them down, so that no call waits for it. */
export class RefusalCounts {
  private readonly counts: Record<Counted, Map<string, number>> = {
    TEAM: new Map(),
    KEY: new Map(),
    UNPAID_COST: new Map(),
    JOB_ALLOWANCE: new Map(),
  };

  constructor(private readonly sql: Sql) {}

  /** `holder` is the id of the team or of the key whose limit or budget it is. */
  add(of: Counted, holder: string, count = 1): void {
    const counts = this.counts[of];
    const known = counts.get(holder);
    if (known !== undefined || counts.size < HOLDERS_MAX) counts.set(holder, (known ?? 0) + count);
  }

  forget(of: Counted, holder: string): void {
    this.counts[of].delete(holder);
  }

  /** Writes the counts of at most `batchMax` holders of each kind, and returns the largest number of them. */
  async write(batchMax: number): Promise<number> {
    let most = 0;
    for (const of of Object.keys(STATEMENTS) as Counted[]) most = Math.max(most, await this.writeOf(of, batchMax));
    return most;
  }

  private async writeOf(of: Counted, batchMax: number): Promise<number> {
    const some = [...this.counts[of]].slice(0, batchMax);
    if (some.length === 0) return 0;
    for (const [holder] of some) this.counts[of].delete(holder);
    const batch = JSON.stringify(some.map(([id, count]) => ({ id, count })));
    try {
      await this.sql.run(STATEMENTS[of], { batch });
    } catch (error) {
      for (const [holder, count] of some) this.add(of, holder, count);
      throw error;
    }
    return some.length;
  }
}
