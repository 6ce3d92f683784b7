import type DataLoader from "dataloader";
import { authorize, reachOf } from "../../../auth/policy.js";
import { type OfTeam, reachesTeam } from "../../../auth/reach.js";
import type { Viewer } from "../../../auth/viewer.js";
import type { ValuesOf } from "../../../db/column-type.js";
import { isDatabaseUnavailable } from "../../../db/failure.js";
import type { Sql } from "../../../db/statement.js";
import { unlessAborted } from "../../../lib/async/abortable.js";
import { batchLoader } from "../../../lib/async/batch-loader.js";
import { notFound } from "../../../lib/errors.js";
import { isUuid } from "../../../lib/ids.js";
import type { Peers } from "../../../streams/redis/peers.js";
import { RowWatch } from "../../../streams/row-watch.js";
import { findCalls } from "../commit/call-row.sql.js";
import type { LlmCall } from "../log/call-row.js";
import type { RunningCalls } from "../run/running-calls.js";
import { statusesOfCalls } from "./call-reader.sql.js";

/** How soon this process learns that a call of another process was settled, if that process does not tell it. */
const LOOK_EVERY_MS = 250;
/** The most calls that are read together. Each may have megabytes of an answer. */
const CALLS_MAX = 128;

type FoundCall = ValuesOf<typeof findCalls.row>;

/** Reads the rows of calls: as they are, or once they are settled. */
export class CallReader {
  private readonly watch: RowWatch;
  /** Many followers may come, and many calls end, at the same moment. */
  private readonly rows: DataLoader<string, FoundCall | undefined>;

  constructor(
    private readonly sql: Sql,
    private readonly running: RunningCalls,
    private readonly peers: Peers,
  ) {
    this.rows = batchLoader((ids) => this.readAll(ids), CALLS_MAX);
    this.watch = new RowWatch((ids) => sql.run(statusesOfCalls, { ids }), LOOK_EVERY_MS);
    peers.onChanged("call", (ids) => this.watch.hear(ids));
  }

  /** Throws NOT_FOUND if there is no such call in the viewer's reach. */
  async get(viewer: Viewer, id: string): Promise<LlmCall> {
    authorize(viewer, "call.read");
    const found = this.running.find(id) ?? (await this.find(id));
    if (!found || !reachesTeam(reachOf(viewer), found)) throw notFound("call", id);
    return found.row;
  }

  private async find(id: string): Promise<(OfTeam & { row: LlmCall }) | undefined> {
    const row = isUuid(id) ? await this.rows.load(id.toLowerCase()) : undefined;
    return row && { row, teamId: row.teamId, organizationId: row.organizationId, teamStatus: row.teamStatus };
  }

  private async readAll(ids: readonly string[]): Promise<(FoundCall | undefined)[]> {
    const rows = await this.sql.run(findCalls, { ids });
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id));
  }

  /** The row of a call that has ended; undefined if it has not, or if the database does not answer at the moment. */
  async ended(id: string): Promise<LlmCall | undefined> {
    try {
      const call = await this.rows.load(id);
      return call?.status === "RUNNING" ? undefined : call;
    } catch (error) {
      if (isDatabaseUnavailable(error)) return undefined;
      throw error;
    }
  }

  /** The row of a call once it is settled, by whichever process; undefined if `signal` aborts first. */
  async settled(id: string, signal: AbortSignal): Promise<LlmCall | undefined> {
    const leave = this.running.join(id);
    try {
      const here = this.running.settled(id);
      if (here) {
        await unlessAborted(signal, here);
        return signal.aborted ? undefined : await here;
      }
      await this.settledElsewhere(id, signal);
      if (signal.aborted) return undefined;
      return await this.rows.load(id);
    } finally {
      leave();
    }
  }

  private async settledElsewhere(id: string, signal: AbortSignal): Promise<void> {
    const unwatch = this.peers.watch(`call:${id}`);
    try {
      for await (const status of this.watch.versions(id, signal)) if (status !== "RUNNING") return;
    } finally {
      unwatch();
    }
  }
}
