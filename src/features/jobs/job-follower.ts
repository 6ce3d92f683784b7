import { isDeepStrictEqual } from "node:util";
import type { Viewer } from "../../auth/viewer.js";
import type { Db } from "../../db/database.js";
import { queryRows } from "../../db/rows.js";
import { type Job, Prisma } from "../../generated/prisma/client.js";
import type { Leavable } from "../../lib/abortable.js";
import { RowWatch, type Version } from "../../streams/row-watch.js";
import type { LiveViewers } from "../keys/access-watch.js";
import type { JobService } from "./job.service.js";
import { isTerminal } from "./job-state.js";

/** So a job's follower gets at most four states a second, however fast it changes. */
const LOOK_EVERY_MS = 250;

export class JobFollower {
  private readonly watch: RowWatch;

  constructor(
    db: Db,
    private readonly jobs: JobService,
    private readonly viewers: LiveViewers,
  ) {
    this.watch = new RowWatch((ids) => versionsOf(db, ids), LOOK_EVERY_MS);
  }

  /**
   * The job as it stands, then as it stands after each change, up to its terminal state. NOT_FOUND. Ends with
   * UNAUTHENTICATED or TEAM_SUSPENDED where the viewer loses access, and with UNAVAILABLE where the gateway stops.
   */
  async follow(viewer: Viewer, jobId: string): Promise<Leavable<Job>> {
    const present = await this.jobs.get(viewer, jobId);
    return this.viewers.whileAllowed(viewer, (signal) => this.states(viewer, present, signal));
  }

  private async *states(viewer: Viewer, present: Job, signal: AbortSignal): AsyncGenerator<Job, void, undefined> {
    let last = present;
    yield last;
    if (isTerminal(last.status)) return;
    for await (const _version of this.watch.versions(last.id, signal)) {
      const job = await this.jobs.get(viewer, last.id);
      if (isDeepStrictEqual(job, last)) continue;
      last = job;
      yield last;
      if (isTerminal(last.status)) return;
    }
  }
}

/** PostgreSQL gives a row another xmin with every change of it. */
function versionsOf(db: Db, ids: readonly string[]): Promise<Version[]> {
  return queryRows(
    db,
    Prisma.sql`SELECT id::text AS id, xmin::text AS version FROM jobs WHERE id = ANY(${ids}::uuid[])`,
  );
}
