import { setTimeout as sleep } from "node:timers/promises";
import { authorize } from "../../auth/policy.js";
import { type AdminViewer, actorOf, type OrganizationViewer, type Viewer } from "../../auth/viewer.js";
import type { Db } from "../../db/client.js";
import type { Sql } from "../../db/statement.js";
import { inTransaction, type Transaction } from "../../db/transaction.js";
import { notFound } from "../../lib/errors.js";
import type { AuditTrail } from "../audit/audit-trail.js";
import type { AccessEnds } from "../calls/access/access-ends.js";
import type { JobEnding } from "../jobs/commit/end-job.js";
import { isTerminal } from "../jobs/job-state.js";
import type { AccessChanges } from "../keys/access-changes.js";
import { lockTeam } from "../organizations/kept-account.sql.js";
import type { ResponseService } from "../responses/response.service.js";
import { readTeam } from "../teams/changes/read-team.js";
import { ofTeam } from "../teams/changes/shown-team.js";
import type { TeamRow, TeamService } from "../teams/team.service.js";
import { closingsOfTeam, deleteTeam, markJobsOfTeam, revokeKeysOfTeam, takeGroupsOfTeam } from "./closing.sql.js";

/** Jobs that one statement marks, and how many statements do so. A team with more open jobs leaves the rest to a task. */
const MARK_BATCH_MAX = 1_000;
const MARKS_MAX = 10;
/** Jobs that are ended at once. */
const BATCH_MAX = 100;
const LOOK_EVERY_MS = 100;
/** For how long a deletion ends jobs before it leaves the rest to tasks. */
const ENDING_MS = 5_000;

export interface TeamCloserDeps {
  readonly db: Db;
  readonly sql: Sql;
  readonly teams: TeamService;
  readonly responses: ResponseService;
  readonly ending: JobEnding;
  readonly accessChanges: AccessChanges;
  readonly accessEnds: AccessEnds;
  readonly trail: AuditTrail;
}

export class TeamCloser {
  constructor(private readonly deps: TeamCloserDeps) {}

  /**
   * Deletes a team for ever: its keys are revoked and its model groups taken away, all or nothing. Then its open jobs are
   * marked, so that they take no more calls, its running calls are cancelled and settled, and its jobs end as CANCELLED. If
   * it has very many jobs, if one does not end in time, or if this process dies, tasks do the rest. Rows, jobs and the ledger
   * stay, for the admin alone. What was asked of its responses is forgotten. Repeating it changes nothing.
   */
  async delete(viewer: Viewer, id: string): Promise<TeamRow> {
    authorize(viewer, "team.delete");
    const { db, teams, responses, accessChanges, accessEnds } = this.deps;
    await teams.get(viewer, id);
    await inTransaction(db, (transaction) => this.deleteIn(transaction, viewer, id));
    accessChanges.made(id);
    await this.markJobs(id);
    await accessEnds.ofDeletedTeam(id);
    await this.endJobs(id, actorOf(viewer));
    await responses.forgetOfTeam(id);
    const [team] = await teams.byIds([id]);
    if (!team) throw notFound("team", id);
    return team;
  }

  private async deleteIn(
    transaction: Transaction,
    viewer: AdminViewer | OrganizationViewer,
    id: string,
  ): Promise<void> {
    const { sql } = transaction;
    await sql.run(lockTeam, { teamId: id });
    const { shown: before } = await readTeam(transaction, id);
    const [deleted] = await sql.run(deleteTeam, { teamId: id });
    if (!deleted) return;
    for (const step of [revokeKeysOfTeam, takeGroupsOfTeam]) await sql.run(step, { teamId: id });
    const { team, shown: after } = await readTeam(transaction, id);
    await this.deps.trail.recordChange(transaction, viewer, { ...ofTeam("deleteTeam", team), before, after });
  }

  /** The transaction of the deletion does not do it: it would wait for jobs that others have locked, and take too long. */
  private async markJobs(teamId: string): Promise<void> {
    for (let marks = 0; marks < MARKS_MAX; marks++) {
      const marked = await this.deps.sql.run(markJobsOfTeam, { teamId, batchMax: MARK_BATCH_MAX });
      if (marked.length < MARK_BATCH_MAX) return;
    }
  }

  /** Ends the jobs that are being closed. Other processes see within a second that their calls are to end. */
  private async endJobs(teamId: string, actor: string): Promise<void> {
    const { sql, ending } = this.deps;
    const until = performance.now() + ENDING_MS;
    while (performance.now() < until) {
      const closings = await sql.run(closingsOfTeam, { teamId, batchMax: BATCH_MAX });
      if (closings.length === 0) return;
      const ended = await Promise.all(
        closings.map(async (job) => {
          const { closingAs: status, runningCalls } = job;
          if (runningCalls > 0 || !status || !isTerminal(status)) return null;
          // One that cannot be ended does not hold up the others. The task that finishes closings logs why.
          return ending.end(job, { status, actor }).catch(() => null);
        }),
      );
      if (!ended.some(Boolean)) await sleep(LOOK_EVERY_MS);
    }
  }
}
