import type { LimitOwner } from "../../auth/call-limits.js";
import type { Sql } from "../../db/statement.js";
import { addKeyRefusals, addTeamRefusals } from "./refusal-counts.sql.js";

/** So many holders are counted until the counts are written. Those beyond are not counted. */
const HOLDERS_MAX = 10_000;

/** Counts refusals of this process until a task writes them down, so that no call waits for it. */
export class RefusalCounts {
  private readonly counts = { TEAM: new Map<string, number>(), KEY: new Map<string, number>() };

  constructor(private readonly sql: Sql) {}

  add(of: LimitOwner, holder: string, count = 1): void {
    const counts = this.counts[of];
    const known = counts.get(holder);
    if (known !== undefined || counts.size < HOLDERS_MAX) counts.set(holder, (known ?? 0) + count);
  }

  forget(of: LimitOwner, holder: string): void {
    this.counts[of].delete(holder);
  }

  /** Writes the counts of at most `batchMax` teams and as many keys, and returns how many it wrote. */
  async write(batchMax: number): Promise<number> {
    const teams = await this.writeOf("TEAM", batchMax);
    return Math.max(teams, await this.writeOf("KEY", batchMax));
  }

  private async writeOf(of: LimitOwner, batchMax: number): Promise<number> {
    const some = [...this.counts[of]].slice(0, batchMax);
    if (some.length === 0) return 0;
    for (const [holder] of some) this.counts[of].delete(holder);
    const batch = JSON.stringify(some.map(([id, count]) => ({ id, count })));
    try {
      await this.sql.run(of === "TEAM" ? addTeamRefusals : addKeyRefusals, { batch });
    } catch (error) {
      for (const [holder, count] of some) this.add(of, holder, count);
      throw error;
    }
    return some.length;
  }
}
