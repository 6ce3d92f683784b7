import { setTimeout as sleep } from "node:timers/promises";
import { authorize } from "../../auth/policy.js";
import { actorOf, type Viewer } from "../../auth/viewer.js";
import type { Db } from "../../db/client.js";
import type { Sql } from "../../db/statement.js";
import { inTransaction } from "../../db/transaction.js";
import { notFound } from "../../lib/errors.js";
import type { AccessEnds } from "../calls/access-ends.js";
import type { JobEnding } from "../jobs/commit/end-job.js";
import { isTerminal } from "../jobs/job-state.js";
import type { AccessChanges } from "../keys/access-changes.js";
import type { TeamRow, TeamService } from "../teams/team.service.js";
import { closingsOfTeam, deleteTeam, markJobsOfTeam, revokeKeysOfTeam, takeGroupsOfTeam } from "./closing.sql.js";

/** Jobs that are ended at once. */
const BATCH_MAX = 100;
const LOOK_EVERY_MS = 100;
const LOOKS_MAX = 50;

export interface TeamCloserDeps {
  readonly db: Db;
  readonly sql: Sql;
  readonly teams: TeamService;
  readonly ending: JobEnding;
  readonly accessChanges: AccessChanges;
  readonly accessEnds: AccessEnds;
}

export class TeamCloser {
  constructor(private readonly deps: TeamCloserDeps) {}

  /**
   * Deletes a team for ever: its keys are revoked, and its open jobs take no more calls, all or nothing. Then its running
   * calls are cancelled and settled, and its jobs end as CANCELLED. If calls of another process do not end in time, or this
   * process dies, tasks do the rest. Rows, jobs and the ledger stay, for the admin alone. Repeating it changes nothing.
   */
  async delete(viewer: Viewer, id: string): Promise<TeamRow> {
    authorize(viewer, "team.delete");
    const { db, teams, accessChanges, accessEnds } = this.deps;
    await teams.get(viewer, id);
    await inTransaction(db, async ({ sql }) => {
      const [deleted] = await sql.run(deleteTeam, { teamId: id });
      if (!deleted) return;
      // Jobs come before keys: ending a job locks it, and then its key if the key has an allowance.
      for (const step of [markJobsOfTeam, revokeKeysOfTeam, takeGroupsOfTeam]) await sql.run(step, { teamId: id });
    });
    accessChanges.made(id);
    await accessEnds.ofDeletedTeam(id);
    await this.endJobs(id, actorOf(viewer));
    const [team] = await teams.byIds([id]);
    if (!team) throw notFound("team", id);
    return team;
  }

  /** Ends the jobs that are being closed. Other processes see within a second that their calls are to end. */
  private async endJobs(teamId: string, actor: string): Promise<void> {
    const { sql, ending } = this.deps;
    for (let looks = 0; looks < LOOKS_MAX; looks++) {
      const closings = await sql.run(closingsOfTeam, { teamId, batchMax: BATCH_MAX });
      if (closings.length === 0) return;
      const ended = await Promise.all(
        closings.map(async (job) => {
          const { closingAs: status, runningCalls } = job;
          return runningCalls === 0 && status && isTerminal(status) && ending.end(job, { status, actor });
        }),
      );
      if (!ended.some(Boolean)) await sleep(LOOK_EVERY_MS);
    }
  }
}
