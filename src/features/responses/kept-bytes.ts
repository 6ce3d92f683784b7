import { LRUCache } from "lru-cache";
import type { Sql } from "../../db/statement.js";
import { invalid } from "../../input/validate.js";
import { bytesOfTeam } from "./response.sql.js";

/** How much of what was asked one team may keep: 1 GiB. */
const OF_TEAM_BYTES_MAX = 1_024 ** 3;
/** How long a sum counts. Meanwhile a team may keep so much more as it can send in that time. */
const MEASURED_MS = 10_000;
const TEAMS_MAX = 1_000;

/** How much each team keeps, as it was a few seconds ago. */
export class KeptBytes {
  private readonly sums = new LRUCache<string, number>({ max: TEAMS_MAX, ttl: MEASURED_MS });

  constructor(
    private readonly sql: Sql,
    private readonly ofTeamMax = OF_TEAM_BYTES_MAX,
  ) {}

  /** Throws INVALID_INPUT if the team keeps as much as it may. `bytes` is how much more it wants to keep. */
  async add(teamId: string, bytes: number): Promise<void> {
    const sum = this.sums.get(teamId) ?? (await this.sql.run(bytesOfTeam, { teamId }))[0]?.bytes ?? 0;
    if (sum + bytes > this.ofTeamMax)
      throw invalid(
        "store",
        `must be false, because the team keeps ${sum} bytes of responses, and may keep ${this.ofTeamMax}. Delete some, or wait until they are forgotten`,
        true,
      );
    this.sums.set(teamId, sum + bytes, { noUpdateTTL: this.sums.has(teamId) });
  }

  /** The team has deleted something: its sum is taken anew. */
  measureAgain(teamId: string): void {
    this.sums.delete(teamId);
  }
}
