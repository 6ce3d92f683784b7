import { isDeepStrictEqual } from "node:util";
import type { Viewer } from "../../auth/viewer.js";
import type { Sql } from "../../db/statement.js";
import type { Job } from "../../generated/prisma/client.js";
import type { Leavable } from "../../lib/async/abortable.js";
import type { Peers } from "../../streams/redis/peers.js";
import { RowWatch } from "../../streams/row-watch.js";
import type { AccessWatch } from "../keys/access-watch.js";
import type { JobService } from "./job.service.js";
import { versionsOfJobs } from "./job.sql.js";
import { isTerminal } from "./job-state.js";

/** A job's follower gets at most four states a second, however fast the job changes. */
const LOOK_EVERY_MS = 250;

export class JobFollower {
  private readonly watch: RowWatch;

  constructor(
    sql: Sql,
    private readonly jobs: JobService,
    private readonly accessWatch: AccessWatch,
    private readonly peers: Peers,
  ) {
    this.watch = new RowWatch((ids) => sql.run(versionsOfJobs, { ids }), LOOK_EVERY_MS, LOOK_EVERY_MS);
    peers.onChanged("job", (ids) => this.watch.hear(ids));
  }

  /**
   * Yields the job as it stands, then as it stands after each change, and last in its terminal state. Throws NOT_FOUND. Ends
   * with UNAUTHENTICATED or TEAM_SUSPENDED if the viewer loses access, and with UNAVAILABLE if the gateway stops.
   */
  async follow(viewer: Viewer, jobId: string): Promise<Leavable<Job>> {
    const present = await this.jobs.get(viewer, jobId);
    return this.accessWatch.whileAllowed(viewer, (signal) => this.states(viewer, present, signal));
  }

  private async *states(viewer: Viewer, present: Job, signal: AbortSignal): AsyncGenerator<Job, void, undefined> {
    yield present;
    if (isTerminal(present.status)) return;
    const unwatch = this.peers.watch(`job:${present.id}`);
    try {
      yield* this.changes(viewer, present, signal);
    } finally {
      unwatch();
    }
  }

  private async *changes(viewer: Viewer, present: Job, signal: AbortSignal): AsyncGenerator<Job, void, undefined> {
    let last = present;
    for await (const _version of this.watch.versions(last.id, signal)) {
      const job = await this.jobs.get(viewer, last.id);
      if (isDeepStrictEqual(job, last)) continue;
      last = job;
      yield last;
      if (isTerminal(last.status)) return;
    }
  }
}
