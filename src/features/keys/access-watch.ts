import { suspended } from "../../auth/policy.js";
import { keyIdOf, personOf, type Viewer } from "../../auth/viewer.js";
import type { Sql } from "../../db/statement.js";
import { abortable, type Leavable } from "../../lib/async/abortable.js";
import { DomainError } from "../../lib/errors.js";
import { gatewayStopping } from "../../lib/intake.js";
import { RowWatch } from "../../streams/row-watch.js";
import { accessOfKeys } from "./key-access.sql.js";
import { accessOfSessions } from "./sessions/session-access.sql.js";
import { watchedSession } from "./sessions/watched-session.js";

/**
 * A stream ends within this time after its key was revoked, its secret replaced, its session over or its team suspended, by
 * whichever process.
 */
const LOOK_EVERY_MS = 500;

/** Why the key of a stream is watched no longer. Without a reason, each abort would make an error with a stack of its own. */
const OVER = new Error("The stream is over.");

/** Ends open streams, and exports that are being sent, whose key, or person, lost its access since they began. */
export class AccessWatch {
  private readonly keys: RowWatch;
  private readonly sessions: RowWatch;
  private readonly streams = new Set<AbortController>();

  constructor(sql: Sql) {
    this.keys = new RowWatch((ids) => sql.run(accessOfKeys, { ids }), LOOK_EVERY_MS);
    this.sessions = new RowWatch((ids) => sql.run(accessOfSessions, { ids }), LOOK_EVERY_MS);
  }

  /** How many streams are open. */
  get count(): number {
    return this.streams.size;
  }

  /** Looks at once. To be called by those who have just changed an access. */
  async refresh(): Promise<void> {
    await Promise.all([this.keys.lookNow(), this.sessions.lookNow()]);
  }

  /** The same a moment later, and once for all who ask for it until then. */
  refreshSoon(): void {
    this.keys.lookSoon();
    this.sessions.lookSoon();
  }

  /**
   * Yields what `make` yields, for as long as the viewer may read. Then it throws UNAUTHENTICATED or TEAM_SUSPENDED, or
   * UNAVAILABLE if the gateway stops. The signal given to `make` aborts then, and when the reader leaves.
   */
  whileAllowed<Item>(viewer: Viewer, make: Make<Item>): Leavable<Item> {
    return abortable((stream) => this.guarded(viewer, make, stream));
  }

  /** Ends all streams, because the gateway stops. */
  close(): void {
    for (const stream of this.streams) stream.abort(gatewayStopping());
  }

  private async *guarded<Item>(
    viewer: Viewer,
    make: Make<Item>,
    stream: AbortController,
  ): AsyncGenerator<Item, void, undefined> {
    this.streams.add(stream);
    void this.watchAccess(viewer, stream);
    try {
      yield* make(stream.signal);
      if (stream.signal.reason instanceof DomainError) throw stream.signal.reason;
    } finally {
      this.streams.delete(stream);
      stream.abort(OVER);
    }
  }

  private async watchAccess(viewer: Viewer, stream: AbortController): Promise<void> {
    const session = watchedSession(viewer);
    const id = session ?? keyIdOf(viewer);
    if (id === null) return;
    const watch = session === null ? this.keys : this.sessions;
    for await (const access of watch.versions(id, stream.signal)) {
      const refusal = refusalOf(viewer, access);
      if (refusal) stream.abort(refusal);
    }
  }
}

/** Why a stream ends whose key or session may do this now, as their statements say it. Undefined if it goes on. */
function refusalOf(viewer: Viewer, access: string | undefined): DomainError | undefined {
  if (access === undefined)
    return new DomainError("UNAUTHENTICATED", `The ${personOf(viewer) ? "session" : "key"} is no longer valid.`);
  if (access === "TEAM" || access === "ORGANIZATION") return suspended(access);
  if (viewer.kind !== "team" || viewer.rotation >= Number(access)) return undefined;
  return new DomainError("UNAUTHENTICATED", "The secret is no longer valid, because the key has a newer one.");
}

type Make<Item> = (signal: AbortSignal) => AsyncGenerator<Item, void, undefined>;
